package diff

import (
	"iter"
	"slices"
	"strings"

	"iamctl/inventory"
)

// matching says which rows of one document another one has too.
type matching struct {
	// only are the rows without a counterpart, ascending.
	only []uint32
	// equal reports whether both documents have the very same rows.
	equal bool
}

// missing is the index of a value that the other document does not have.
const missing = ^uint32(0)

// match returns which rows of t the document u has too. The lists of both are
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

// equalRows yields the rows of t that u has too, each with its index in u.
func equalRows(t, u *inventory.Items) iter.Seq2[uint32, uint32] {
	return func(yield func(uint32, uint32) bool) {
		tr := newTranslation(t, u)
		j := 0
		for i, r := range t.Rows {
			row, ok := tr.row(r)
			if !ok || standsForPairs(t.Terms[r.Terms]) {
				continue
			}
			for j < len(u.Rows) && u.Rows[j].Compare(row) < 0 {
				j++
			}
			if j < len(u.Rows) && u.Rows[j] == row && !yield(uint32(i), uint32(j)) {
				return
			}
		}
	}
}

// translation maps the indexes of one document's values to the indexes that
// the same values have in another document.
type translation struct {
	effects, actions, resources, principals, terms []uint32
	// same reports whether both documents have the same lists of values.
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

// row returns a row with the other document's indexes; ok is false if that one
// lacks a value of it.
func (tr *translation) row(r inventory.Row) (out inventory.Row, ok bool) {
	out = inventory.Row{
		Effect: tr.effects[r.Effect], Action: tr.actions[r.Action], Resource: tr.resources[r.Resource],
		Principal: tr.principals[r.Principal], Terms: tr.terms[r.Terms],
	}
	ok = out.Effect != missing && out.Action != missing && out.Resource != missing && out.Principal != missing && out.Terms != missing
	return out, ok
}

// translate returns the indexes in to of the values of from, both sorted, and
// clears same if the lists differ.
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
			out[i] = missing
			*same = false
		}
	}
	if len(from) != len(to) {
		*same = false
	}
	return out
}

// rowIndex returns the index of a row in a document.
func rowIndex(t *inventory.Items, r inventory.Row) (uint32, bool) {
	i, ok := slices.BinarySearchFunc(t.Rows, r, inventory.Row.Compare)
	return uint32(i), ok
}
