package escalation

import (
	"slices"

	"iamctl/audit/account"
	"iamctl/inventory"
	"iamctl/policy/eval"
	"iamctl/verdict"
	"iamctl/verdict/escalation"
)

// partial returns a way of a holder, who becomes no administrator, to somebody stronger:
// one that is sure before others. Who has the same documents as one that has none, and is
// nobody in particular to a trust policy, is not asked again.
func (g *graph) partial(h *node, f *front) *way {
	var found *way
	any := false
	for _, s := range h.sets {
		// Assuming one role is what roles are for; assuming any is a way out.
		any = any || s.sort == assumes && g.may(h, escalation.AssumeRole, g.arn("role/zz-any")).Open()
	}
	g.gaining = true
	defer func() { g.gaining = false }()
	visit := func(w *way) bool {
		if w.bounded || found != nil && w.unknown != "" || w.set.Actions[0] == escalation.AssumeRole && !any {
			return true
		}
		switch {
		case w.another:
			unknown, ok := g.adds(h, w)
			if !ok || found != nil && unknown != "" {
				return true
			}
			w.unknown = first(w.unknown, unknown)
		case w.to != nil:
			unknown, _ := g.stronger(h, w.to)
			w.unknown = first(w.unknown, unknown)
		}
		found = w
		return w.unknown != ""
	}
	g.ways(h, g.front(nil), true, visit)
	key := string(h.Kind) + " " + g.documents(h)
	if found != nil && found.unknown == "" || g.nothing[key] {
		return found
	}
	to := *f
	to.unassumed = !any
	if own := g.joinable(h); len(own.groups.All()) > 0 {
		to.groups = own.groups // what it keeps from an administrator may be all that makes one
	}
	to.good = func(t *account.Holder) bool {
		more, decided := g.compare(h, g.of[t])
		return more || !decided && found == nil // one that is not decided is said once
	}
	g.ways(h, &to, false, visit)
	if found == nil && h.Kind == inventory.EntityRole && len(g.naming[h.ARN]) == 0 && !g.personal && !individual(h.Holder) {
		g.nothing[key] = true
	}
	return found
}

// maxCompared is how many pairs of principals are searched for what one may do and the
// other may not; further ones are not decided.
const maxCompared = 300

// stronger reports whether a principal may do something that no policy of a holder allows,
// and why that is not known.
func (g *graph) stronger(h, t *node) (unknown string, ok bool) {
	more, decided := g.compare(h, t)
	if !decided {
		unknown = "whether the " + string(t.Kind) + " " + t.Name + " may do more could not be decided, or was not asked: there are too many to compare"
	}
	return unknown, more || !decided
}

// adds is stronger for whom a way of a holder makes stronger: by more than it and the holder
// may do before.
func (g *graph) adds(h *node, w *way) (unknown string, ok bool) {
	was := g.of[g.byARN[w.became.ARN]]
	if unknown, ok = g.stronger(h, &node{Holder: w.became}); !ok || unknown != "" || was == nil || h.Boundary != nil || w.became.Boundary != nil {
		return unknown, ok
	}
	a, b := g.breadthOf(h), g.breadthOf(was)
	more, unknown := g.in.Grant(w.became).GainsOver(&verdict.Permissions{Identity: slices.Concat(a.allows.Identity, b.allows.Identity)})
	return unknown, more || unknown != ""
}

// compare asks whether a principal may do something that no policy of a holder allows. What
// the holder is denied does not count, so that no Deny makes a way out of what is none.
func (g *graph) compare(h, t *node) (more, decided bool) {
	a, b := g.breadthOf(h), g.breadthOf(t)
	if a.whole && !b.wild && !slices.ContainsFunc(b.services, func(s string) bool { return slices.Contains(a.but, s) }) {
		return false, true
	}
	for _, r := range b.samples {
		if a.allows.Decide(r).Outcome == eval.NotAllowed {
			return true, true
		}
	}
	key := [2]int{g.number(h), g.number(t)}
	more, decided = g.gained[key]
	if decided || g.left == 0 {
		return more, decided
	}
	g.left--
	more, unknown := g.in.Grant(t.Holder).GainsOver(a.allows)
	if unknown != "" {
		return false, false
	}
	if !more && h.Unbounded() != "" {
		return false, false // it may have less than is known
	}
	g.gained[key] = more
	return more, true
}
