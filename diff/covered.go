package diff

import (
	"strings"

	"iamctl/inventory"
	"iamctl/policy"
)

// dropCovered leaves out the rows that another row of the same document
// covers: with s3:* on everything, a row for s3:GetObject changes nothing.
// Of rows that cover each other none is dropped for the other's sake: they
// would be the same row.
func dropCovered(t *inventory.Items, rows []uint32) []uint32 {
	if len(rows) == 0 {
		return nil
	}
	c := newCoverage(t)
	if c.none() {
		return rows
	}
	kept := make([]uint32, 0, len(rows))
	for _, r := range rows {
		if !c.covered(t.Rows[r]) {
			kept = append(kept, r)
		}
	}
	return kept
}

// coverage answers which rows of a document others cover. Only patterns and
// rows without a condition cover others, so it looks at those alone.
type coverage struct {
	t *inventory.Items
	// wideActions and wideResources are the indexes of patterns.
	wideActions, wideResources []uint32
	// free are the indexes of terms without condition and Not- elements.
	free []uint32
	// actions and resources hold, by index, what covers a value (itself
	// first), once asked for.
	actions, resources map[uint32][]uint32
}

func newCoverage(t *inventory.Items) *coverage {
	c := &coverage{t: t, actions: map[uint32][]uint32{}, resources: map[uint32][]uint32{}}
	for i, a := range t.Actions {
		if strings.ContainsAny(a.Name, "*?") || strings.ContainsAny(a.Service, "*?") {
			c.wideActions = append(c.wideActions, uint32(i))
		}
	}
	for i, r := range t.Resources {
		if strings.ContainsAny(r, "*?") {
			c.wideResources = append(c.wideResources, uint32(i))
		}
	}
	for i, m := range t.Terms {
		if m.Condition == "" && m.Negated == "" && m.Statement == "" {
			c.free = append(c.free, uint32(i))
		}
	}
	return c
}

// none tells that no row can cover another.
func (c *coverage) none() bool {
	return len(c.wideActions) == 0 && len(c.wideResources) == 0 && len(c.t.Terms) == 1
}

func (c *coverage) covered(r inventory.Row) bool {
	if m := c.t.Terms[r.Terms]; m.Negated != "" || m.Statement != "" {
		return false
	}
	terms := c.coveringTerms(r.Terms)
	for _, a := range c.coveringActions(r.Action) {
		for _, res := range c.coveringResources(r.Resource) {
			for _, m := range terms {
				wide := inventory.Row{Effect: r.Effect, Action: a, Resource: res, Principal: r.Principal, Terms: m}
				if wide == r || c.sameButNote(wide, r) {
					continue
				}
				if _, ok := rowIndex(c.t, wide); ok {
					return true
				}
			}
		}
	}
	return false
}

// sameButNote keeps two rows that differ in their note alone from covering
// each other.
func (c *coverage) sameButNote(x, y inventory.Row) bool {
	return x.Action == y.Action && x.Resource == y.Resource && c.t.Terms[x.Terms].Condition == c.t.Terms[y.Terms].Condition
}

// coveringTerms are the terms that hold whenever those of index i do: the
// same ones (whatever the note), and those without any condition.
func (c *coverage) coveringTerms(i uint32) []uint32 {
	out := []uint32{i}
	for _, f := range c.free {
		if f != i {
			out = append(out, f)
		}
	}
	m := c.t.Terms[i]
	for j, u := range c.t.Terms {
		if uint32(j) != i && u.Condition == m.Condition && u.Condition != "" && u.Negated == "" && u.Statement == m.Statement {
			out = append(out, uint32(j))
		}
	}
	return out
}

func (c *coverage) coveringActions(i uint32) []uint32 {
	if out, ok := c.actions[i]; ok {
		return out
	}
	out := []uint32{i}
	a := c.t.Actions[i]
	for _, w := range c.wideActions {
		b := c.t.Actions[w]
		if w != i && a.Name != "" &&
			policy.Covers(policy.Fold(b.Service), policy.Fold(a.Service)) &&
			policy.Covers(policy.Fold(b.Name), policy.Fold(a.Name)) {
			out = append(out, w)
		}
	}
	c.actions[i] = out
	return out
}

func (c *coverage) coveringResources(i uint32) []uint32 {
	if out, ok := c.resources[i]; ok {
		return out
	}
	out := []uint32{i}
	r := c.t.Resources[i]
	for _, w := range c.wideResources {
		if w != i && r != "" && policy.CoversResource(c.t.Resources[w], r) {
			out = append(out, w)
		}
	}
	c.resources[i] = out
	return out
}
