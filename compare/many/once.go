package many

import (
	"fmt"

	"iamctl/compare"
	"iamctl/internal/hint"
	"iamctl/inventory"
)

// once keeps one of several sources of one account, the reference or the first by its tag,
// unless it is meant that there are more: it would count twice in what most accounts have, and
// would be said to name itself. What is left out is a gap, for it may say something else. An
// error says that one account is all that there is. The accounts are sorted by id and tag.
func (m *run) once() error {
	if m.Reader.SameAccount {
		return nil
	}
	all, kept := m.members, m.members[:0:0]
	for _, a := range all {
		last := len(kept) - 1
		switch {
		case last < 0 || !ofOneAccount(kept[last], a):
			kept = append(kept, a)
			continue
		case a == m.reference:
			kept[last], a = a, kept[last]
		}
		m.gapsOf(a.side, []inventory.Gap{again(a, kept[last])})
	}
	if len(kept) == 1 && len(all) > 1 {
		err := fmt.Errorf("%w, %s, is in all sources, such as %s and %s", compare.ErrOneAccount, kept[0].identity.ID, all[0].side.Spec, all[1].side.Spec)
		return hint.With(err, "name another account, or say --same-account if it is meant")
	}
	m.members = kept
	return nil
}

// ofOneAccount reports whether two sources are of one account, as far as it is known.
func ofOneAccount(a, b *member) bool {
	return a.identity.ID != "" && a.identity.ID == b.identity.ID
}

// again returns the gap of a source whose account is read from another one.
func again(a, one *member) inventory.Gap {
	reason := fmt.Sprintf("it is account %s, as %s is, which counts; leave one out, or say --same-account if it is meant", a.identity.ID, one.side.Spec)
	return inventory.Gap{Kind: inventory.GapRead, Entity: inventory.EntityAccount, Blind: true, Reason: reason}
}
