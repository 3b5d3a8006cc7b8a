package diff

import (
	"cmp"
	"slices"

	"iamctl/inventory"
)

// entry is an action as written on a resource, for a principal, as indexes into
// the lists of a document. Unlike rows, the entries of a document have the pairs
// that the reference calls impossible.
type entry struct {
	effect, terms, principal, resource, pattern uint32
}

func (e entry) compare(f entry) int {
	return cmp.Or(
		cmp.Compare(e.effect, f.effect), cmp.Compare(e.terms, f.terms), cmp.Compare(e.principal, f.principal),
		cmp.Compare(e.resource, f.resource), cmp.Compare(e.pattern, f.pattern),
	)
}

// spot is where an entry is about.
type spot struct {
	effect, terms, principal, resource uint32
}

func (e entry) spot() spot { return spot{e.effect, e.terms, e.principal, e.resource} }

// document is a document as it is written, prepared for comparing.
type document struct {
	*inventory.Items
	// entries are all entries, sorted and without duplicates.
	entries []entry
	// byResource are the indexes in Written of the statements with a resource.
	byResource [][]uint32
	// patterns are the folded patterns, and folded the folded actions once needed.
	patterns, folded []inventory.Action
	// bare are the indexes of the terms without their notes.
	bare []uint32
	cond *conditionCache
	// far is what beyond returns, once asked for.
	far *document
}

func newDocument(t *inventory.Items) *document {
	d := &document{Items: t, byResource: make([][]uint32, len(t.Resources)), cond: newConditionCache(t)}
	for i, w := range t.Written {
		for _, r := range w.Resources {
			d.byResource[r] = append(d.byResource[r], uint32(i))
			for _, p := range w.Principals {
				for _, a := range w.Patterns {
					d.entries = append(d.entries, entry{w.Effect, w.Terms, p, r, a})
				}
			}
		}
	}
	slices.SortFunc(d.entries, entry.compare)
	d.entries = slices.Compact(d.entries)
	for _, p := range t.Patterns {
		d.patterns = append(d.patterns, folded(p.Action))
	}
	d.bare = make([]uint32, len(t.Terms))
	for i, m := range t.Terms {
		m.Note = ""
		j, ok := slices.BinarySearchFunc(t.Terms, m, inventory.Terms.Compare)
		if !ok {
			j = i
		}
		d.bare[i] = uint32(j)
	}
	return d
}

// actions returns the folded actions.
func (d *document) actions() []inventory.Action {
	if d.folded == nil {
		d.folded = make([]inventory.Action, len(d.Actions))
		for i, a := range d.Actions {
			d.folded[i] = folded(a)
		}
	}
	return d.folded
}

// sameWritten reports whether two documents with the same lists and rows have the
// same statements, in the same order.
func sameWritten(t, u *inventory.Items) bool {
	return t == u || slices.EqualFunc(t.Patterns, u.Patterns, func(p, q inventory.Pattern) bool {
		return folded(p.Action) == folded(q.Action) && slices.Equal(p.Actions, q.Actions)
	}) && slices.EqualFunc(t.Written, u.Written, sameStatement) && slices.EqualFunc(t.Beyond, u.Beyond, sameStatement)
}

func sameStatement(w, x inventory.Written) bool {
	return w.Effect == x.Effect && w.Terms == x.Terms && slices.Equal(w.Patterns, x.Patterns) &&
		slices.Equal(w.Resources, x.Resources) && slices.Equal(w.Principals, x.Principals)
}

// difference is an entry that the other side does not have whole, with the actions
// of its pattern that are missing there at the very same spot. As with items,
// something wider on the other side is another difference.
type difference struct {
	entry
	actions []uint32
}

// missingFrom returns what of d none of the others has and nothing wider in d says
// too, and the patterns that differ in the actions alone that AWS may add.
func (d *document) missingFrom(others []*document) (out []difference, later []entry) {
	todo := d.entries
	for _, u := range others {
		todo = d.notIn(todo, u)
	}
	if len(todo) == 0 {
		return nil, nil
	}
	finders := make([]*finder, 0, len(others)+1)
	for _, u := range others {
		finders = append(finders, newFinder(d, u))
	}
	own := newFinder(d, d)
	for len(todo) > 0 {
		s, n := todo[0].spot(), 1
		for n < len(todo) && todo[n].spot() == s {
			n++
		}
		said := newBits(len(d.Actions))
		own.add(said, s, false)
		for _, f := range finders {
			f.add(said, s, true)
		}
		f := &future{d: d, own: own, others: finders, spot: s}
		for _, e := range todo[:n] {
			if left := d.left(e, said, own); len(left) > 0 {
				out = append(out, difference{e, left})
			} else if f.differs(e) {
				later = append(later, e)
			}
		}
		todo = todo[n:]
	}
	return out, later
}

// left returns the actions of an entry that are not in has and that no wider
// pattern of the same spot has.
func (d *document) left(e entry, has bits, own *finder) []uint32 {
	var out []uint32
	for _, a := range d.Patterns[e.pattern].Actions {
		if !has.has(a) && !own.widerPattern(e, a) {
			out = append(out, a)
		}
	}
	return out
}

// notIn returns the entries that u does not have literally.
func (d *document) notIn(entries []entry, u *document) []entry {
	if d == u {
		return nil
	}
	tr := newTranslation(d.Items, u.Items)
	patterns := map[inventory.Action]uint32{}
	for i, p := range u.patterns {
		patterns[p] = uint32(i)
	}
	var out []entry
	for _, e := range entries {
		p, ok := patterns[d.patterns[e.pattern]]
		there := entry{tr.effects[e.effect], tr.terms[e.terms], tr.principals[e.principal], tr.resources[e.resource], p}
		if ok && there.effect != missing && there.terms != missing && there.principal != missing && there.resource != missing {
			if _, ok := slices.BinarySearchFunc(u.entries, there, entry.compare); ok {
				continue
			}
		}
		out = append(out, e)
	}
	return out
}
