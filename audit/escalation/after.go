package escalation

import (
	"slices"
	"strings"

	"iamctl/audit/account"
	"iamctl/verdict"
)

// gains looks for those who become an administrator in two steps, the first of which gives
// them permissions of their own; and then for those who become one of these.
func (g *graph) gains() {
	any := false
	for _, n := range g.nodes {
		if n.admin || n.step != nil || len(n.sets) == 0 {
			continue
		}
		g.ways(n, g.front(nil), true, func(w *way) bool {
			if w.became == nil || w.whole || w.unknown != "" || w.on != n.Holder {
				return true
			}
			if w.after = g.after(w.became); w.after == nil {
				return true
			}
			n.step, any = &step{w, 2, true}, true
			return false
		})
	}
	if any {
		g.solve(false)
		g.solve(true)
	}
}

// after returns who somebody is with other permissions, and its step to an administrator;
// nil if it has none that is sure.
func (g *graph) after(then *account.Holder) *node {
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

// leads returns who a step leads to, nil at its end.
func (s *step) leads() *node {
	if s.after != nil {
		return s.after
	}
	return s.to
}

// by returns the permissions by which a step of a node is allowed, nil for those that the
// entity has.
func (n *node) by() *verdict.Permissions {
	if n.changed {
		return n.Permissions()
	}
	return nil
}
