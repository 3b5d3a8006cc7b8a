package diff

import (
	"cmp"
	"slices"

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
	note := m.Note
	for _, n := range []string{inventory.NoteMisfit, inventory.NoteNoAction, inventory.NoteNoResource} {
		if note == n || len(note) > len(n) && note[:len(n)] == n && note[len(n)] == ';' {
			return true
		}
	}
	return false
}

// shown says which pairs of the differences rows show, and rows which of those
// that stand for pairs have a difference behind them.
type shown struct {
	d *document
	// resources and actions are what the rows have at one place: the rows'
	// actions by resource, and their resources by action.
	resources map[spot][]uint32
	actions   map[[4]uint32][]uint32
}

// anything is the action or the resource of a row that stands for all of them.
const anything = missing

// realRows returns the rows without those that stand for pairs of which none
// differs.
func (d *document) realRows(rows []uint32, differences []difference) []uint32 {
	if len(d.Written) == 0 {
		return rows
	}
	// By place: the actions that differ anywhere, the resources, and the pairs.
	actions, resources, pairs := map[[4]uint32]bool{}, map[spot]bool{}, map[[5]uint32]bool{}
	for _, x := range differences {
		resources[x.spot()] = true
		for _, a := range x.actions {
			actions[[4]uint32{x.effect, x.terms, x.principal, a}] = true
			pairs[[5]uint32{x.effect, x.terms, x.principal, x.resource, a}] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(rows), func(i uint32) bool {
		r := d.Rows[i]
		if !standsForPairs(d.Terms[r.Terms]) {
			return false
		}
		m := d.bare[r.Terms]
		switch {
		case d.Actions[r.Action] == inventory.Action{}:
			return !resources[spot{r.Effect, m, r.Principal, r.Resource}]
		case d.Resources[r.Resource] == "":
			return !actions[[4]uint32{r.Effect, m, r.Principal, r.Action}]
		}
		return !pairs[[5]uint32{r.Effect, m, r.Principal, r.Resource, r.Action}]
	})
}

// unshown returns the differences that no row shows: rows of the same statement
// with the same action or the same resource do.
func (d *document) unshown(differences []difference, rows []uint32) []entry {
	hidden := map[entry]bool{}
	for i := range differences {
		if len(differences[i].lost) > 0 {
			hidden[differences[i].entry] = true
		}
	}
	if len(hidden) == 0 {
		return nil
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
	s := &shown{d: d, resources: map[spot][]uint32{}, actions: map[[4]uint32][]uint32{}}
	for _, i := range rows {
		r := d.Rows[i]
		m := d.bare[r.Terms]
		action, resource := r.Action, r.Resource
		if standsForPairs(d.Terms[r.Terms]) {
			if d.Actions[action] == (inventory.Action{}) {
				action = anything
			} else if d.Resources[resource] == "" {
				resource = anything
			}
		}
		if resource != anything {
			at := spot{r.Effect, m, r.Principal, resource}
			s.resources[at] = append(s.resources[at], action)
		}
		if action != anything {
			at := [4]uint32{r.Effect, m, r.Principal, action}
			s.actions[at] = append(s.actions[at], resource)
		}
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
	of := func(set bits) func(uint32) bool {
		return func(i uint32) bool { return i == anything || set.has(i) }
	}
	for _, q := range w.Principals {
		var patterns []bool
		for _, p := range w.Patterns {
			patterns = append(patterns, slices.ContainsFunc(d.Patterns[p].Actions, func(a uint32) bool {
				return slices.ContainsFunc(s.actions[[4]uint32{w.Effect, w.Terms, q, a}], of(res))
			}))
		}
		for _, r := range w.Resources {
			resource := slices.ContainsFunc(s.resources[spot{w.Effect, w.Terms, q, r}], of(acts))
			for i, p := range w.Patterns {
				if resource || patterns[i] {
					delete(hidden, entry{w.Effect, w.Terms, q, r, p})
				}
			}
		}
	}
}
