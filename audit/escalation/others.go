package escalation

import (
	"maps"
	"slices"
	"strings"

	"iamctl/inventory"
)

// maxNamed is among how many others, to whom a holder may give permissions, a way is looked
// for that is only named beside another.
const maxNamed = 20

// lifted asks whether a holder may give permissions to another and become it.
func (g *graph) lifted(h *node, yield func(*way) bool) bool {
	for _, s := range h.sets {
		if s.sort != lifts || !g.may(h, s.Actions[0], "").Open() {
			continue
		}
		targets := g.liftable(h, s.Actions[0])
		if g.brief && len(targets) > maxNamed {
			continue
		}
		limited := 0
		for _, t := range targets {
			if t.Holder == h.Holder || t.admin || slices.Contains(g.selves(h), t.Holder) {
				continue
			}
			w, asked := g.gift(h, t, s)
			if !asked {
				if !yield(g.untold(h, s)) {
					return false
				}
				break
			}
			if t.Kind == inventory.EntityGroup && !g.members(h, t, s, yield) {
				return false
			}
			if w == nil || !w.whole && (w.became == nil || !g.gaining || limited > maxNamed) {
				continue
			}
			then := g.into(h, t)
			if then == nil {
				continue
			}
			if !w.whole {
				limited++
			}
			if !yield(w.and(then)) {
				return false
			}
		}
	}
	return true
}

// into is the way of a holder to one whom it may give permissions. Whether a group that a user
// joins has more for it then was asked with these.
func (g *graph) into(h, t *node) *way {
	if h.Kind == inventory.EntityUser && t.Kind == inventory.EntityGroup {
		return g.entry(h, t)
	}
	return g.nearer(h, g.front([]*node{t}), false, true)
}

// maxPairs is of how many pairs of a holder and another it is asked, in an account, whether
// the one may give permissions to the other.
var maxPairs = 40_000

// pair is a holder, another, and how the one might give permissions to the other.
type pair struct {
	h, t *node
	set  *sorted
}

// gift is given for two of the account, asked once; it is not asked if there were too many.
func (g *graph) gift(h, t *node, s *sorted) (w *way, asked bool) {
	return g.once(pair{h, t, s}, func() *way { return g.given(h, t.Holder, &s.Set) })
}

// once asks about two of the account once; it does not if there were too many.
func (g *graph) once(key pair, ask func() *way) (w *way, asked bool) {
	if w, asked = g.gifts[key]; asked {
		return w, true
	}
	if len(g.gifts) >= maxPairs {
		return nil, false
	}
	w = ask()
	g.gifts[key] = w
	return w, true
}

// untold is the way of a holder by others of whom it was not asked.
func (g *graph) untold(h *node, s *sorted) *way {
	return &way{
		set: &s.Set, does: "give permissions to others", then: " and may become one of them", whole: true, Answer: g.may(h, s.Actions[0], ""),
		unknown: "there are too many to whom it might give permissions",
	}
}

// liftable are those to whom a holder may give permissions by an action, by the text.
func (g *graph) liftable(h *node, action string) []*node {
	var out []*node
	if kind, ok := kinds[action]; ok {
		for _, t := range g.on(h, action, g.everybody()[kind]) {
			out = append(out, g.of[t])
		}
		return out
	}
	if a := g.ask(h, action); !a.all && len(a.patterns) == 0 {
		return nil
	}
	for _, arn := range g.policiesOn(h, action) {
		if g.may(h, action, arn).Open() {
			out = append(out, g.having()[arn]...)
		}
	}
	return out
}

// policiesOn are the ARNs of the policies of having that a holder may do an action on, by
// the text, sorted.
func (g *graph) policiesOn(h *node, action string) []string {
	a := g.ask(h, action)
	exact := !a.all && !slices.ContainsFunc(a.patterns, func(p string) bool { return strings.ContainsAny(p, "*?$") })
	if !exact {
		return slices.Sorted(maps.Keys(g.having()))
	}
	out := slices.DeleteFunc(slices.Clone(a.patterns), func(p string) bool { return g.having()[p] == nil })
	slices.Sort(out)
	return slices.Compact(out)
}

// having are who has the managed policies of the account's own, as a permission or as its
// boundary.
func (g *graph) having() map[string][]*node {
	if g.holding == nil {
		g.holding = map[string][]*node{}
		for _, n := range g.nodes {
			for i := range n.Policies {
				if p := &n.Policies[i]; own(p) {
					g.holding[p.ARN] = append(g.holding[p.ARN], n)
				}
			}
			if p := n.Boundary; p != nil && own(p) && !slices.Contains(g.holding[p.ARN], n) {
				g.holding[p.ARN] = append(g.holding[p.ARN], n)
			}
		}
	}
	return g.holding
}
