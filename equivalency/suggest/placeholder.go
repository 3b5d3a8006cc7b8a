package suggest

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// neutral returns a placeholder that goes with any value: one of the characters
// that Unicode leaves to private use.
func neutral(n int) string { return "\ue000" + strings.Repeat("\ue001", n) }

// placeholder returns the n-th placeholder to try, false if there are no more.
func (s *search) placeholder(c *candidate, n int) (p string, more bool) {
	names := []string{"accountname", "placeholder", "equivalent", "counterpart"}
	switch r := &s.runs.list[c.runs[0]]; {
	case r.kind == accountID:
		// Not twelve digits, which would say that the accounts have the ids.
		names[0] = "accountid"
	case r.region:
		names[0] = "region"
	case looksNumbered(r.text):
		names[0] = "identifier"
	}
	const each = 100
	if n >= each*len(names) {
		return "", false
	}
	name, n := names[n/each], n%each
	switch {
	case n >= each/2:
		// A value may be the name itself, but no word that goes on.
		name += letters(n - each/2)
	case n > 0:
		name += strconv.Itoa(n + 1)
	}
	return inLettersOf(c.texts[0], name), true
}

// letters counts in letters, from two of them on.
func letters(n int) string {
	var b []byte
	for n += 26; n > 0; n /= 26 {
		b = append(b, 'a'+byte(n%26))
	}
	slices.Reverse(b)
	return string(b)
}

// inLettersOf writes a placeholder as its values are written, so that Dev and
// dev may have the same in other letters.
func inLettersOf(value, p string) string {
	first, size := utf8.DecodeRuneInString(value)
	switch {
	case !unicode.IsUpper(first):
		return p
	case value == strings.ToUpper(value) && len(value) > size:
		return strings.ToUpper(p)
	}
	return strings.ToUpper(p[:1]) + p[1:]
}
