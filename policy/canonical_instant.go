package policy

import (
	"strconv"
	"strings"
	"time"
)

// canonicalInstant returns a time in UTC with seconds and without zeros at the end
// of their fraction. Date operators take a date and time of ISO 8601 or seconds
// since 1970 (IAM User Guide, "Date condition operators", which refers to
// https://www.w3.org/TR/NOTE-datetime). These forms are known: YYYY-MM and
// YYYY-MM-DD, which are the midnight in UTC with which they begin; YYYY-MM-DDThh:mm,
// with seconds, with a fraction of them, before Z or an offset such as +01:00; and
// seconds since 1970 of nine to eleven digits. Fewer may be a year or a date without
// hyphens, more may be milliseconds. Anything else stays as it is written.
func canonicalInstant(v string) string {
	if isDigits(v) {
		return canonicalEpoch(v)
	}
	for _, form := range []string{time.DateOnly, "2006-01"} {
		if t, err := time.Parse(form, v); err == nil {
			return formatInstant(v, t, "")
		}
	}
	whole, zone := cutZone(v)
	whole, fraction, point := strings.Cut(whole, ".")
	if len(whole) == len("YYYY-MM-DDThh:mm") && !point {
		whole += ":00"
	}
	if zone == "" || point && !isDigits(fraction) {
		return v
	}
	const form = "2006-01-02T15:04:05-07:00"
	t, err := time.Parse(form, whole+zone)
	// Parse takes more than the form: an hour of one digit, an offset of 24 hours.
	if err != nil || t.Format(form) != whole+zone || zone[1:] > "23:59" {
		return v
	}
	return formatInstant(v, t, fraction)
}

// cutZone returns a time without its offset from UTC, and the offset in digits,
// which is "" where there is none.
func cutZone(v string) (local, zone string) {
	for _, utc := range []string{"Z", "-00:00"} {
		if local, ok := strings.CutSuffix(v, utc); ok {
			return local, "+00:00"
		}
	}
	i := len(v) - len("+00:00")
	if i < 0 || v[i] != '+' && v[i] != '-' {
		return v, ""
	}
	return v[:i], v[i:]
}

func canonicalEpoch(v string) string {
	if len(v) < 9 || len(v) > 11 || v[0] == '0' {
		return v
	}
	n, err := strconv.ParseInt(v, 10, 64)
	if err != nil {
		return v
	}
	return formatInstant(v, time.Unix(n, 0), "")
}

// formatInstant returns the time with a fraction of its seconds, or v where the
// year has other than four digits. Leap seconds are no times of package time.
func formatInstant(v string, t time.Time, fraction string) string {
	t = t.UTC()
	if t.Year() < 0 || t.Year() > 9999 {
		return v
	}
	out := t.Format("2006-01-02T15:04:05")
	if fraction = strings.TrimRight(fraction, "0"); fraction != "" {
		out += "." + fraction
	}
	return out + "Z"
}
