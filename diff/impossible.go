package diff

import (
	"cmp"
	"slices"
	"strings"

	"iamctl/inventory"
)

// Impossible is a pair of an action as written and a resource that one side's
// policy has and the other's has not, and of which no item says so, because by the
// reference the action cannot use the resource. The numbers are the policy's index
// in the role, and indexes into the lists of the policy's items.
type Impossible struct {
	Policy                                      uint32
	Effect, Pattern, Resource, Principal, Terms uint32
}

func (x Impossible) compare(y Impossible) int {
	return cmp.Or(
		cmp.Compare(x.Policy, y.Policy), cmp.Compare(x.Effect, y.Effect), cmp.Compare(x.Pattern, y.Pattern),
		cmp.Compare(x.Resource, y.Resource), cmp.Compare(x.Principal, y.Principal), cmp.Compare(x.Terms, y.Terms),
	)
}

// standsForPairs reports whether a row is in place of pairs that the reference
// calls impossible.
func standsForPairs(m inventory.Terms) bool {
	note, _, _ := strings.Cut(m.Note, "; ")
	return note == inventory.NoteMisfit || note == inventory.NoteNoAction || note == inventory.NoteNoResource
}

// possibleRows returns the rows without those that stand for pairs: the pairs
// themselves are compared, so that what rests on the reference alone is of one kind.
func (d *document) possibleRows(rows []uint32) []uint32 {
	return slices.DeleteFunc(slices.Clone(rows), func(i uint32) bool { return standsForPairs(d.Terms[d.Rows[i].Terms]) })
}

// shown are the rows that show a difference: their actions by place, and their
// resources by place.
type shown struct {
	resources map[spot][]uint32
	actions   map[[4]uint32][]uint32
}

// unshown returns the differences that no row shows: rows of the same statement
// with the same action or the same resource do.
func (d *document) unshown(differences []difference, rows []uint32) []entry {
	if len(differences) == 0 {
		return nil
	}
	hidden := map[entry]bool{}
	for i := range differences {
		hidden[differences[i].entry] = true
	}
	seen := d.seen(rows)
	for i := range d.Written {
		d.show(&d.Written[i], seen, hidden)
	}
	out := make([]entry, 0, len(hidden))
	for i := range differences {
		if e := differences[i].entry; hidden[e] {
			out = append(out, e)
		}
	}
	return out
}

// seen gathers the rows by place.
func (d *document) seen(rows []uint32) *shown {
	s := &shown{resources: map[spot][]uint32{}, actions: map[[4]uint32][]uint32{}}
	for _, i := range rows {
		r := d.Rows[i]
		m := d.bare[r.Terms]
		at := spot{r.Effect, m, r.Principal, r.Resource}
		s.resources[at] = append(s.resources[at], r.Action)
		of := [4]uint32{r.Effect, m, r.Principal, r.Action}
		s.actions[of] = append(s.actions[of], r.Resource)
	}
	return s
}

// show takes the entries of a statement that its rows show out of hidden.
func (d *document) show(w *inventory.Written, s *shown, hidden map[entry]bool) {
	acts, res := newBits(len(d.Actions)), newBits(len(d.Resources))
	for _, p := range w.Patterns {
		for _, a := range d.Patterns[p].Actions {
			acts.set(a)
		}
	}
	for _, r := range w.Resources {
		res.set(r)
	}
	for _, q := range w.Principals {
		var patterns []bool
		for _, p := range w.Patterns {
			patterns = append(patterns, slices.ContainsFunc(d.Patterns[p].Actions, func(a uint32) bool {
				return slices.ContainsFunc(s.actions[[4]uint32{w.Effect, w.Terms, q, a}], res.has)
			}))
		}
		for _, r := range w.Resources {
			resource := slices.ContainsFunc(s.resources[spot{w.Effect, w.Terms, q, r}], acts.has)
			for i, p := range w.Patterns {
				if resource || patterns[i] {
					delete(hidden, entry{w.Effect, w.Terms, q, r, p})
				}
			}
		}
	}
}
