package diff

import (
	"iter"
	"slices"

	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/normalize/doubt"
)

// MaskedPair is to impossible pairs what Masked is to items: a pair of an action as
// written and a resource that both have, and that the reference calls impossible.
type MaskedPair struct {
	A, B          Impossible
	Value, Reason string
}

// equalEntries yields the entries of two documents that say of one place that an
// action is allowed or denied there which by the reference is impossible: those with
// the same pattern, and of the others those with an action in common. Where a row has
// another action of both patterns, it stands for them.
func equalEntries(a, b *document) iter.Seq2[entry, entry] {
	return func(yield func(entry, entry) bool) {
		tr := newTranslation(a.Items, b.Items)
		for todo := a.entries; len(todo) > 0; {
			s, n := todo[0].spot(), 1
			for n < len(todo) && todo[n].spot() == s {
				n++
			}
			there := spot{tr.effects[s.effect], tr.terms[s.terms], tr.principals[s.principal], tr.resources[s.resource]}
			if !matchEntries(a, todo[:n], b, b.at(there), tr.actions, yield) {
				return
			}
			todo = todo[n:]
		}
	}
}

// at returns the entries at a spot.
func (d *document) at(s spot) []entry {
	low, _ := slices.BinarySearchFunc(d.entries, entry{s.effect, s.terms, s.principal, s.resource, 0}, entry.compare)
	high := low
	for high < len(d.entries) && d.entries[high].spot() == s {
		high++
	}
	return d.entries[low:high]
}

// matchEntries yields the entries of one spot in two documents that match, and reports
// whether to go on. actions translates the actions of a to those of b.
func matchEntries(a *document, x []entry, b *document, y []entry, actions []uint32, yield func(entry, entry) bool) bool {
	if len(y) == 0 {
		return true
	}
	literal := map[inventory.Action]entry{}
	for _, f := range y {
		literal[b.patterns[f.pattern]] = f
	}
	var rest []entry
	for _, e := range x {
		name := a.patterns[e.pattern]
		f, ok := literal[name]
		if !ok {
			rest = append(rest, e)
			continue
		}
		delete(literal, name)
		if a.share(e, b, f, actions) && !yield(e, f) {
			return false
		}
	}
	for _, e := range rest {
		for _, f := range y {
			if _, left := literal[b.patterns[f.pattern]]; left && a.share(e, b, f, actions) && !yield(e, f) {
				return false
			}
		}
	}
	return true
}

// share reports whether two entries have an action in common that by the reference
// cannot use the resource, and one of them no action that can.
func (d *document) share(e entry, b *document, f entry, actions []uint32) bool {
	if d.hasPossible(e) && b.hasPossible(f) {
		return false
	}
	x, y := d.impossible(e), b.impossible(f)
	return slices.ContainsFunc(x, func(action uint32) bool { return slices.Contains(y, actions[action]) })
}

// equalPair is a pair that two documents have, with what it was before rewriting and
// what is in doubt about it, if masked is true.
type equalPair struct {
	a, b   entry
	x, y   []inventory.Row
	mask   doubt.Mask
	masked bool
}

// equalPairs yields the impossible pairs that are equal in two tables.
func (c *comparer) equalPairs(a, b *normalize.Table) iter.Seq[equalPair] {
	return func(yield func(equalPair) bool) {
		may, before := c.masker.May(a, b), [2]*normalize.PairOrigins{a.PairOrigins(), b.PairOrigins()}
		for e, f := range equalEntries(c.document(a.Items), c.document(b.Items)) {
			p := equalPair{a: e, b: f, x: before[0].Of(e.row()), y: before[1].Of(f.row())}
			if may {
				p.mask, p.masked = c.masker.Pairs(a, p.x, b, p.y)
			}
			if !yield(p) {
				return
			}
		}
	}
}

// row returns the entry as a row whose action is a pattern.
func (e entry) row() inventory.Row {
	return inventory.Row{Effect: e.effect, Action: e.pattern, Resource: e.resource, Principal: e.principal, Terms: e.terms}
}

// maskPairs weighs the impossible pairs that two policies have, and records those that
// might hide drift. Those that certainly differ are differences, unless an item says so.
func (c *comparer) maskPairs(p *Pair, i, j int) {
	a, b := p.A.Policies[i].Table, p.B.Policies[j].Table
	if c.ignored(normalize.KindImpossible) || a.Items == a.Before && b.Items == b.Before || a.Items.Possible && b.Items.Possible {
		return
	}
	c.scale.Pairs(a, b, func(yield func(x, y []inventory.Row) bool) {
		for m := range c.equalPairs(a, b) {
			if !m.mask.Certain && !yield(m.x, m.y) {
				return
			}
		}
	})
	for _, m := range c.maskedIn(a, b) {
		switch {
		case !m.mask.Certain:
			p.MaskedPairs = append(p.MaskedPairs, MaskedPair{m.a.of(i), m.b.of(j), m.mask.Value, m.mask.Reason})
		default:
			if m.mask.OnlyA && !shows(p.A, p.OnlyA, i, m.a) {
				p.ImpossibleA = append(p.ImpossibleA, m.a.of(i))
			}
			if m.mask.OnlyB && !shows(p.B, p.OnlyB, j, m.b) {
				p.ImpossibleB = append(p.ImpossibleB, m.b.of(j))
			}
		}
	}
}

// maskedIn returns the masked pairs of two tables, remembered.
func (c *comparer) maskedIn(a, b *normalize.Table) []equalPair {
	key := [2]*normalize.Table{a, b}
	out, ok := c.masked[key]
	if !ok {
		if c.masker.May(a, b) {
			for m := range c.equalPairs(a, b) {
				if m.masked {
					out = append(out, m)
				}
			}
		}
		c.masked[key] = out
	}
	return out
}

// shows reports whether an item of a role's policy is where the entry is.
func shows(r *normalize.Role, items []Ref, policy int, e entry) bool {
	t := r.Policies[policy].Items
	return slices.ContainsFunc(items, func(ref Ref) bool {
		row := t.Rows[ref.Row]
		if int(ref.Policy) != policy || row.Effect != e.effect || row.Resource != e.resource || row.Principal != e.principal {
			return false
		}
		m := t.Terms[row.Terms]
		m.Note = ""
		return m == t.Terms[e.terms]
	})
}
