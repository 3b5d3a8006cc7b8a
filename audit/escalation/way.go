package escalation

import (
	"maps"
	"slices"

	"iamctl/audit/account"
	"iamctl/audit/assume"
	"iamctl/audit/grant"
	"iamctl/inventory"
	"iamctl/policy"
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
	if own && !(each(lifts, makes) && g.lifted(h, yield)) {
		return
	}
	if !each(passes, credentials, joins, letsIn) {
		return
	}
	meant := []*way{}
	open := g.assumed(h, f, func(w *way) bool {
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

// enters reports whether nothing of its own keeps a holder out of a role whose trust
// policy names it.
func (g *graph) enters(h *node, t *account.Holder) bool {
	return g.ask(h, assume.Action).Grant.On(t.ARN).Given(assume.Action, t.ARN).Anything().Witness != nil
}

// usable asks for what of a set is not about principals, on anything.
func (g *graph) usable(h *node, s *sorted) (ok bool, unknown string) {
	for _, a := range s.Actions {
		if a == escalation.PassRole {
			continue
		}
		x := g.used(h, s, a).Anything()
		if !x.Open() || x.Impossible {
			return false, ""
		}
		unknown = first(unknown, x.Unknown)
	}
	return true, unknown
}

// passed asks for roles that may be passed to a service of the set's which they trust.
func (g *graph) passed(h *node, s *sorted, f *front, yield func(*way) bool) bool {
	var usable bool
	var unknown string
	for _, service := range s.PassedTo {
		list := g.service(f, service)
		if may := g.on(h, escalation.PassRole, f.roles); len(may) < len(list) {
			list = may
		}
		for _, t := range list {
			if f.skips(h, t) {
				continue
			}
			door := g.trusts(t, service)
			if !door.Open || service == ec2 && !g.profiled(h, t) {
				continue
			}
			a := g.may(h, escalation.PassRole, t.ARN, "iam:PassedToService", service)
			if !a.Open() {
				continue
			}
			if !usable {
				if usable, unknown = g.usable(h, s); !usable {
					return true
				}
			}
			if !yield(&way{set: &s.Set, does: "pass", by: service, on: t, to: g.of[t], Answer: a, unknown: first(a.Unknown, unknown, door.Unknown)}) {
				return false
			}
		}
	}
	return true
}

// contains looks for a holder in a list that is sorted by ARN.
func contains(list []*account.Holder, h *account.Holder) bool {
	_, ok := slices.BinarySearchFunc(list, h.ARN, func(x *account.Holder, arn string) int {
		switch {
		case x.ARN < arn:
			return -1
		case x.ARN > arn:
			return 1
		}
		return 0
	})
	return ok
}

// run asks for roles as which something may run that can be made to do other things.
func (g *graph) run(h *node, s *sorted, f *front, yield func(*way) bool) bool {
	var usable bool
	var a grant.Answer
	for _, service := range s.RunsAs {
		for _, t := range g.service(f, service) {
			if f.skips(h, t) {
				continue
			}
			if !usable {
				if usable, _ = g.usable(h, s); !usable {
					return true
				}
				a = g.may(h, s.Actions[0], "")
			}
			w := &way{set: &s.Set, does: "run code as", on: t, to: g.of[t], Answer: a, unknown: "what runs as the role " + t.Name + ", and whether this may change it, is not known"}
			if !yield(w) {
				return false
			}
		}
	}
	return true
}

// assumed asks for roles that a holder may assume.
func (g *graph) assumed(h *node, f *front, yield func(*way) bool) bool {
	list := g.on(h, assume.Action, f.roles)
	if named := g.naming[h.ARN]; len(named)+len(g.everyone) > 0 {
		list = slices.Clone(list)
		for _, n := range slices.Concat(named, g.everyone) {
			if contains(f.roles.All(), n.Holder) && !slices.Contains(list, n.Holder) {
				list = append(list, n.Holder)
			}
		}
	}
	for _, t := range list {
		if f.skips(h, t) {
			continue
		}
		a, door := g.doors.Ask(h.Holder, t)
		if !door.Open || !a.Open() {
			continue
		}
		w := &way{set: assumeRole(), does: "assume", on: t, to: g.of[t], Answer: a, unknown: first(a.Unknown, door.Unknown), trust: a.Policy == nil && door.Named}
		if w.trust {
			w.entry = entering(h.Holder, t, door.Witness)
		}
		w.meant = door.Named && slices.Contains(g.naming[h.ARN], g.of[t]) || w.named()
		if !yield(w) {
			return false
		}
	}
	return true
}

// entering returns the request that a trust policy lets in as one of a holder's, if it was
// of another to whom the policy is the same.
func entering(h, role *account.Holder, r *eval.Request) *eval.Request {
	if r == nil || h.Kind == inventory.EntityGroup || r.Principal.Type != "AWS" {
		return r
	}
	own := *r
	own.Principal.Value = h.ARN
	own.Context = maps.Clone(r.Context)
	for key := range own.Context {
		if policy.Fold(key) == "aws:principalarn" {
			own.Context[key] = []string{h.ARN}
		}
	}
	if eval.Trust(role.Trust.Document, &own).Outcome != eval.Allowed {
		return r
	}
	return &own
}

// named reports whether the statement that allows it names just the one role.
func (w *way) named() bool {
	return w.Policy != nil && w.Statement >= 0 && slices.Contains(w.Policy.Document.Statements[w.Statement].Resource, w.on.ARN)
}

func assumeRole() *escalation.Set {
	list := escalation.All()
	i := slices.IndexFunc(list, func(s escalation.Set) bool { return slices.Equal(s.Actions, []string{escalation.AssumeRole}) })
	return &list[i]
}

func first(list ...string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}
