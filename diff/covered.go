package diff

import (
	"strings"

	"iamctl/inventory"
)

// dropCovered returns the rows that no other row of the same document covers:
// with s3:* on everything, a row for s3:GetObject changes nothing. No two rows
// cover each other: they would be the same row.
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

// coverage finds the rows of a document that others cover: those of the same
// effect and principal whose action, resource and terms are as wide. It looks
// for them among the patterns of the document, which are few.
type coverage struct {
	t *inventory.Items
	// wideActions and wideResources are the indexes of patterns.
	wideActions, wideResources []uint32
	// allTerms are the indexes of all terms.
	allTerms []uint32
	// actions, resources and terms are what covers a value by its index,
	// itself first, as far as it was asked for.
	actions, resources, terms map[uint32][]uint32
	// parsed are the conditions of terms by their indexes, likewise.
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
	for i := range t.Terms {
		c.allTerms = append(c.allTerms, uint32(i))
	}
	return c
}

// none reports whether no row can cover another.
func (c *coverage) none() bool {
	return len(c.wideActions) == 0 && len(c.wideResources) == 0 && len(c.t.Terms) == 1
}

// covered reports whether another row covers r.
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

// everything reports whether a row without Not- elements is about every action
// on every resource for the same effect and principal as r: it covers rows with
// NotAction and NotResource too.
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
