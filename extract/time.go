package extract

import (
	"strings"
	"time"
)

// Time returns a time of IAM's as the inventory keeps it: in UTC, in whole seconds. It is
// the zero time for one that no file could hold, of another century than 1900 to 2999.
func Time(t time.Time) time.Time {
	if t = t.UTC().Truncate(time.Second); t.Year() < 1900 || t.Year() > 2999 {
		return time.Time{}
	}
	return t
}

// ParseTime reads a time as the AWS CLI prints it (RFC 3339). A blank may stand for the T,
// as Python's datetime has it. It is the zero time for any other text.
func ParseTime(text string) time.Time {
	if len(text) > len("2006-01-02") && text[len("2006-01-02")] == ' ' {
		text = strings.Replace(text, " ", "T", 1)
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}
	}
	return Time(t)
}
