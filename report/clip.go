package report

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"iamctl/internal/visible"
	"iamctl/result"
)

// fewLines is how many lines of a text that may be cut a list may take, but that
// of what differs, and how many actions a line names.
const fewLines = 5

// wholeLimit is how many characters a list of actions has at most where nothing is to
// be cut.
const wholeLimit = 1 << 20

// some returns the first texts of a list, at most so many, and how many more there are,
// of which total are in all.
func some(esc result.Escape, list []string, most, total int) string {
	limit := result.LineLimit
	if most > fewLines {
		limit = wholeLimit
	}
	n := min(len(list), most)
	text := esc(strings.Join(list[:n], ", "), limit)
	if more := total - n; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

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
