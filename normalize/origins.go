package normalize

import (
	"slices"

	"iamctl/inventory"
)

// PairOrigins finds what the pairs of an action as written and a resource were
// before rewriting, of one Table.
type PairOrigins struct {
	before *inventory.Items
	// by has the indexes in Before of each value of Items, nil for a column in which
	// they are the same.
	by [NumColumns][][]uint32
}

// PairOrigins returns a finder of the origins of the table's pairs.
func (t *Table) PairOrigins() *PairOrigins {
	o := &PairOrigins{before: t.Before}
	for c, rank := range t.ranks {
		if rank == nil {
			continue
		}
		o.by[c] = make([][]uint32, Column(c).Values(t.Items))
		for before, after := range rank {
			o.by[c][after] = append(o.by[c][after], uint32(before))
		}
	}
	return o
}

// Of returns the pairs of Before that became a pair of Items, sorted. A pair is a row
// whose action is the index of a pattern.
func (o *PairOrigins) Of(pair inventory.Row) []inventory.Row {
	var out []inventory.Row
	for _, r := range o.Values(ColumnResource, pair.Resource) {
		for _, p := range o.Values(ColumnPrincipal, pair.Principal) {
			for _, m := range o.Values(ColumnTerms, pair.Terms) {
				before := inventory.Row{Effect: pair.Effect, Action: pair.Action, Resource: r, Principal: p, Terms: m}
				if o.written(before) {
					out = append(out, before)
				}
			}
		}
	}
	return out
}

// Values returns the indexes in Before of the values of a column that became one of
// Items, by its index there.
func (o *PairOrigins) Values(c Column, value uint32) []uint32 {
	if o.by[c] == nil {
		return []uint32{value}
	}
	return o.by[c][value]
}

// written reports whether a statement of Before has the pair.
func (o *PairOrigins) written(pair inventory.Row) bool {
	has := func(w inventory.Written) bool {
		return w.Effect == pair.Effect && w.Terms == pair.Terms && slices.Contains(w.Patterns, pair.Action) &&
			slices.Contains(w.Resources, pair.Resource) && slices.Contains(w.Principals, pair.Principal)
	}
	return slices.ContainsFunc(o.before.Written, has) || slices.ContainsFunc(o.before.Beyond, has)
}
