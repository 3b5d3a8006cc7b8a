// Package visibletest checks text that package visible wrote.
package visibletest

import (
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// escape is what an escape is without its backslash.
var escape = regexp.MustCompile(`^[ux]\{[0-9A-F]{1,6}\}`)

// Unescape takes back visible.Escape, by the rule in its package's comment.
func Unescape(s string) string {
	var out []byte
	for len(s) > 0 {
		run := len(s) - len(strings.TrimLeft(s, `\`))
		n := len(escape.FindString(s[run:]))
		if run == 0 || n == 0 {
			out = append(out, s[:run]...)
			if s = s[run:]; s != "" {
				out, s = append(out, s[0]), s[1:]
			}
			continue
		}
		out = append(out, s[:run/2]...)
		if s = s[run:]; run%2 == 1 {
			out = appendMeant(out, s[:n])
		} else {
			out = append(out, s[:n]...)
		}
		s = s[n:]
	}
	return string(out)
}

// appendMeant appends what an escape without its backslash means.
func appendMeant(dst []byte, escape string) []byte {
	v, err := strconv.ParseInt(escape[2:len(escape)-1], 16, 32)
	if err != nil {
		panic(err) // the pattern has digits alone
	}
	if escape[0] == 'x' {
		return append(dst, byte(v))
	}
	return utf8.AppendRune(dst, rune(v))
}

// Check fails if a screen would act upon s or hide a part of it.
func Check(t testing.TB, s string) {
	t.Helper()
	if !utf8.ValidString(s) {
		t.Errorf("%q is not UTF-8", s)
	}
	for _, r := range s {
		if unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp) {
			t.Errorf("%q holds %U", s, r)
		}
	}
}
