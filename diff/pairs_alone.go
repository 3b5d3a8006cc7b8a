package diff

import (
	"cmp"
	"slices"

	"iamctl/inventory"
	"iamctl/normalize"
)

// hasRow reports whether a row of the document has the action where the entry is, and
// its terms, without their note, are of a kind.
func (d *document) hasRow(e entry, action uint32, kind func(inventory.Terms) bool) bool {
	i, _ := slices.BinarySearchFunc(d.Rows, e, func(r inventory.Row, e entry) int {
		return cmp.Or(cmp.Compare(r.Effect, e.effect), cmp.Compare(r.Action, action),
			cmp.Compare(r.Resource, e.resource), cmp.Compare(r.Principal, e.principal))
	})
	for ; i < len(d.Rows); i++ {
		r := d.Rows[i]
		if r.Effect != e.effect || r.Action != action || r.Resource != e.resource || r.Principal != e.principal {
			return false
		}
		if d.bare[r.Terms] == e.terms && kind(d.Terms[r.Terms]) {
			return true
		}
	}
	return false
}

// hasPossible reports whether some action of an entry can use the resource.
func (d *document) hasPossible(e entry) bool {
	return slices.ContainsFunc(d.Patterns[e.pattern].Actions, func(action uint32) bool { return d.hasRow(e, action, possible) })
}

// possible reports whether a row with the terms is what it says.
func possible(m inventory.Terms) bool { return !standsForPairs(m) }

// withoutRow returns the actions of an entry that no row has where the entry is: by
// the reference they cannot use the resource.
func (d *document) withoutRow(e entry) []uint32 {
	return d.without(e, func(inventory.Terms) bool { return true })
}

// impossible returns likewise the actions that cannot use the resource, whether a row
// is in place of the pair or none.
func (d *document) impossible(e entry) []uint32 {
	return d.without(e, possible)
}

func (d *document) without(e entry, kind func(inventory.Terms) bool) []uint32 {
	var out []uint32
	for _, a := range d.Patterns[e.pattern].Actions {
		if !d.hasRow(e, a, kind) {
			out = append(out, a)
		}
	}
	return out
}

// PairsWithoutRow returns the pairs of an action and a resource that a document's
// statements have and its rows have not, because the reference calls them impossible:
// as rows, sorted, each once.
func PairsWithoutRow(t *inventory.Items) []inventory.Row {
	d := newDocument(t)
	var out []inventory.Row
	for _, e := range d.entries {
		for _, a := range d.withoutRow(e) {
			out = append(out, inventory.Row{Effect: e.effect, Action: a, Resource: e.resource, Principal: e.principal, Terms: e.terms})
		}
	}
	slices.SortFunc(out, inventory.Row.Compare)
	return slices.Compact(out)
}

// pairsAlone returns the pairs of the roles that one account alone has, for
// Changes.PairsAlone.
func (c *comparer) pairsAlone() map[*normalize.Role][]Impossible {
	if c.ignored(normalize.KindImpossible) {
		return nil
	}
	out := map[*normalize.Role][]Impossible{}
	for side := range 2 {
		for _, r := range c.changes.Only(side) {
			for i := range r.Policies {
				for _, e := range c.entriesWithoutRow(r.Policies[i].Items) {
					out[r] = append(out[r], e.of(i))
				}
			}
			slices.SortStableFunc(out[r], Impossible.compare)
		}
	}
	return out
}

// entriesWithoutRow returns the entries of a document with an action that no row has
// where they are, remembered.
func (c *comparer) entriesWithoutRow(t *inventory.Items) []entry {
	out, ok := c.alone[t]
	if !ok {
		d := newDocument(t)
		for _, e := range d.entries {
			if len(d.withoutRow(e)) > 0 {
				out = append(out, e)
			}
		}
		c.alone[t] = out
	}
	return out
}

// of returns the entry as a pair of a role's policy.
func (e entry) of(policy int) Impossible {
	return Impossible{uint32(policy), e.effect, e.pattern, e.resource, e.principal, e.terms}
}
