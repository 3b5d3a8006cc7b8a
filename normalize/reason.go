package normalize

import "fmt"

// why is a kind of reason.
type why int

const (
	standsThere why = iota
	onBothSides
	elsewhere
	thirdAccounts
	becameOne
)

// grounds are what a reason is made of.
type grounds struct {
	why   why
	value string
	// side is the one that the value stands in elsewhere, or on which more
	// became one; many and few are what did, there and on the other side.
	side      int
	many, few string
}

// reason spells a reason out, once: millions of rows may have one.
func (m *Masker) reason(g grounds) string {
	s, ok := m.reasons[g]
	if !ok {
		if m.reasons == nil {
			m.reasons = map[grounds]string{}
		}
		s = m.spellReason(g)
		m.reasons[g] = s
	}
	return s
}

func (m *Masker) spellReason(g grounds) string {
	whose := "the dictionary does not say whose it is"
	if m.same() {
		whose = "both are one account, so that the text was changed from one to the other"
	}
	here, there := m.accounts[g.side].Tag, m.accounts[1-g.side].Tag
	switch g.why {
	case standsThere:
		return fmt.Sprintf("the placeholder %q stands on one side as it is, where the other side's value was rewritten to it", g.value)
	case onBothSides:
		return fmt.Sprintf("%q stands on both sides, and %s", g.value, whose)
	case elsewhere:
		return fmt.Sprintf("%q stands elsewhere in %s too, and %s", g.value, here, whose)
	case thirdAccounts:
		return fmt.Sprintf("%q was rewritten although its account has a value of its own in the entry, so that it may be a third account's", g.value)
	}
	if g.few == "" {
		return fmt.Sprintf("texts with %s became one in %s, where %s has others: one of them may have more", g.many, here, there)
	}
	return fmt.Sprintf("%s became one in %s, where %s has %s alone: %s may have more than %s", g.many, here, there, g.few, here, there)
}
