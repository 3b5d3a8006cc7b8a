package diff

import (
	"slices"
	"strings"

	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/policy"
)

// How much work dropCovered may do, in rows looked up and patterns compared:
// generous for any document that AWS accepts, linear for one that was made to be
// slow, as with what policy.ResourceCover does.
const (
	coverSteps       = 5_000_000
	coverStepsPerRow = 500
)

// dropCovered returns the rows that no other row of the same document covers:
// with s3:* on everything, a row for s3:GetObject changes nothing. Of two rows
// that cover each other the first stays. Once the work is too much the rows that
// are left all stay.
func (c *coverage) dropCovered(rows []uint32) []uint32 {
	if len(rows) == 0 || c.none() {
		return rows
	}
	kept := make([]uint32, 0, len(rows))
	for _, r := range rows {
		if !c.covered(c.t.Rows[r]) {
			kept = append(kept, r)
		}
	}
	return kept
}

// whole reports whether the work was not too much.
func (c *coverage) whole() bool { return c.steps > 0 && !c.cover.Over() }

// coverage finds the rows of a document that others cover: those of the same
// effect and principal whose action, resource and terms are as wide. It looks
// for them among the patterns of the document, which are few.
type coverage struct {
	t *document
	// wideActions are the indexes of patterns among the rows' actions, and
	// unexpanded those of the patterns that have wildcards as written.
	wideActions, unexpanded []uint32
	cover                   *policy.ResourceCover
	everywhere              []uint32 // the indexes of the resource *
	// allTerms are the indexes of all terms.
	allTerms []uint32
	// actions, resources and terms are what covers a value by its index,
	// itself first, as far as it was asked for.
	actions, resources, terms map[uint32][]uint32
	// patterns are the unexpanded patterns that cover an action without
	// having been expanded to it, likewise.
	patterns map[uint32][]uint32
	// found is what cover found, likewise.
	found map[uint32][]int
	// complements are the statements with NotAction or NotResource.
	complements *complements
	steps       int // how many are left
}

// newCoverage returns the coverage of a table's document.
func newCoverage(d *document, t *normalize.Table) *coverage {
	c := &coverage{
		t: d, cover: policy.NewResourceCover(d.Resources), complements: newComplements(d, t), steps: coverSteps + coverStepsPerRow*len(d.Rows),
		actions: map[uint32][]uint32{}, resources: map[uint32][]uint32{}, terms: map[uint32][]uint32{}, patterns: map[uint32][]uint32{}, found: map[uint32][]int{},
	}
	for i, a := range d.Actions {
		if wide(a) {
			c.wideActions = append(c.wideActions, uint32(i))
		}
	}
	for i, p := range d.Patterns {
		if wide(p.Action) {
			c.unexpanded = append(c.unexpanded, uint32(i))
		}
	}
	for i, r := range d.Resources {
		if r == "*" {
			c.everywhere = append(c.everywhere, uint32(i))
		}
	}
	for i := range d.Terms {
		c.allTerms = append(c.allTerms, uint32(i))
	}
	return c
}

func wide(a inventory.Action) bool {
	return strings.ContainsAny(a.Name, "*?") || strings.ContainsAny(a.Service, "*?")
}

// none reports whether no row can cover another.
func (c *coverage) none() bool {
	hasWildcard := func() bool {
		for _, r := range c.t.Resources {
			if strings.ContainsAny(r, "*?") {
				return true
			}
		}
		return false
	}
	everyone := func(p inventory.Principal) bool { return p.Value == "*" }
	return len(c.wideActions) == 0 && len(c.unexpanded) == 0 && len(c.t.Terms) == 1 && !hasWildcard() &&
		!slices.ContainsFunc(c.t.Principals, everyone)
}

// covered reports whether another row covers r.
func (c *coverage) covered(r inventory.Row) bool {
	terms := c.t.Terms[r.Terms]
	actions, resources := []uint32{r.Action}, c.coveringResources(r.Resource)
	// An action of NotAction has no wider one: the complement counts. Nor has a
	// resource of NotResource, but within the very same list.
	if !strings.Contains(terms.Negated, "NotAction") {
		actions = c.coveringActions(r.Action)
	}
	principals := c.coveringPrincipals(r)
	for _, a := range actions {
		for _, res := range resources {
			for _, q := range principals {
				if c.onTerms(r, inventory.Row{Effect: r.Effect, Action: a, Resource: res, Principal: q}) {
					return true
				}
			}
		}
	}
	if terms.Negated == "" && (c.asWritten(r, resources, principals) || c.complemented(r, c.patternsOf(r))) {
		return true
	}
	return terms.Negated != "" && !strings.Contains(terms.Negated, "NotPrincipal") && c.everything(r)
}

// onTerms reports whether the document has the wide row, which covers r but for its
// terms, with terms that cover those of r.
func (c *coverage) onTerms(r, wide inventory.Row) bool {
	for _, wide.Terms = range c.coveringTerms(r.Terms) {
		if c.steps--; c.steps < 0 {
			return false
		}
		if wide == r || c.sameButNote(wide, r) || standsForPairs(c.t.Terms[wide.Terms]) {
			continue
		}
		if _, ok := rowIndex(c.t.Items, wide); ok {
			return true
		}
	}
	return false
}

// asWritten reports whether a statement has, on one of the resources, a pattern
// that covers the row's action and was not expanded to it: one that the reference
// does not know is covered by s3:Get* all the same.
func (c *coverage) asWritten(r inventory.Row, resources, principals []uint32) bool {
	for _, p := range c.coveringPatterns(r.Action) {
		for _, res := range resources {
			for _, i := range c.t.byResource[res] {
				w := &c.t.Written[i]
				if c.steps--; c.steps < 0 {
					return false
				}
				if w.Effect == r.Effect && slices.Contains(w.Patterns, p) && slices.ContainsFunc(principals, func(q uint32) bool { return slices.Contains(w.Principals, q) }) &&
					c.t.cond.covers(w.Terms, c.t.cond, r.Terms) {
					return true
				}
			}
		}
	}
	return false
}

// everything reports whether a row without Not- elements is about every action
// on every resource for the same effect and principal as r: it covers rows with
// NotAction and NotResource too.
func (c *coverage) everything(r inventory.Row) bool {
	for _, a := range c.wideActions {
		for _, res := range c.everywhere {
			if c.t.Actions[a] != (inventory.Action{Service: "*", Name: "*"}) {
				continue
			}
			for m, u := range c.t.Terms {
				wide := inventory.Row{Effect: r.Effect, Action: a, Resource: res, Principal: r.Principal, Terms: uint32(m)}
				_, there := rowIndex(c.t.Items, wide)
				if there && u.Negated == "" && u.Statement == "" && c.t.cond.of(uint32(m)).within(c.t.cond.of(r.Terms)) {
					return true
				}
			}
		}
	}
	return false
}
