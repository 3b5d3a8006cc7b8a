// Package asking is what is known of the requests that an audit asks about, whatever
// allows them.
package asking

import (
	"strconv"
	"time"

	"iamctl/policy"
)

const (
	currentTime = "aws:currenttime"
	epochTime   = "aws:epochtime"
)

// Timed reports whether a condition key, in lower case, is the time of the request, which
// every request has.
func Timed(key string) bool { return key == currentTime || key == epochTime }

// Before returns the conditions of which one holds for each request before a day, or
// without a time, and none for those from it on: each is to be denied.
func Before(day time.Time) []policy.Condition {
	return []policy.Condition{
		{Operator: "Null", Key: "aws:CurrentTime", Values: []string{"true"}},
		{Operator: "DateLessThan", Key: "aws:CurrentTime", Values: []string{text(day)}},
	}
}

// At puts the time of a request into its context.
func At(day time.Time, context map[string][]string) {
	context[currentTime] = []string{text(day)}
	context[epochTime] = []string{strconv.FormatInt(day.Unix(), 10)}
}

func text(day time.Time) string { return day.UTC().Format(time.RFC3339) }
