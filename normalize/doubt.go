package normalize

import (
	"slices"

	"iamctl/inventory"
)

// doubt looks for values whose rewriting may hide drift.
func (m *Masker) doubt(a, b *origins) (Mask, bool) {
	if m.same() && a.identical(b) {
		return Mask{}, false
	}
	for k := range a.marks() {
		if v, ok := a.at(k).unownedOf(b); ok {
			return m.mask(grounds{why: onBothSides, value: v})
		}
	}
	for _, o := range [...]*origins{a, b} {
		other := m.accounts[1-o.side].unowned
		for k := range o.marks() {
			if v, ok := o.at(k).unownedIn(other); ok {
				return m.mask(grounds{why: elsewhere, value: v, side: 1 - o.side})
			}
		}
	}
	for _, o := range [...]*origins{a, b} {
		for k := range o.marks() {
			if x := o.at(k); x != nil && len(x.third) > 0 {
				return m.mask(grounds{why: thirdAccounts, value: x.third[0]})
			}
		}
	}
	return Mask{}, false
}

func (m *Masker) mask(g grounds) (Mask, bool) {
	return Mask{Value: g.value, Reason: m.reason(g)}, true
}

// unownedOf gives the first doubtful value that was rewritten in an original
// of the other side too.
func (m *mark) unownedOf(o *origins) (string, bool) {
	if m == nil || len(m.unowned) == 0 {
		return "", false
	}
	for k := range o.marks() {
		if x := o.at(k); x != nil {
			if v, ok := common(m.unowned, x.unowned); ok {
				return v, true
			}
		}
	}
	return "", false
}

// unownedIn gives the first doubtful value that is among the given ones.
func (m *mark) unownedIn(values map[string]bool) (string, bool) {
	if m != nil {
		for _, v := range m.unowned {
			if values[v] {
				return v, true
			}
		}
	}
	return "", false
}

// same tells whether both sides are one account. What is the same text in
// one account is the same thing.
func (m *Masker) same() bool {
	return m.accounts[0].id() != "" && m.accounts[0].id() == m.accounts[1].id()
}

// sameItems tells whether two documents of items are the same.
func sameItems(a, b *inventory.Items) bool {
	return a == b || slices.Equal(a.Rows, b.Rows) && slices.Equal(a.Resources, b.Resources) && slices.Equal(a.Principals, b.Principals) &&
		slices.Equal(a.Terms, b.Terms) && slices.Equal(a.Actions, b.Actions) && slices.Equal(a.Effects, b.Effects)
}
