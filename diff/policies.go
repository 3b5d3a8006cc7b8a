package diff

import (
	"slices"
	"strings"

	"iamctl/inventory"
	"iamctl/normalize"
)

// comparePolicies compares the items of a pair, policy by policy.
func (c *comparer) comparePolicies(p *Pair) {
	n := len(p.Attributes)
	for _, g := range c.groupPolicies(p) {
		for _, rest := range c.withoutAWSChanges(p, g) {
			c.compareGroup(p, rest[0], rest[1])
		}
	}
	slices.SortStableFunc(p.Attributes[n:], func(x, y AttributeChange) int { return strings.Compare(x.Key, y.Key) })
	slices.SortFunc(p.OnlyA, compareRefs)
	slices.SortFunc(p.OnlyB, compareRefs)
	slices.SortStableFunc(p.ImpossibleA, Impossible.compare)
	slices.SortStableFunc(p.ImpossibleB, Impossible.compare)
}

// compareGroup compares policies of one type and name.
func (c *comparer) compareGroup(p *Pair, a, b policyRun) {
	if c.blindGroup(p, a, b) {
		return
	}
	var later laterDrift
	for i := a.from; i < a.to; i++ {
		only := c.onlyIn(a.list[i].Table, b)
		p.OnlyA, p.ImpossibleA = appendRefs(p.OnlyA, i, only.rows), c.appendImpossible(p.ImpossibleA, i, only)
		later.add(0, &a.list[i], only.later)
	}
	for j := b.from; j < b.to; j++ {
		only := c.onlyIn(b.list[j].Table, a)
		p.OnlyB, p.ImpossibleB = appendRefs(p.OnlyB, j, only.rows), c.appendImpossible(p.ImpossibleB, j, only)
		later.add(1, &b.list[j], only.later)
	}
	if !c.ignored(normalize.KindFuture) {
		p.Attributes = append(p.Attributes, later.changes()...)
	}
	for i := a.from; i < a.to; i++ {
		for j := b.from; j < b.to; j++ {
			c.mask(p, i, j)
			c.maskPairs(p, i, j)
			c.weighRows(a.list[i].Table, b.list[j].Table)
		}
	}
}

// weighRows weighs the rows that two tables have in common. Those that differ for
// certain are none.
func (c *comparer) weighRows(a, b *normalize.Table) {
	equal := equalRows(a.Items, b.Items)
	if c.masker.May(a, b) {
		all := equal
		equal = func(yield func(uint32, uint32) bool) {
			for i, j := range all {
				if mask, _ := c.masker.Rows(a, i, b, j); !mask.Certain && !yield(i, j) {
					return
				}
			}
		}
	}
	c.scale.Rows(a, b, equal)
}

// only is what one side's policy has and none of the other side's has.
type only struct {
	rows       []uint32
	impossible []entry
	// later are the patterns that the others have not, but all that they permit today.
	later []entry
}

// onlyIn returns the rows of t that none of the other side's policies has and
// that nothing else in t covers, and the entries of which no row says that they
// are missing there.
func (c *comparer) onlyIn(t *normalize.Table, others policyRun) only {
	if others.to-others.from != 1 {
		return c.workOut(t, others)
	}
	key := [2]*normalize.Table{t, others.list[others.from].Table}
	out, ok := c.only[key]
	if !ok {
		out = c.workOut(t, others)
		c.only[key] = out
	}
	return out
}

func (c *comparer) workOut(t *normalize.Table, others policyRun) only {
	rows := allRows(t.Items)
	var documents []*document
	for k := others.from; k < others.to; k++ {
		u := others.list[k].Table
		m := c.match(t, u)
		if m.equal && sameWritten(t.Items, u.Items) {
			return only{}
		}
		if k == others.from {
			rows = m.only
		} else {
			rows = intersect(rows, m.only)
		}
		documents = append(documents, c.document(u.Items))
	}
	d := c.document(t.Items)
	cover := newCoverage(d, t)
	kept := cover.dropCovered(d.possibleRows(rows))
	differences, later := d.missingFrom(documents)
	differences = cover.dropSaid(differences)
	later = append(cover.dropSaidLater(later), d.later(documents)...)
	if !cover.whole() {
		c.uncovered++
	}
	return only{kept, d.unshown(differences, kept), later}
}

// appendImpossible appends the impossible pairs of a policy, unless they are
// ignored.
func (c *comparer) appendImpossible(list []Impossible, policy int, o only) []Impossible {
	if slices.Contains(c.changes.Ignored, normalize.KindImpossible) {
		return list
	}
	for _, e := range o.impossible {
		list = append(list, e.of(policy))
	}
	return list
}

// document returns a document prepared for comparing, remembered.
func (c *comparer) document(t *inventory.Items) *document {
	d := c.documents[t]
	if d == nil {
		d = newDocument(t)
		c.documents[t] = d
	}
	return d
}

// match returns what match returns for the items of two tables, remembered.
func (c *comparer) match(t, u *normalize.Table) *matching {
	key := [2]*normalize.Table{t, u}
	m := c.tables[key]
	if m == nil {
		m = match(t.Items, u.Items)
		c.tables[key] = m
	}
	return m
}

// blindGroup reports whether a side could not read one of the policies, or the
// list that has their names.
func (c *comparer) blindGroup(p *Pair, a, b policyRun) bool {
	one := a
	if a.from == a.to {
		one = b
	}
	first := &one.list[one.from]
	for side, s := range []policyRun{a, b} {
		for i := s.from; i < s.to; i++ {
			if s.list[i].Raw.Blind {
				return true
			}
		}
		for _, g := range c.blindParts(side, p.Role(side).Raw.Name) {
			if g.Part == "" || g.Part == inventory.Part(first.Type) && c.namesPolicy(side, g, first, s) {
				return true
			}
		}
	}
	return false
}

// namesPolicy reports whether a gap of a side is in the policies of the run, which
// have the name of the policy p, or in all of them.
func (c *comparer) namesPolicy(side int, g inventory.Gap, p *normalize.Policy, run policyRun) bool {
	if g.PolicyName == "" {
		return true
	}
	for i := run.from; i < run.to; i++ {
		if run.list[i].Raw.Name == g.PolicyName {
			return true
		}
	}
	after, _ := c.changes.Account(side).Rewriter.Rewrite(normalize.FieldPolicyName, g.PolicyName)
	return after == p.Name
}
