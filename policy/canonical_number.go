package policy

import (
	"strings"
	"time"
)

// canonicalDecimal returns a decimal without zeros at its end, digit by digit, so
// that no size or precision is too much. What is not a plain decimal (an
// exponent, a leading zero, a plus) stays as it is written: AWS does not say
// what it makes of it.
func canonicalDecimal(v string) string {
	digits, negative := strings.CutPrefix(v, "-")
	whole, fraction, point := strings.Cut(digits, ".")
	if !isDigits(whole) || len(whole) > 1 && whole[0] == '0' || point && !isDigits(fraction) {
		return v
	}
	if fraction = strings.TrimRight(fraction, "0"); fraction != "" {
		whole += "." + fraction
	}
	if negative && whole != "0" {
		return "-" + whole
	}
	return whole
}

// canonicalInstant returns a time in UTC with seconds and without zeros at the end
// of their fraction. It is for the forms YYYY-MM-DDThh:mmZ, with seconds and
// with a fraction (W3C note "Date and Time Formats", which the IAM User Guide
// refers to for date operators). Anything else, such as an offset from UTC, a
// date alone or seconds since 1970, stays as it is written.
func canonicalInstant(v string) string {
	utc, ok := strings.CutSuffix(v, "Z")
	if !ok {
		return v
	}
	whole, fraction, point := strings.Cut(utc, ".")
	if len(whole) == len("YYYY-MM-DDThh:mm") && !point {
		whole += ":00"
	}
	if !isInstant(whole) || point && !isDigits(fraction) {
		return v
	}
	if fraction = strings.TrimRight(fraction, "0"); fraction != "" {
		whole += "." + fraction
	}
	return whole + "Z"
}

// isInstant reports whether s is a time that exists, as YYYY-MM-DDThh:mm:ss.
// Leap seconds are left out.
func isInstant(s string) bool {
	const form = "2006-01-02T15:04:05"
	t, err := time.Parse(form, s)
	// Parse takes more than the form: an hour of one digit, a fraction.
	return err == nil && t.Format(form) == s
}

// isDigits reports whether s is one decimal digit or more.
func isDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
