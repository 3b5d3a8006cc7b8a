package rewrite

import (
	"cmp"
	"slices"
	"strings"

	"iamctl/equivalency"
)

// patternKind is what a pattern is.
type patternKind uint8

// Of patterns with the same text, the one of the first kind goes first.
const (
	ownValue patternKind = iota
	foreignValue
	literalPlaceholder
)

// pattern is a literal text to find.
type pattern struct {
	text        string
	kind        patternKind
	substring   bool
	fields      fieldSet
	index       int
	placeholder string // replaces an ownValue
	resource    bool   // text is the whole ARN of a resource
}

// matcher finds patterns. They are listed by their first byte, longest first.
type matcher struct {
	lists  [256][]pattern
	shared []string
}

func (m *matcher) add(p pattern) {
	if p.text != "" {
		p.resource = equivalency.NamesResource(p.text)
		m.lists[p.text[0]] = append(m.lists[p.text[0]], p)
	}
}

// seal sorts the patterns once all have been added.
func (m *matcher) seal(shared []string) {
	for i := range m.lists {
		slices.SortStableFunc(m.lists[i], func(a, b pattern) int {
			return cmp.Or(cmp.Compare(len(b.text), len(a.text)), cmp.Compare(a.kind, b.kind))
		})
	}
	for _, s := range shared {
		if s != "" {
			m.shared = append(m.shared, s)
		}
	}
}

// match is a pattern's occurrence in a text.
type match struct {
	from, to int
	*pattern
}

// any reports whether some pattern matches, whatever has to stay.
func (m *matcher) any(fields fieldSet, text string) bool {
	for i := range len(text) {
		if list := m.lists[text[i]]; list != nil && longest(list, fields, text, i, nil) != nil {
			return true
		}
	}
	return false
}

// matches returns what matches and need not stay, from left to right, without
// placeholders. Matches do not overlap.
func (m *matcher) matches(field Field, text string) []match {
	fields := bit(field)
	g := m.guard(field, text)
	var out []match
	for i := 0; i < len(text); {
		list := m.lists[text[i]]
		if list == nil {
			i++
			continue
		}
		p := longest(list, fields, text, i, &g)
		if p == nil {
			i++
			continue
		}
		out = append(out, match{i, i + len(p.text), p})
		i += len(p.text)
	}
	return out
}

// longest returns the longest pattern of the list that matches at byte i and
// that the guard does not block. Without a guard placeholders count as well.
func longest(list []pattern, fields fieldSet, text string, i int, g *guard) *pattern {
	for n := range list {
		p := &list[n]
		if p.fields&fields == 0 || !strings.HasPrefix(text[i:], p.text) {
			continue
		}
		if !p.substring && !equivalency.Token(text, i, i+len(p.text)) {
			continue
		}
		if g == nil || p.kind != literalPlaceholder && !g.blocks(text, i, p) {
			return p
		}
	}
	return nil
}
