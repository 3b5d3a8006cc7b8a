package escalation

import (
	"slices"

	"iamctl/audit/account"
	"iamctl/inventory"
	"iamctl/verdict/escalation"
)

// others returns users whom a holder may become, with how, at most maxNamed: those that are
// wanted.
func (g *graph) others(h *node, wanted func(u *account.Holder) bool) []*way {
	var out []*way
	f := g.front(nil)
	f.users = g.everybody()[inventory.EntityUser]
	f.good = func(u *account.Holder) bool { return u != h.Holder && wanted(u) }
	seen := map[*account.Holder]bool{}
	for _, s := range h.sets {
		if s.sort != credentials {
			continue
		}
		g.way(h, s, f, func(w *way) bool {
			if !seen[w.on] {
				seen[w.on] = true
				out = append(out, w)
			}
			return len(out) < maxNamed
		})
	}
	return out
}

// members asks whether a holder may give permissions to a group by a set and become one of
// its members.
func (g *graph) members(h, group *node, s *sorted, yield func(*way) bool) bool {
	member := func(u *account.Holder) bool { return slices.Contains(u.Groups, group.Name) }
	for _, then := range g.others(h, member) {
		w := g.givenTo(h, group.Holder, then.on, &s.Set)
		if w == nil || !w.whole && (w.became == nil || !g.gaining) {
			continue
		}
		both := *w
		both.another = !w.whole
		both.set = together(&s.Set, then.set)
		both.then, both.unknown = " and then "+then.does+" the user "+then.on.Name, first(w.unknown, then.unknown)
		if !yield(&both) {
			return false
		}
	}
	return true
}

// enrolled asks whether a holder may add a user to a group of the front's and become that
// user, who may be one whom it makes.
func (g *graph) enrolled(h *node, s *sorted, f *front, yield func(*way) bool) bool {
	var users []*way
	asked := false
	return g.done(h, s, f, f.groups, "join", nil, func(w *way) bool {
		if !asked {
			users, asked = append(g.others(h, func(*account.Holder) bool { return true }), g.newcomer(h)...), true
		}
		for _, u := range users {
			if slices.Contains(u.on.Groups, w.on.Name) {
				continue
			}
			x := *w
			x.does, x.set, x.unknown = u.does, together(w.set, u.set), first(w.unknown, u.unknown)
			x.then = u.then
			if u.then == "" {
				x.does, x.then = "add the user "+u.on.Name+" to", " and then "+u.it()
			}
			joined := g.joined(h, u.on, w.on, &x)
			if joined == nil {
				continue
			}
			joined.another = joined.became != nil
			if !yield(joined) {
				return false
			}
		}
		return true
	})
}

// newcomer returns how a holder may make a user without a boundary and become it; it is
// empty if it may not.
func (g *graph) newcomer(h *node) []*way {
	const create = "iam:CreateUser"
	for _, key := range []string{"iam:CreateAccessKey", "iam:CreateLoginProfile"} {
		s := &sorted{escalation.Set{Actions: []string{key, create}}, makes}
		arn := g.unmade(h, s, create, "", nil)
		if arn == "" {
			continue
		}
		t := &account.Holder{Kind: inventory.EntityUser, ARN: arn}
		a, b := g.may(h, create, arn, boundaryKey, ""), g.may(h, key, arn)
		if a.Open() && b.Open() {
			return []*way{{set: &s.Set, does: "make a user, add it to", on: t, then: " and sign in as it", unknown: first(a.Unknown, b.Unknown)}}
		}
	}
	return nil
}
