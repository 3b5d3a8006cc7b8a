package normalize

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"iamctl/equivalency"
)

// kind says what a match is for.
type kind uint8

const (
	rewritten kind = iota // this account's value
	foreign               // the other account's value
	literal               // a placeholder
)

// fieldSet has a bit for each field.
type fieldSet uint16

const everyField = ^fieldSet(0)

func fieldSetOf(fields []Field) fieldSet {
	if fields == nil {
		return everyField
	}
	var s fieldSet
	for _, f := range fields {
		s |= bit(f)
	}
	return s
}

var bits = func() map[Field]fieldSet {
	m := map[Field]fieldSet{}
	for i, f := range equivalency.Fields() {
		m[f] = 1 << i
	}
	m[equivalency.Service] = m[FieldPrincipal]
	return m
}()

// bit is that of no rule's fields for a field that the dictionary does not
// have: rules for every field hold there too.
func bit(f Field) fieldSet {
	if b, ok := bits[f]; ok {
		return b
	}
	return 1 << 15
}

// pattern is a literal text to find.
type pattern struct {
	text      string
	kind      kind
	substring bool
	fields    fieldSet
	index     int
	put       string // what takes its place
	resource  bool   // it is the whole ARN of a resource
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

// span is a match in a text.
type span struct {
	from, to int
	*pattern
}

// any tells whether something matches, guards aside, literals too.
func (m *matcher) any(fields fieldSet, text string) bool {
	for i := range len(text) {
		if list := m.lists[text[i]]; list != nil && longest(list, fields, text, i, nil) != nil {
			return true
		}
	}
	return false
}

// spans gives the matches from left to right, without literals. They do not
// overlap.
func (m *matcher) spans(field Field, text string) []span {
	fields := bit(field)
	g := m.guard(field, text)
	var out []span
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
		out = append(out, span{i, i + len(p.text), p})
		i += len(p.text)
	}
	return out
}

// longest gives the longest pattern of the list that matches at byte i and
// that the guard lets through. Without a guard literals count as well.
func longest(list []pattern, fields fieldSet, text string, i int, g *guard) *pattern {
	for n := range list {
		p := &list[n]
		if p.fields&fields == 0 || !strings.HasPrefix(text[i:], p.text) {
			continue
		}
		if !p.substring && !equivalency.Token(text, i, i+len(p.text)) {
			continue
		}
		if g == nil || p.kind != literal && !g.blocks(text, i, p) {
			return p
		}
	}
	return nil
}

// part is a stretch of a text.
type part struct{ from, to int }

// guard knows what has to stay in one text: the parts that are fixed, and
// where shared literals stand as whole tokens.
type guard struct {
	fixed  equivalency.Fixed
	shared []part
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
				g.shared = append(g.shared, part{i, i + len(s)})
			}
		}
	}
	return g
}

// blocks tells whether a match at byte i has to stay as it is: it has a share
// in a fixed part or a shared literal, or stands directly beside a shared
// literal that would be a whole token no more if the match were rewritten.
func (g *guard) blocks(text string, i int, p *pattern) bool {
	end := i + len(p.text)
	if g.fixed.Blocks(i, end, p.resource) {
		return true
	}
	for _, s := range g.shared {
		switch {
		case s.from < end && i < s.to:
			return true
		case p.put == "":
		case s.to == i && !equivalency.Divides(lastRune(text[:i]), firstRune(p.put)),
			s.from == end && !equivalency.Divides(lastRune(p.put), firstRune(text[end:])):
			return true
		}
	}
	return false
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}
