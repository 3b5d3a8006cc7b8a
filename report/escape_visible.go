package report

import (
	"strconv"
	"unicode"
	"unicode/utf8"
)

// Text is shown with everything spelled out that a screen, a pager or a
// spreadsheet would act upon or hide:
//
//   - control characters (C0, DEL, C1), format characters (bidi overrides,
//     zero-width characters, byte order marks) and the Unicode line and
//     paragraph separators stand as \u{HEX};
//   - bytes that are not UTF-8 stand as \x{HEX};
//   - a run of backslashes right before one of these, or right before text
//     that reads like one, is doubled. All other backslashes stand as they
//     are, so that JSON in a cell stays JSON.
//
// So every text can be had back: an escape after an odd run of backslashes
// is an escape, one after an even run is text, and either way half of the
// (rest of the) run is meant.

// ASCII classes, for the fast paths of all formats.
const (
	classHidden = 1 << iota // spelled out wherever text is shown
	classHigh               // not ASCII: look at the rune
	classQuote              // makes a CSV cell need quotes
	classJSON               // escaped in JSON
)

var classes = func() (t [256]uint8) {
	for c := range t {
		switch {
		case c < 0x20 || c == 0x7F:
			t[c] = classHidden | classJSON
		case c >= utf8.RuneSelf:
			t[c] = classHigh
		}
	}
	t[','] |= classQuote
	t['"'] |= classQuote | classJSON
	t[';'] |= classQuote
	t['\\'] |= classJSON
	t['<'] |= classJSON
	t['>'] |= classJSON
	t['&'] |= classJSON
	return t
}()

// hiddenRune tells whether a rune is spelled out wherever text is shown.
func hiddenRune(r rune) bool {
	if r < utf8.RuneSelf {
		return classes[byte(r)]&classHidden != 0
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp)
}

// Escape is s as it may be shown on a terminal, on one line: with control
// characters and the like spelled out, as in \u{1B}.
func Escape(s string) string {
	if shown(s) {
		return s
	}
	return string(appendVisible(nil, s))
}

// shown tells that s is the same when it is spelled out. It may say no to
// text that would be.
func shown(s string) bool {
	for i := 0; i < len(s); i++ {
		if classes[s[i]]&(classHidden|classHigh) != 0 || s[i] == '\\' && escapeLength(s[i+1:]) > 0 {
			return false
		}
	}
	return true
}

// appendVisible appends s spelled out.
func appendVisible(dst []byte, s string) []byte {
	if shown(s) {
		return append(dst, s...)
	}
	slashes := 0
	for len(s) > 0 {
		if s[0] == '\\' {
			slashes++
			dst, s = append(dst, '\\'), s[1:]
			continue
		}
		r, n := utf8.DecodeRuneInString(s)
		invalid := r == utf8.RuneError && n == 1
		hidden := invalid || hiddenRune(r)
		if hidden || slashes > 0 && escapeLength(s) > 0 {
			for range slashes {
				dst = append(dst, '\\')
			}
		}
		switch {
		case invalid:
			dst = appendEscape(dst, 'x', int64(s[0]))
		case hidden:
			dst = appendEscape(dst, 'u', int64(r))
		default:
			dst = append(dst, s[:n]...)
		}
		slashes, s = 0, s[n:]
	}
	return dst
}

func appendEscape(dst []byte, kind byte, v int64) []byte {
	dst = append(dst, '\\', kind, '{')
	at := len(dst)
	dst = strconv.AppendInt(dst, v, 16)
	for i := at; i < len(dst); i++ {
		if 'a' <= dst[i] && dst[i] <= 'f' {
			dst[i] -= 'a' - 'A'
		}
	}
	return append(dst, '}')
}

// escapeLength is the length of an escape without its backslash, such as
// u{1B}, that s begins with; 0 if it begins with none.
func escapeLength(s string) int {
	if len(s) < 4 || s[0] != 'u' && s[0] != 'x' || s[1] != '{' {
		return 0
	}
	for i := 2; i < len(s) && i <= 8; i++ {
		c := s[i]
		if c == '}' && i > 2 {
			return i + 1
		}
		if !('0' <= c && c <= '9' || 'A' <= c && c <= 'F') {
			return 0
		}
	}
	return 0
}
