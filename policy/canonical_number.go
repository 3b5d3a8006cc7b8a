package policy

import "strings"

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

// isDigits reports whether s is one decimal digit or more.
func isDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
