package suggest

import (
	"slices"
	"strings"

	"iamctl/equivalency"
)

// masker reads the texts of an account. What no proposal may change becomes
// opaque: what the dictionary rewrites, its placeholders, its shared literals,
// and the parts of a text that nothing rewrites.
type masker struct {
	*search
	rules  rewriter
	shared [][]uint32

	tokens []uint32
	// starts are the bytes at which the tokens begin, and the text's end.
	starts []int
	fixed  equivalency.Fixed
	// pins are the tokens of shared literals.
	pins []bool
}

func (s *search) masker(own *equivalency.Rules) *masker {
	m := &masker{search: s}
	for _, p := range s.taken {
		m.rules.add(rule{tokens: s.words.split(nil, p), put: s.words.placeholder(p)})
		// In keys they are in capitals.
		m.rules.add(rule{tokens: s.words.split(nil, strings.ToUpper(p)), put: s.words.placeholder(p), fields: inKeys})
	}
	for _, v := range own.Rewrites {
		s.addRule(&m.rules, v.Value, rule{put: s.words.placeholder(v.Placeholder), fields: v.Fields, resource: equivalency.NamesResource(v.Value)})
	}
	for _, literal := range own.Shared {
		m.shared = append(m.shared, s.words.split(nil, literal))
	}
	return m
}

func (m *masker) text(t Text) text {
	m.tokens = m.words.split(m.tokens[:0], t.Value)
	m.starts = append(m.starts[:0], 0)
	for i, id := range m.tokens {
		m.starts = append(m.starts, m.starts[i]+len(m.words.tokens[id].text))
	}
	m.fixed = m.fixedIn(t.Field, t.Value).WithParts()
	m.pin()
	base := m.rules.rewrite(make([]uint32, 0, len(m.tokens)), m.tokens, t.Field, m.blocks, m.keep)
	return text{Text: t, base: base}
}

// pin finds the shared literals.
func (m *masker) pin() {
	m.pins = append(m.pins[:0], make([]bool, len(m.tokens))...)
	for _, literal := range m.shared {
		for i := range m.tokens {
			if hasPrefix(m.tokens[i:], literal) {
				for k := range literal {
					m.pins[i+k] = true
				}
			}
		}
	}
}

func (m *masker) blocks(i int, r *rule) bool {
	end := i + len(r.tokens)
	return slices.Contains(m.pins[i:end], true) || m.fixed.Blocks(m.starts[i], m.starts[end], r.resource)
}

func (m *masker) keep(i int) uint32 {
	id := m.tokens[i]
	if m.pins[i] || m.fixed.Blocks(m.starts[i], m.starts[i+1], false) {
		return m.words.kept(id)
	}
	return id
}
