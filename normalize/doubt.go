package normalize

import (
	"fmt"
	"slices"

	"iamctl/inventory"
)

// doubt looks for values whose rewriting may hide drift.
func (m *Masker) doubt(a, b *origins) (Mask, bool) {
	if m.same() && a.identical(b) {
		return Mask{}, false
	}
	if v, ok := unownedIn(a, func(v string) bool { return b.has(v) }); ok {
		return Mask{Value: v, Reason: m.reason(onBothSides, v)}, true
	}
	for _, o := range []*origins{a, b} {
		other := 1 - o.side
		if v, ok := unownedIn(o, func(v string) bool { return m.accounts[other].unowned[v] }); ok {
			return Mask{Value: v, Reason: m.reason(elsewhere+why(other), v)}, true
		}
	}
	for _, o := range []*origins{a, b} {
		for k := range o.all() {
			if len(k.third) > 0 {
				return Mask{Value: k.third[0], Reason: m.reason(thirdAccounts, k.third[0])}, true
			}
		}
	}
	return Mask{}, false
}

// unownedIn gives the first doubtful value that was rewritten in an original
// and is used on the other side.
func unownedIn(o *origins, used func(string) bool) (string, bool) {
	for k := range o.all() {
		if i := slices.IndexFunc(k.unowned, used); i >= 0 {
			return k.unowned[i], true
		}
	}
	return "", false
}

// all gives the marks of the originals.
func (o *origins) all() func(yield func(*mark) bool) {
	return func(yield func(*mark) bool) {
		for c := range columns {
			for n := range o.len() {
				if k := o.mark(c, n); k != nil && !yield(k) {
					return
				}
			}
		}
	}
}

// has tells whether the doubtful value was rewritten in an original.
func (o *origins) has(value string) bool {
	_, ok := unownedIn(o, func(v string) bool { return v == value })
	return ok
}

// identical tells whether the originals of both sides are the same.
func (o *origins) identical(p *origins) bool {
	if o.len() != p.len() {
		return false
	}
	if o.table == nil {
		return slices.Equal(slices.Sorted(slices.Values(o.raw)), slices.Sorted(slices.Values(p.raw)))
	}
	// Both are in the order of the rows before rewriting.
	for n := range o.rows {
		if o.table.Before.Item(int(o.rows[n])) != p.table.Before.Item(int(p.rows[n])) {
			return false
		}
	}
	return true
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

// why is a reason for doubt.
type why int

const (
	onBothSides why = iota
	thirdAccounts
	elsewhere // and in B
	_
)

// reason says why, the same string for the same reason: millions of rows may
// have one.
func (m *Masker) reason(w why, value string) string {
	key := whyOf{w, value}
	if s, ok := m.reasons[key]; ok {
		return s
	}
	if m.reasons == nil {
		m.reasons = map[whyOf]string{}
	}
	whose := "the dictionary does not say whose it is"
	if m.same() {
		whose = "both are one account, so that the text was changed from one to the other"
	}
	var s string
	switch w {
	case onBothSides:
		s = fmt.Sprintf("%q stands on both sides, and %s", value, whose)
	case thirdAccounts:
		s = fmt.Sprintf("%q was rewritten although its account has a value of its own in the entry, so that it may be a third account's", value)
	default:
		s = fmt.Sprintf("%q stands elsewhere in %s too, and %s", value, m.accounts[w-elsewhere].Tag, whose)
	}
	m.reasons[key] = s
	return s
}

type whyOf struct {
	why   why
	value string
}
