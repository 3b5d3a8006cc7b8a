package report

import (
	"iter"
	"slices"

	"iamctl/diff"
	"iamctl/normalize"
)

// differingItems gives the items of one side that the other does not have.
func differingItems(c *diff.Changes, side int) iter.Seq[itemsOf] {
	return func(yield func(itemsOf) bool) {
		for i := range c.Common {
			p := &c.Common[i]
			if only := p.Only(side); len(only) > 0 && !yield(itemsOf{p.Role(side), slices.Values(only)}) {
				return
			}
		}
	}
}

// uniqueItems gives all items of the roles that one side alone has.
func uniqueItems(c *diff.Changes, side int) iter.Seq[itemsOf] {
	return func(yield func(itemsOf) bool) {
		for _, r := range c.Only(side) {
			if !yield(itemsOf{r, allItems(r)}) {
				return
			}
		}
	}
}

func allItems(r *normalize.Role) iter.Seq[diff.Ref] {
	return func(yield func(diff.Ref) bool) {
		for i := range r.Policies {
			for row := range r.Policies[i].Items.Rows {
				if !yield(diff.Ref{Policy: uint32(i), Row: uint32(row)}) {
					return
				}
			}
		}
	}
}
