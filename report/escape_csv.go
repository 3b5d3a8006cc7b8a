package report

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"iamctl/internal/visible"
)

// A CSV cell holds its text spelled out as package visible says, so that a
// row is one line, and guarded against spreadsheets, which run a cell as a
// formula that begins with one of = + - @ or its full-width form (tab and
// carriage return, which do the same, are spelled out by then):
//
//   - a cell that begins so, be it after blanks or apostrophes, gets an
//     apostrophe in front.
//
// To have the text back: take one apostrophe off a cell that begins with
// apostrophe, then any blanks or apostrophes, then such a sign; leave every
// other cell alone.
//
// Cells with a comma, a double quote or a semicolon (the separator of
// spreadsheets in half of the world) stand in double quotes, as do those
// that begin with a blank; rows end in a line feed (RFC 4180 otherwise).

// appendCell appends s as a cell, without a separator.
func appendCell(dst []byte, s string) []byte {
	if s == "" {
		return dst
	}
	return appendShown(dst, visible.Escape(s), strings.ContainsAny(s, `,";`))
}

// appendShown appends spelled-out text, guarded and quoted.
func appendShown(dst []byte, s string, quote bool) []byte {
	first, _ := utf8.DecodeRuneInString(s)
	guard := isFormula(s)
	// A lone \. ends the data for PostgreSQL's COPY.
	if !quote && !unicode.IsSpace(first) && s != `\.` {
		if guard {
			dst = append(dst, '\'')
		}
		return append(dst, s...)
	}
	dst = append(dst, '"')
	if guard {
		dst = append(dst, '\'')
	}
	for {
		i := strings.IndexByte(s, '"')
		if i < 0 {
			break
		}
		dst = append(append(dst, s[:i+1]...), '"')
		s = s[i+1:]
	}
	return append(append(dst, s...), '"')
}

// isFormula tells whether a spreadsheet might run s, as it is or once an
// apostrophe or blanks before it are gone.
func isFormula(s string) bool {
	for _, r := range s {
		switch r {
		case '=', '+', '-', '@', '\uFF1D', '\uFF0B', '\uFF0D', '\uFF20':
			return true
		case '\'':
		default:
			if !unicode.IsSpace(r) {
				return false
			}
		}
	}
	return false
}
