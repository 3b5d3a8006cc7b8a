package diff

import (
	"cmp"
	"slices"

	"iamctl/inventory"
	"iamctl/normalize"
)

// comparePolicies compares the items of a pair, policy by policy.
func (c *comparer) comparePolicies(p *Pair) {
	for _, g := range c.groupPolicies(p) {
		c.compareGroup(p, g[0], g[1])
	}
	slices.SortFunc(p.OnlyA, compareRefs)
	slices.SortFunc(p.OnlyB, compareRefs)
}

func compareRefs(x, y Ref) int {
	return cmp.Or(cmp.Compare(x.Policy, y.Policy), cmp.Compare(x.Row, y.Row))
}

// groupPolicies pairs the policies of both sides by type and name.
func (c *comparer) groupPolicies(p *Pair) [][2]span {
	var groups [][2]span
	a, b := p.A.Policies, p.B.Policies
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		order := comparePolicy(a, i, b, j)
		endA, endB := i, j
		if order <= 0 {
			endA = sameName(a, i)
		}
		if order >= 0 {
			endB = sameName(b, j)
		}
		if order == 0 && !c.sameText("the policies", normalize.FieldPolicyName, a[i].Raw.Name, b[j].Raw.Name) {
			groups = append(groups, [2]span{{a, i, endA}, {b, j, j}}, [2]span{{a, endA, endA}, {b, j, endB}})
		} else {
			groups = append(groups, [2]span{{a, i, endA}, {b, j, endB}})
		}
		i, j = endA, endB
	}
	return c.joinBySuffix(p, groups)
}

// comparePolicy orders the next policy of each side by type and name.
func comparePolicy(a []normalize.Policy, i int, b []normalize.Policy, j int) int {
	switch {
	case i == len(a):
		return 1
	case j == len(b):
		return -1
	}
	return cmp.Or(cmp.Compare(a[i].Type, b[j].Type), cmp.Compare(a[i].Name, b[j].Name))
}

// sameName gives the end of the run of policies of one type and name that
// begins at i: a role may have AWS's ReadOnlyAccess and one of its own.
func sameName(list []normalize.Policy, i int) int {
	end := i + 1
	for end < len(list) && list[end].Type == list[i].Type && list[end].Name == list[i].Name {
		end++
	}
	return end
}

// span is a run of a role's policies.
type span struct {
	list     []normalize.Policy
	from, to int
}

// compareGroup compares policies of one type and name.
func (c *comparer) compareGroup(p *Pair, a, b span) {
	if c.blindGroup(p, a, b) {
		return
	}
	for i := a.from; i < a.to; i++ {
		p.OnlyA = appendRefs(p.OnlyA, i, c.onlyIn(a.list[i].Table, b))
	}
	for j := b.from; j < b.to; j++ {
		p.OnlyB = appendRefs(p.OnlyB, j, c.onlyIn(b.list[j].Table, a))
	}
	for i := a.from; i < a.to; i++ {
		for j := b.from; j < b.to; j++ {
			c.mask(p, i, j)
		}
	}
}

// onlyIn gives the rows of t that none of the other side's policies has and
// that no other row of t covers.
func (c *comparer) onlyIn(t *normalize.Table, others span) []uint32 {
	var rows []uint32
	switch others.to - others.from {
	case 0:
		rows = allRows(t.Items)
	case 1:
		rows = c.match(t, others.list[others.from].Table).only
	default:
		rows = c.match(t, others.list[others.from].Table).only
		for k := others.from + 1; k < others.to; k++ {
			rows = intersect(rows, c.match(t, others.list[k].Table).only)
		}
	}
	return dropCovered(t.Items, rows)
}

func (c *comparer) match(t, u *normalize.Table) *matching {
	key := [2]*normalize.Table{t, u}
	m := c.tables[key]
	if m == nil {
		m = match(t.Items, u.Items)
		c.tables[key] = m
	}
	return m
}

// blindGroup tells whether one side could not read one of the policies, or
// the list that they would stand in.
func (c *comparer) blindGroup(p *Pair, a, b span) bool {
	one := a
	if a.from == a.to {
		one = b
	}
	typ, name := one.list[one.from].Type, one.list[one.from].Name
	for side, s := range []span{a, b} {
		for i := s.from; i < s.to; i++ {
			if s.list[i].Raw.Blind {
				return true
			}
		}
		for _, g := range c.blindParts(side, p.Role(side).Raw.Name) {
			if g.Part == "" || g.Part == inventory.Part(typ) && c.namesPolicy(side, g, name) {
				return true
			}
		}
	}
	return false
}

// namesPolicy tells whether a gap of a side is about the policy of that
// normalised name.
func (c *comparer) namesPolicy(side int, g inventory.Gap, name string) bool {
	if g.PolicyName == "" {
		return true
	}
	after, _ := c.changes.Account(side).Rewriter.Rewrite(normalize.FieldPolicyName, g.PolicyName)
	return after == name
}

func appendRefs(refs []Ref, policy int, rows []uint32) []Ref {
	for _, r := range rows {
		refs = append(refs, Ref{Policy: uint32(policy), Row: r})
	}
	return refs
}

func allRows(t *inventory.Items) []uint32 {
	rows := make([]uint32, len(t.Rows))
	for i := range rows {
		rows[i] = uint32(i)
	}
	return rows
}

// intersect gives what two ascending lists have in common.
func intersect(a, b []uint32) []uint32 {
	var out []uint32
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			a = a[1:]
		case a[0] > b[0]:
			b = b[1:]
		default:
			out = append(out, a[0])
			a, b = a[1:], b[1:]
		}
	}
	return out
}
