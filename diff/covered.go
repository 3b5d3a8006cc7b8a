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

// coverage answers which rows of a document others cover: those of the same
// effect and principal whose action, resource and terms are as wide. It looks
// for them among the few patterns of the document.
type coverage struct {
	t *inventory.Items
	// wideActions and wideResources are the indexes of patterns.
	wideActions, wideResources []uint32
	// actions, resources and terms hold, by index, what covers a value
	// (itself first), once asked for.
	actions, resources, terms map[uint32][]uint32
	// parsed are the conditions of terms.
	parsed map[uint32]conditions
}

func newCoverage(t *inventory.Items) *coverage {
	c := &coverage{
		t: t, actions: map[uint32][]uint32{}, resources: map[uint32][]uint32{}, terms: map[uint32][]uint32{},
		parsed: map[uint32]conditions{},
	}
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
	return c
}

// none tells that no row can cover another.
func (c *coverage) none() bool {
	return len(c.wideActions) == 0 && len(c.wideResources) == 0 && len(c.t.Terms) == 1
}

func (c *coverage) covered(r inventory.Row) bool {
	terms := c.t.Terms[r.Terms]
	actions, resources := []uint32{r.Action}, []uint32{r.Resource}
	// A value of a Not- element has no wider one: the complement counts.
	if !strings.Contains(terms.Negated, "NotAction") {
		actions = c.coveringActions(r.Action)
	}
	if !strings.Contains(terms.Negated, "NotResource") {
		resources = c.coveringResources(r.Resource)
	}
	for _, a := range actions {
		for _, res := range resources {
			for _, m := range c.coveringTerms(r.Terms) {
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
	return terms.Negated != "" && !strings.Contains(terms.Negated, "NotPrincipal") && c.everything(r)
}

// everything tells whether a row without Not- elements is about every action
// on every resource for the same principal: it covers those with NotAction
// and NotResource too.
func (c *coverage) everything(r inventory.Row) bool {
	for _, a := range c.wideActions {
		for _, res := range c.wideResources {
			if c.t.Actions[a] != (inventory.Action{Service: "*", Name: "*"}) || c.t.Resources[res] != "*" {
				continue
			}
			for m, u := range c.t.Terms {
				wide := inventory.Row{Effect: r.Effect, Action: a, Resource: res, Principal: r.Principal, Terms: uint32(m)}
				_, there := rowIndex(c.t, wide)
				if there && u.Negated == "" && u.Statement == "" && c.conditions(uint32(m)).within(c.conditions(r.Terms)) {
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

// coveringTerms are the terms that hold whenever those of index i do: with
// the same Not- elements, and some of the conditions or none.
func (c *coverage) coveringTerms(i uint32) []uint32 {
	if out, ok := c.terms[i]; ok {
		return out
	}
	out := []uint32{i}
	m := c.t.Terms[i]
	for j, u := range c.t.Terms {
		if uint32(j) != i && u.Negated == m.Negated && u.Statement == m.Statement &&
			c.conditions(uint32(j)).within(c.conditions(i)) {
			out = append(out, uint32(j))
		}
	}
	c.terms[i] = out
	return out
}

func (c *coverage) conditions(i uint32) conditions {
	out, ok := c.parsed[i]
	if !ok {
		out = parseConditions(c.t.Terms[i].Condition)
		c.parsed[i] = out
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
