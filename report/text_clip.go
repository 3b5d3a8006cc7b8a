package report

import (
	"unicode/utf8"

	"iamctl/internal/visible"
)

// fewLines is how many lines a list of lesser things may take.
const fewLines = 5

// Clip is s escaped for a terminal and cut at so many characters, with the
// cut marked.
func Clip(s string, limit int) string {
	// Escaping makes text longer, never shorter: what is over the limit as it
	// is, is over it escaped. No need to escape megabytes.
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
