package escalation

import (
	"iamctl/audit/account"
	"iamctl/verdict"
)

// node is a role, a user or a group: what a member of it has by it.
type node struct {
	*account.Holder
	admin bool
	// doubt says why it could not be decided whether it is an administrator, "" if it was.
	doubt string
	sets  []*sorted
	asked map[string]asked
	// step leads nearer to an administrator, nil if none does.
	step *step
	// partial leads to somebody stronger, nil if none does or step is there.
	partial *way
	// changed says that it is somebody as it is after a step, with other permissions.
	changed bool
	id      string
	number  int
	hope    *hope
	tags    *bool // whether it may change any
	broad   *breadth
}

// step is how a holder comes nearer to an administrator.
type step struct {
	*way
	// n is how many steps there are, this one counted; sure says that none of them
	// depends on what could not be decided.
	n    int
	sure bool
}

// solve finds who becomes an administrator in how many steps, back from the
// administrators, by what is sure or else by what may be.
func (g *graph) solve(unsure bool) {
	most := 0
	for n := 0; n <= most; n++ {
		var front []*node
		for _, x := range g.nodes {
			if x.admin && n == 0 || x.step != nil && x.step.n == n {
				front = append(front, x)
			}
			if x.step != nil {
				most = max(most, x.step.n)
			}
		}
		f := g.front(front)
		for _, x := range g.nodes {
			if x.admin || x.step != nil {
				continue
			}
			if w := g.nearer(x, f, n == 0, unsure); w != nil {
				x.step = &step{w, n + 1, w.unknown == "" && (w.to == nil || w.to.step == nil || w.to.step.sure)}
				most = max(most, n+1)
			}
		}
	}
}

// nearer returns the first way of a holder to one of the front.
func (g *graph) nearer(h *node, f *front, own, unsure bool) *way {
	var found *way
	defer func(was bool) { g.gaining = was }(g.gaining)
	g.gaining = false
	g.ways(h, f, own, func(w *way) bool {
		if w.to != nil {
			w.unknown = first(w.unknown, w.to.doubt)
		}
		if w.to == nil && !w.whole || w.unknown != "" && !unsure {
			return true
		}
		found = w
		return false
	})
	return found
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

// meant reports whether all steps are of assuming a role that somebody meant.
func (n *node) meant() bool {
	for ; n != nil && n.step != nil; n = n.step.leads() {
		if !n.step.meant {
			return false
		}
	}
	return true
}
