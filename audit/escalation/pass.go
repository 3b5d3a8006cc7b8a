package escalation

import (
	"iamctl/audit/account"
	"iamctl/audit/assume"
	"iamctl/audit/grant"
	"iamctl/verdict/escalation"
)

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
			door := g.comes(h, t, service)
			if !door.Open || service == ec2 && !g.profiled(h, t) {
				continue
			}
			a := g.pass(h, t, service)
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

// comes asks whether a service gets in at a role for a resource that the holder may make, where
// the service comes for one alone.
func (g *graph) comes(h *node, role *account.Holder, service string) assume.Door {
	if action := assume.Making(service); action != "" {
		if a := g.ask(h, action); !a.all {
			return g.doors.ServiceFor(role, service, assume.Sources(a.patterns))
		}
	}
	return g.trusts(role, service)
}

// pass asks whether a role may be passed to a service, which some have another name for in China
// (IAM User Guide, "AWS JSON policy elements: Principal", service principals).
func (g *graph) pass(h *node, role *account.Holder, service string) grant.Answer {
	a := g.may(h, escalation.PassRole, role.ARN, "iam:PassedToService", service)
	if !a.Open() && g.in.Account.Partition == "aws-cn" {
		a = g.may(h, escalation.PassRole, role.ARN, "iam:PassedToService", service+".cn")
	}
	return a
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
