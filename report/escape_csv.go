package report

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"iamctl/internal/visible"
)

// A CSV cell holds its text escaped as package visible does, so that a row is
// one line. It is guarded against spreadsheets, which run a cell as a formula if
// it begins with one of = + - @ or a full-width form of them: a cell that begins
// so, also after blanks or apostrophes, is written with an apostrophe in front.
// Tab and carriage return begin a formula too, but are escaped by then.
//
// To undo that, remove one apostrophe from a cell that begins with an apostrophe,
// then any blanks or apostrophes, then such a sign. Leave all other cells.
//
// Cells with a comma, a double quote or a semicolon (the separator of
// spreadsheets in half of the world) are quoted, as are those that begin with a
// blank. Rows end in a line feed. All else is as in RFC 4180.

// appendCell appends s as a cell, without a separator.
func appendCell(dst []byte, s string) []byte {
	if s == "" {
		return dst
	}
	return appendEscaped(dst, visible.Escape(s), strings.ContainsAny(s, `,";`))
}

// appendEscaped appends escaped text, guarded, and quoted if it must be or if
// quote says so.
func appendEscaped(dst []byte, s string, quote bool) []byte {
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

// isFormula reports whether a spreadsheet might run s, as it is or without the
// apostrophes and blanks in front.
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
