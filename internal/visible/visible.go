// Package visible spells out the characters of a text that a screen, a pager
// or a spreadsheet would act upon or hide. What AWS returned is hostile text:
// a role's name may hold a terminal's control characters.
//
// There are two spellings. Append is for text that people read:
//
//   - hidden characters (see Hidden) become \u{HEX};
//   - bytes that are not UTF-8 become \x{HEX};
//   - a run of backslashes right before one of these, or right before text
//     that reads like one, is doubled. All other backslashes stay as they
//     are, so that JSON in a cell stays JSON.
//
// So every text can be had back: an escape after an odd run of backslashes
// is an escape, one after an even run is text, and either way half of the
// (rest of the) run is meant.
//
// AppendJSON and EscapeJSON are for JSON, where \uXXXX means the character.
//
// A LogWriter is for whole texts: it breaks what the log of a CI takes for a command.
package visible

import (
	"strconv"
	"unicode"
	"unicode/utf8"
)

// Classes of ASCII characters, for fast paths.
const (
	classHidden  = 1 << iota // escaped wherever text is shown
	classHigh                // not ASCII: look at the rune
	classJSON                // escaped in JSON
	classBracket             // escaped in JSON if it ends a command, see isCommand
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
	for _, c := range `"\<>&` {
		t[c] |= classJSON
	}
	t['['] = classBracket
	return t
}()

// reserved is a code point that Unicode keeps for an invisible format
// character, between others of that kind.
const reserved = 0x2065

// Hidden reports whether r is a control character (C0, DEL, C1), a format
// character (bidi overrides, zero-width characters, byte order marks, tags)
// or a line or paragraph separator of Unicode.
func Hidden(r rune) bool {
	if r < utf8.RuneSelf {
		return classes[byte(r)]&classHidden != 0
	}
	return r == reserved || unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp)
}

// Escape returns s as it may be shown on a terminal, on one line.
func Escape(s string) string {
	if Plain(s) {
		return s
	}
	return string(Append(nil, s))
}

// Plain reports whether s is sure to be the same when it is escaped. It may
// be false for a text that would be.
func Plain(s string) bool {
	for i := 0; i < len(s); i++ {
		if classes[s[i]]&(classHidden|classHigh) != 0 || s[i] == '\\' && escapeLen(s[i+1:]) > 0 {
			return false
		}
	}
	return true
}

// Append appends s as Escape returns it.
func Append(dst []byte, s string) []byte {
	if Plain(s) {
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
		hidden := invalid || Hidden(r)
		if hidden || slashes > 0 && escapeLen(s) > 0 {
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

// escapeLen returns the length of an escape without its backslash, such as
// u{1B}, that s begins with; 0 if it begins with none.
func escapeLen(s string) int {
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
