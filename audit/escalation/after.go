package escalation

import (
	"slices"
	"strings"

	"iamctl/audit/account"
	"iamctl/inventory"
)

// gains looks for those who become an administrator in two steps, the first of which gives
// them permissions of their own; and then for those who become one of these.
func (g *graph) gains() {
	any := false
	g.gaining, g.onward = true, true
	for _, n := range g.nodes {
		if n.admin || n.step != nil || len(n.sets)+len(g.naming[n.ARN]) == 0 {
			continue
		}
		groups := g.front(nil)
		groups.groups = g.everybody()[inventory.EntityGroup]
		joined := 0
		g.ways(n, groups, true, func(w *way) bool {
			if w.became == nil || w.whole || w.unknown != "" || !w.another && w.on != nil && n.holding(w.on) != n.Holder {
				return true
			}
			if w.to != nil {
				if joined++; joined > maxNamed {
					return true
				}
			}
			if w.after = g.after(w.became); w.after == nil {
				return true
			}
			n.step, any = &step{w, 2, true}, true
			return false
		})
	}
	g.gaining, g.onward = false, false
	if any {
		g.solve(false)
		g.solve(true)
	}
}

// joinable are the groups that a user may join which is no more by them than its boundary
// and denies leave.
func (g *graph) joinable(n *node) *front {
	if n.Kind != inventory.EntityUser || n.Boundary == nil && !denies(n.Holder) {
		return g.front(nil)
	}
	return g.front(slices.DeleteFunc(slices.Clone(g.nodes), func(t *node) bool { return t.Kind != inventory.EntityGroup }))
}

// after returns who somebody is with other permissions, and its step to an administrator;
// nil if it has none that is sure.
func (g *graph) after(then *account.Holder) *node {
	n, ok := g.afters[then]
	if !ok {
		n = g.changed(then)
		g.afters[then] = n
	}
	return n
}

func (g *graph) changed(then *account.Holder) *node {
	n := &node{Holder: then, sets: newReading().sets(then), asked: map[string]asked{}, changed: true}
	lifting := func(s *sorted) int {
		if strings.HasSuffix(s.Actions[0], "PermissionsBoundary") {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(n.sets, func(a, b *sorted) int { return lifting(a) - lifting(b) }) // the plainest step
	w := g.nearer(n, g.administrators(), true, false)
	if w == nil {
		return nil
	}
	n.step = &step{w, 1, true}
	return n
}
