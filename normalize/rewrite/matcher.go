package rewrite

import (
	"cmp"
	"slices"
	"strings"

	"iamctl/equivalency"
	"iamctl/policy"
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
	lists [256][]pattern
	// keys are the patterns for condition keys, folded.
	keys   [256][]pattern
	shared []string
	// own are the account's ids.
	own []string
	// placeholders are those that may be in a condition key already.
	placeholders []string
	// inOther reports whether a part of a text is one of another account's name, nil for
	// never.
	inOther func(text string, from, to int) bool
}

func (m *matcher) add(p pattern) {
	if p.text == "" {
		return
	}
	p.resource = equivalency.NamesResource(p.text)
	m.lists[p.text[0]] = append(m.lists[p.text[0]], p)
	switch {
	case p.kind == literalPlaceholder:
		m.placeholders = append(m.placeholders, InKey(p.text))
	case p.fields&keyField != 0:
		p.placeholder = InKey(p.placeholder)
		p.text = policy.Fold(p.text)
		m.keys[p.text[0]] = append(m.keys[p.text[0]], p)
	}
}

// InKey returns a placeholder as it is put into condition keys, which are in lower
// case: in capitals, so that none can be taken for a name.
func InKey(placeholder string) string {
	return strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' {
			r -= 'a' - 'A'
		}
		return r
	}, placeholder)
}

// seal sorts the patterns once all have been added.
func (m *matcher) seal(shared []string) {
	longestFirst := func(a, b pattern) int {
		return cmp.Or(cmp.Compare(len(b.text), len(a.text)), cmp.Compare(a.kind, b.kind))
	}
	for i := range m.lists {
		slices.SortStableFunc(m.lists[i], longestFirst)
		slices.SortStableFunc(m.keys[i], longestFirst)
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
func (m *matcher) any(field Field, text string) bool {
	if anyOf(&m.lists, bit(field), text) {
		return true
	}
	return mayHaveKeys(field, text) && anyOf(&m.keys, keyField, policy.Fold(text))
}

func anyOf(lists *[256][]pattern, fields fieldSet, text string) bool {
	for i := range len(text) {
		if list := lists[text[i]]; list != nil && longest(list, fields, text, i, len(text), nil) != nil {
			return true
		}
	}
	return false
}

// mayHaveKeys reports whether a text may have a condition key: it is one, or has
// a policy variable.
func mayHaveKeys(field Field, text string) bool {
	return field == equivalency.ConditionKey || strings.Contains(text, "${")
}

// matches returns what matches and need not stay, from left to right, without
// placeholders. Matches do not overlap.
func (m *matcher) matches(field Field, text string) []match {
	g := m.guard(field, text)
	var out []match
	at := 0
	for _, k := range g.fixed.Keys {
		out = scan(out, &m.lists, bit(field), text, at, k.From, &g)
		out = scan(out, &m.keys, keyField, policy.Fold(text), k.From, k.To, &g)
		at = k.To
	}
	return scan(out, &m.lists, bit(field), text, at, len(text), &g)
}

// scan adds the matches in text[from:to].
func scan(out []match, lists *[256][]pattern, fields fieldSet, text string, from, to int, g *guard) []match {
	for i := from; i < to; {
		p := longest(lists[text[i]], fields, text, i, to, g)
		if p == nil {
			i++
			continue
		}
		out = append(out, match{i, i + len(p.text), p})
		i += len(p.text)
	}
	return out
}

// longest returns the longest pattern of the list that matches at byte i, ends
// before the byte to, and is not blocked by the guard. Without a guard
// placeholders count as well.
func longest(list []pattern, fields fieldSet, text string, i, to int, g *guard) *pattern {
	for n := range list {
		p := &list[n]
		if p.fields&fields == 0 || !strings.HasPrefix(text[i:to], p.text) {
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
