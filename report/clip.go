package report

import (
	"unicode/utf8"

	"iamctl/internal/visible"
)

// fewLines is how many lines of a text that may be cut a list may take, but that
// of what differs, and how many actions a line names.
const fewLines = 5

// Clip returns s escaped for a terminal and cut after limit characters, with dots
// for what is cut off.
func Clip(s string, limit int) string {
	// Escaping never makes text shorter: what is beyond the limit before is
	// beyond it after, and megabytes need not be escaped.
	cut := false
	if len(s) > limit*utf8.UTFMax {
		s, cut = s[:limit*utf8.UTFMax], true
	}
	s = visible.Escape(s)
	n := 0
	for i := range s {
		if n == limit {
			return s[:i] + "..."
		}
		n++
	}
	if cut {
		s += "..."
	}
	return s
}
