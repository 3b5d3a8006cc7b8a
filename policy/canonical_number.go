package policy

import "strings"

// canonicalDecimal is a decimal without zeros at its end, digit by digit, so
// that no size or precision is too much. What is no plain decimal (an
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

// canonicalInstant is a time in UTC with seconds and without zeros at the end
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

// isInstant tells whether s is a time that exists, as YYYY-MM-DDThh:mm:ss.
// Leap seconds are left out.
func isInstant(s string) bool {
	const form = "0000-00-00T00:00:00"
	if len(s) != len(form) {
		return false
	}
	for i := range len(s) {
		if digit := form[i] == '0'; digit != isDigits(s[i:i+1]) || !digit && s[i] != form[i] {
			return false
		}
	}
	number := func(from, to int) int {
		n := 0
		for _, c := range s[from:to] {
			n = 10*n + int(c-'0')
		}
		return n
	}
	year, month, day := number(0, 4), number(5, 7), number(8, 10)
	return month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month) &&
		number(11, 13) < 24 && number(14, 16) < 60 && number(17, 19) < 60
}

func daysOf(year, month int) int {
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// isDigits tells whether s is one decimal digit or more.
func isDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
