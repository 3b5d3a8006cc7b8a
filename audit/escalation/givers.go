package escalation

import (
	"slices"

	"iamctl/inventory"
)

// givers are the users and roles who may give permissions to somebody, or add users to groups,
// by the text.
func (g *graph) givers() []*node {
	return slices.DeleteFunc(slices.Clone(g.nodes), func(n *node) bool {
		return n.done() || n.Kind == inventory.EntityGroup || !slices.ContainsFunc(n.sets, func(s *sorted) bool {
			return (s.sort == lifts || s.sort == joins) && g.may(n, s.Actions[0], "").Open()
		})
	})
}

// done reports whether nothing is to be found of a holder any more.
func (n *node) done() bool { return n.admin || n.step != nil }

// offer is a way of a giver by which somebody has the permissions of an administrator.
type offer struct {
	*way
	// end is who that one is then, with its step to an administrator; nil if it is one.
	end *node
}

// offers are those whom a giver may give permissions by which they become an administrator.
// Of users who become no giver, so that they are not near, a few count where there may be many.
func (g *graph) offers(c *node, near map[*node]bool) map[*node]offer {
	out := map[*node]offer{}
	add := func(who *node, w *way) {
		if w == nil {
			return
		}
		if end, ok := g.ends(w); ok {
			x := *w
			if w.to != nil {
				x.unknown = first(w.unknown, w.to.doubt)
			}
			x.to, x.after = nil, nil
			out[who] = offer{&x, end}
		}
	}
	skips := func(who *node) bool {
		_, ok := out[who]
		return ok || who == c || who.done()
	}
	for _, s := range c.sets {
		switch s.sort {
		case lifts:
			g.bestows(c, s, near, skips, add)
		case joins:
			g.enrols(c, s, near, skips, add)
		}
	}
	return out
}

// bestows asks whom a giver may give permissions by a set.
func (g *graph) bestows(c *node, s *sorted, near map[*node]bool, skips func(*node) bool, add func(*node, *way)) {
	if !g.may(c, s.Actions[0], "").Open() {
		return
	}
	for _, t := range g.liftable(c, s.Actions[0]) {
		if t.Kind != inventory.EntityGroup {
			if !skips(t) {
				w, _ := g.gift(c, t, s)
				add(t, w)
			}
			continue
		}
		member := func(u *node) bool { return slices.Contains(u.Groups, t.Name) }
		for _, who := range append(g.users(near, member), t) {
			if !skips(who) {
				add(who, g.givenTo(c, t.Holder, who.Holder, &s.Set))
			}
		}
		entry := g.entry(c, t)
		if entry == nil || !g.counts(entry.unknown) {
			continue
		}
		for _, who := range g.users(near, func(u *node) bool { return !member(u) }) {
			if w := g.givenTo(c, t.Holder, who.Holder, &s.Set); w != nil && !skips(who) {
				both := *w
				both.set, both.unknown = together(w.set, entry.set), first(w.unknown, entry.unknown)
				both.then = " and then add the user " + who.Name + " to it"
				add(who, &both)
			}
		}
	}
}

// entry is the way by which somebody may add users to a group, nil if it may not.
func (g *graph) entry(h, group *node) *way {
	i := slices.IndexFunc(h.sets, func(s *sorted) bool { return s.sort == joins })
	if i < 0 {
		return nil
	}
	a := g.may(h, h.sets[i].Actions[0], group.ARN)
	if !a.Open() {
		return nil
	}
	return &way{set: &h.sets[i].Set, does: "join", on: group.Holder, to: group, Answer: a, unknown: a.Unknown}
}

// enrols asks whom a giver may add to groups.
func (g *graph) enrols(c *node, s *sorted, near map[*node]bool, skips func(*node) bool, add func(*node, *way)) {
	defer func(was bool) { g.gaining = was }(g.gaining)
	g.gaining = true
	for i, t := range g.on(c, s.Actions[0], g.everybody()[inventory.EntityGroup]) {
		a := g.may(c, s.Actions[0], t.ARN)
		if !a.Open() || !g.counts(a.Unknown) || i > maxNamed && !g.of[t].done() {
			continue
		}
		stranger := func(u *node) bool { return !slices.Contains(u.Groups, t.Name) }
		for _, who := range g.users(near, stranger) {
			if !skips(who) {
				w := &way{set: &s.Set, does: "add the user " + who.Name + " to", on: t, to: g.of[t], Answer: a, unknown: a.Unknown}
				add(who, g.joined(c, who.Holder, t, w))
			}
		}
	}
}

// users are those users that are wanted: all that are near, and a few others.
func (g *graph) users(near map[*node]bool, wanted func(*node) bool) []*node {
	var out, others []*node
	for _, n := range g.nodes {
		if n.Kind != inventory.EntityUser || n.done() || !wanted(n) {
			continue
		}
		if near[n] {
			out = append(out, n)
		} else if len(others) < maxNamed {
			others = append(others, n)
		}
	}
	return append(out, others...)
}

// ends returns who somebody is whom a way gives permissions, with its step to an
// administrator, nil if it is one; ok is false if it comes to none.
func (g *graph) ends(w *way) (end *node, ok bool) {
	switch to := w.to; {
	case !g.counts(w.unknown):
		return nil, false
	case w.whole || to != nil && to.admin:
		return nil, to == nil || g.counts(to.doubt)
	case w.after != nil:
		return w.after, w.after.step.sure || g.unsure
	case to != nil && to.step != nil:
		return to, to.step.sure || g.unsure
	case w.became != nil:
		end = g.after(w.became)
	}
	return end, end != nil
}
