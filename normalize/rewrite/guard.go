package rewrite

import (
	"slices"
	"strings"

	"iamctl/equivalency"
	"iamctl/policy"
)

// guard knows what has to stay in one text: the fixed parts, and the shared
// literals that are whole tokens. In condition keys letter case does not count, and
// a placeholder that was put in there stays, with what is next to it.
type guard struct {
	fixed  equivalency.Fixed
	shared []equivalency.Span
	// placed are placeholders in condition keys.
	placed []equivalency.Span
	// inOther reports whether a part of a text is one of another account's name.
	inOther func(text string, from, to int) bool
}

func (m *matcher) guard(field Field, text string) guard {
	g := guard{fixed: FixedIn(field, text), inOther: m.inOther}
	g.fixed.Of(m.own)
	for _, s := range m.shared {
		g.shared = appendTokens(g.shared, text, s, 0, len(text))
	}
	for _, k := range g.fixed.Keys {
		folded := policy.Fold(text)
		for _, s := range m.shared {
			g.shared = appendTokens(g.shared, folded, policy.Fold(s), k.From, k.To)
		}
		for _, p := range m.placeholders {
			g.placed = appendSpans(g.placed, text, p, k.From, k.To)
		}
	}
	return g
}

// appendSpans appends where s is in text[from:to].
func appendSpans(out []equivalency.Span, text, s string, from, to int) []equivalency.Span {
	for i := from; ; i++ {
		n := strings.Index(text[i:to], s)
		if n < 0 {
			return out
		}
		i += n
		out = append(out, equivalency.Span{From: i, To: i + len(s)})
	}
}

// appendTokens appends where s is a whole token of text in text[from:to].
func appendTokens(out []equivalency.Span, text, s string, from, to int) []equivalency.Span {
	for _, x := range appendSpans(nil, text, s, from, to) {
		if equivalency.Token(text, x.From, x.To) {
			out = append(out, x)
		}
	}
	return out
}

// blocks reports whether a match at byte i has to stay as it is: it overlaps a
// fixed part or a shared literal, its placeholder would make an account id with
// the digits next to it, or it is next to a shared literal that would no
// longer be a whole token if the match were rewritten.
func (g *guard) blocks(text string, i int, p *pattern) bool {
	end := i + len(p.text)
	if g.fixed.Blocks(i, end, p.resource) || g.besidePlaced(i, p) || p.placeholder != "" && equivalency.JoinsID(text[:i], p.placeholder, text[end:]) {
		return true
	}
	if p.kind == ownValue && g.inOther != nil && g.inOther(text, i, end) {
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

// besidePlaced reports whether a match at byte i is in or next to a placeholder in a
// condition key.
func (g *guard) besidePlaced(i int, p *pattern) bool {
	return slices.ContainsFunc(g.placed, func(x equivalency.Span) bool { return x.From <= i+len(p.text) && i <= x.To })
}
