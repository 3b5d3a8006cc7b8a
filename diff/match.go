package diff

import (
	"slices"
	"strings"

	"iamctl/inventory"
)

// matching is one document's rows held against another's.
type matching struct {
	// only are the rows without a counterpart, ascending.
	only []uint32
	// equal tells that both documents have the very same rows.
	equal bool
}

// none is the index of a value that the other document does not have.
const none = ^uint32(0)

// match finds the rows of t that u does not have. The lists of both are
// sorted, so the indexes of t translate to those of u in one walk, in the
// same order, and the rows merge without comparing text.
func match(t, u *inventory.Items) *matching {
	if t == u {
		return &matching{equal: true}
	}
	tr := newTranslation(t, u)
	if tr.same && slices.Equal(t.Rows, u.Rows) {
		return &matching{equal: true}
	}
	m := &matching{}
	j := 0
	for i, r := range t.Rows {
		row, ok := tr.row(r)
		if !ok {
			m.only = append(m.only, uint32(i))
			continue
		}
		for j < len(u.Rows) && u.Rows[j].Compare(row) < 0 {
			j++
		}
		if j == len(u.Rows) || u.Rows[j] != row {
			m.only = append(m.only, uint32(i))
		}
	}
	return m
}

// translation gives the index in one document of a value of another.
type translation struct {
	effects, actions, resources, principals, terms []uint32
	// same tells that all lists are the same.
	same bool
}

func newTranslation(t, u *inventory.Items) *translation {
	tr := &translation{same: true}
	tr.effects = translate(t.Effects, u.Effects, strings.Compare, &tr.same)
	tr.actions = translate(t.Actions, u.Actions, inventory.Action.Compare, &tr.same)
	tr.resources = translate(t.Resources, u.Resources, strings.Compare, &tr.same)
	tr.principals = translate(t.Principals, u.Principals, inventory.Principal.Compare, &tr.same)
	tr.terms = translate(t.Terms, u.Terms, inventory.Terms.Compare, &tr.same)
	return tr
}

func (tr *translation) row(r inventory.Row) (inventory.Row, bool) {
	out := inventory.Row{
		Effect: tr.effects[r.Effect], Action: tr.actions[r.Action], Resource: tr.resources[r.Resource],
		Principal: tr.principals[r.Principal], Terms: tr.terms[r.Terms],
	}
	known := out.Effect != none && out.Action != none && out.Resource != none && out.Principal != none && out.Terms != none
	return out, known
}

func translate[T any](from, to []T, compare func(T, T) int, same *bool) []uint32 {
	out := make([]uint32, len(from))
	j := 0
	for i, v := range from {
		for j < len(to) && compare(to[j], v) < 0 {
			j++
		}
		if j < len(to) && compare(to[j], v) == 0 {
			out[i] = uint32(j)
		} else {
			out[i] = none
			*same = false
		}
	}
	if len(from) != len(to) {
		*same = false
	}
	return out
}

// rowIndex finds a row in a document.
func rowIndex(t *inventory.Items, r inventory.Row) (uint32, bool) {
	i, ok := slices.BinarySearchFunc(t.Rows, r, inventory.Row.Compare)
	return uint32(i), ok
}
