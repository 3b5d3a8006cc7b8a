package rewrite

import (
	"strings"

	"iamctl/equivalency"
)

// guard knows what has to stay in one text: the fixed parts, and the shared
// literals that are whole tokens.
type guard struct {
	fixed  equivalency.Fixed
	shared []equivalency.Span
}

func (m *matcher) guard(field Field, text string) guard {
	g := guard{fixed: equivalency.FixedIn(field, text)}
	for _, s := range m.shared {
		for i := 0; ; i++ {
			n := strings.Index(text[i:], s)
			if n < 0 {
				break
			}
			i += n
			if equivalency.Token(text, i, i+len(s)) {
				g.shared = append(g.shared, equivalency.Span{From: i, To: i + len(s)})
			}
		}
	}
	return g
}

// blocks reports whether a match at byte i has to stay as it is: it overlaps a
// fixed part or a shared literal, its placeholder would make an account id with
// the digits next to it, or it is next to a shared literal that would no
// longer be a whole token if the match were rewritten.
func (g *guard) blocks(text string, i int, p *pattern) bool {
	end := i + len(p.text)
	if g.fixed.Blocks(i, end, p.resource) || p.placeholder != "" && equivalency.JoinsID(text[:i], p.placeholder, text[end:]) {
		return true
	}
	for _, s := range g.shared {
		if s.From < end && i < s.To {
			return true
		}
		if p.placeholder == "" {
			continue
		}
		if s.To == i && !equivalency.DividesTexts(text[:i], p.placeholder) ||
			s.From == end && !equivalency.DividesTexts(p.placeholder, text[end:]) {
			return true
		}
	}
	return false
}
