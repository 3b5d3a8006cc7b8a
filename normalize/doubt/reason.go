package doubt

import "fmt"

// reasonKind is a kind of reason for a mask.
type reasonKind int

const (
	// literalPlaceholder: one side has literally what was put into the other.
	literalPlaceholder reasonKind = iota
	// onBothSides: an ambiguous value is in both.
	onBothSides
	// elsewhere: an ambiguous value is elsewhere in the other account.
	elsewhere
	// thirdParty: a value may be a third account's.
	thirdParty
	// becameOne: more became one on one side than on the other.
	becameOne
)

// reason is what a sentence is made of.
type reason struct {
	kind  reasonKind
	value string
	// side is the account that has the value elsewhere, or the one in which
	// more became one. Then more is what did there, and fewer what did in the
	// other account.
	side        int
	more, fewer string
}

// sentence returns the reason in words. It is made once, because millions of
// rows may have the same.
func (m *Masker) sentence(r reason) string {
	s, ok := m.sentences[r]
	if !ok {
		if m.sentences == nil {
			m.sentences = map[reason]string{}
		}
		s = m.newSentence(r)
		m.sentences[r] = s
	}
	return s
}

func (m *Masker) newSentence(r reason) string {
	const whose = "the dictionary does not say whose it is"
	here, there := m.accounts[r.side].Tag, m.accounts[1-r.side].Tag
	switch r.kind {
	case literalPlaceholder:
		return fmt.Sprintf("the placeholder %q stands on one side as it is, where the other side's value was rewritten to it", r.value)
	case onBothSides:
		return fmt.Sprintf("%q stands on both sides, and %s", r.value, whose)
	case elsewhere:
		return fmt.Sprintf("%q stands elsewhere in %s too, and %s", r.value, here, whose)
	case thirdParty:
		return fmt.Sprintf("%q was rewritten although its account has a value of its own in the entry, so that it may be a third account's", r.value)
	}
	if r.fewer == "" {
		return fmt.Sprintf("texts with %s became one in %s, where %s has others: one of them may have more", r.more, here, there)
	}
	return fmt.Sprintf("%s became one in %s, where %s has %s alone: %s may have more than %s", r.more, here, there, r.fewer, here, there)
}
