package rewrite

import (
	"strings"

	"iamctl/equivalency"
)

// replacement is new text for a part of a text.
type replacement struct {
	from, to int
	text     string
	// inner are the places of what was put into the new text itself. Where it is
	// nil, that is all of it.
	inner []equivalency.Span
}

// places returns where the new texts are afterwards.
func places(parts []replacement) []equivalency.Span {
	if len(parts) == 0 {
		return nil
	}
	out := make([]equivalency.Span, 0, len(parts))
	grown := 0
	for _, p := range parts {
		if p.inner != nil {
			out = append(out, equivalency.Shift(p.inner, p.from+grown)...)
		} else {
			out = append(out, equivalency.Span{From: p.from + grown, To: p.from + grown + len(p.text)})
		}
		grown += len(p.text) - (p.to - p.from)
	}
	return out
}

// splice replaces parts, which are ascending and do not overlap.
func splice(text string, parts []replacement) string {
	if len(parts) == 0 {
		return text
	}
	var b strings.Builder
	at := 0
	for _, p := range parts {
		b.WriteString(text[at:p.from])
		b.WriteString(p.text)
		at = p.to
	}
	b.WriteString(text[at:])
	return b.String()
}
