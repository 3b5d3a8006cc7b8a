package report

import "unicode/utf8"

const (
	// clipTag and clipLine are how many characters of a tag and of anything
	// else are shown; the files have the whole text.
	clipTag  = 32
	clipLine = 300
	// fewLines is how many lines a list of lesser things may take.
	fewLines = 5
)

// clip is s escaped for a terminal and cut at so many characters, with the
// cut marked.
func clip(s string, limit int) string {
	// Escaping makes text longer, never shorter: what is over the limit as it
	// is, is over it escaped. No need to escape megabytes.
	cut := false
	if len(s) > limit*utf8.UTFMax {
		s, cut = s[:limit*utf8.UTFMax], true
	}
	s = Escape(s)
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
