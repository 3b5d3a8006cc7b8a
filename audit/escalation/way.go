package escalation

import (
	"slices"

	"iamctl/audit/account"
	"iamctl/audit/grant"
	"iamctl/inventory"
	"iamctl/policy/eval"
	"iamctl/verdict/escalation"
)

// way is one step of a holder: it becomes another, or lifts itself.
type way struct {
	set *escalation.Set
	// does says what is done, of what on names.
	does string
	on   *account.Holder
	// by is the service that a role is passed to, the policy that is changed.
	by string
	// then says how it becomes whom it gives permissions to, "" for itself.
	then string
	// to is whom it becomes, nil if it lifts itself.
	to *node
	// whole says of who lifts itself that it is an administrator then.
	whole bool
	// became is a holder with the permissions that it gains, and after the same with its
	// step to an administrator; nil if there is none.
	became *account.Holder
	after  *node
	// another says of became that it is somebody else, whom it becomes.
	another bool
	// bounded says that its boundary leaves it what it gains.
	bounded bool
	// meant says that somebody named just this role, or just this holder in its trust
	// policy, so that the one may assume the other.
	meant bool
	// trust says that the trust policy of the role that it assumes is what lets it.
	trust bool
	grant.Answer
	// entry is the request that the trust policy lets in, where that is what lets it.
	entry *eval.Request
	// unknown says on what it depends that could not be decided.
	unknown string
}

// ways asks for ways of a holder to one of a front, and if it is to, those of its own to
// lift itself. Those that nobody meant come first.
func (g *graph) ways(h *node, f *front, own bool, yield func(*way) bool) {
	each := func(sorts ...sort) bool {
		for _, s := range h.sets {
			if slices.Contains(sorts, s.sort) && !g.way(h, s, f, yield) {
				return false
			}
		}
		return true
	}
	if own && !(each(lifts, makes) && g.lifted(h, yield) && g.retagged(h, yield)) {
		return
	}
	if !each(passes, credentials, joins, letsIn) {
		return
	}
	meant := []*way{}
	open := f.unassumed || g.assumed(h, f, func(w *way) bool {
		if w.meant {
			meant = append(meant, w)
			return len(meant) < maxMeant
		}
		return yield(w)
	})
	if !open && len(meant) < maxMeant || !each(runs) {
		return
	}
	for _, w := range meant {
		if !yield(w) {
			return
		}
	}
	if own {
		each(center)
	}
}

// maxMeant is how many roles are looked at that a holder is meant to assume.
const maxMeant = 100

// way asks for the ways of one set.
func (g *graph) way(h *node, s *sorted, f *front, yield func(*way) bool) bool {
	switch s.sort {
	case center:
		if a := g.may(h, s.Actions[0], ""); a.Open() {
			return yield(&way{set: &s.Set, does: "change what IAM Identity Center gives", whole: true, Answer: a, unknown: "whether the account administers IAM Identity Center is not known"})
		}
	case lifts:
		return g.lift(h, s, yield)
	case makes:
		return g.makes(h, s, yield)
	case passes:
		return g.passed(h, s, f, yield)
	case runs:
		return g.run(h, s, f, yield)
	case credentials:
		return g.done(h, s, f, f.users, "make itself a key or a password of", nil, yield)
	case joins:
		if h.Kind != inventory.EntityRole {
			strange := func(t *account.Holder) bool { return !slices.Contains(h.Groups, t.Name) }
			if !g.done(h, s, f, f.groups, "join", strange, func(w *way) bool {
				w = g.joined(h, h.Holder, w.on, w)
				return w == nil || yield(w)
			}) {
				return false
			}
		}
		return g.enrolled(h, s, f, yield)
	case letsIn:
		return g.done(h, s, f, f.roles, "let itself into", func(t *account.Holder) bool { return !t.OfAWS() && g.enters(h, t) }, yield)
	}
	return true
}

// and is a way by which a holder gives something to another and then becomes it by a second
// one.
func (w *way) and(then *way) *way {
	both := *w
	both.another = !w.whole
	both.set, both.unknown = together(w.set, then.set), first(w.unknown, then.unknown)
	if both.then == "" {
		both.then = " and then " + then.it() + then.then
	}
	return &both
}

// done asks for a set of one action on those of an index.
func (g *graph) done(h *node, s *sorted, f *front, ix *account.Index, does string, good func(t *account.Holder) bool, yield func(*way) bool) bool {
	for _, t := range g.on(h, s.Actions[0], ix) {
		if f.skips(h, t) || h.Kind == inventory.EntityGroup && slices.Contains(t.Groups, h.Name) {
			continue
		}
		a := g.may(h, s.Actions[0], t.ARN)
		if !a.Open() || good != nil && !good(t) {
			continue
		}
		if !yield(&way{set: &s.Set, does: does, on: t, to: g.of[t], Answer: a, unknown: a.Unknown}) {
			return false
		}
	}
	return true
}

func first(list ...string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}
