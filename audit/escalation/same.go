package escalation

import (
	"slices"
	"strings"

	"iamctl/audit/account"
	"iamctl/policy"
	"iamctl/reference"
	"iamctl/verdict/escalation"
)

// shares reports whether two actions of a service are about things of one type alone, such
// as functions with their versions: what the one makes the other uses.
func shares(a, b string) bool {
	types := slices.Concat(resourceTypes(a), resourceTypes(b))
	if len(resourceTypes(a)) == 0 || len(resourceTypes(b)) == 0 {
		return false
	}
	slices.Sort(types)
	return !slices.ContainsFunc(types, func(t string) bool { return !strings.HasPrefix(t, types[0]) })
}

// resourceTypes returns the types of what an action is about, with their service, by the
// reference; nil where it does not say.
func resourceTypes(action string) []string {
	prefix, name, _ := strings.Cut(action, ":")
	service, ok := reference.Embedded().Service(prefix)
	if !ok {
		return nil
	}
	known, ok := service.Lookup(name)
	if !ok {
		return nil
	}
	var out []string
	for _, i := range known.ResourceTypes {
		out = append(out, prefix+":"+service.ResourceTypes[i].Name)
	}
	return out
}

// used asks for an action of a set on what the others of it may be about too: each on the
// resources of those that are about things of the same type, and on none of another
// account, whose services cannot have a role of this one.
func (g *graph) used(h *node, s *sorted, action string) asked {
	q := g.ask(h, action)
	for _, other := range s.Actions {
		x := g.ask(h, other)
		if other == action || other == escalation.PassRole || x.all || slices.Contains(x.patterns, "*") || !shares(action, other) {
			continue
		}
		if len(x.patterns) > 0 {
			q.Grant = q.On(x.patterns...)
		}
	}
	if foreign := slices.DeleteFunc(slices.Clone(q.patterns), func(p string) bool { return !g.foreign(p) }); len(foreign) > 0 {
		q.Grant = q.But(policy.Statement{Resource: foreign})
	}
	return q
}

// foreign reports whether a resource is of another account that it names.
func (g *graph) foreign(resource string) bool {
	arn, ok := policy.ParseARN(resource)
	return ok && policy.IsAccountID(arn.Account) && g.in.Own() != "" && arn.Account != g.in.Own()
}

const ec2 = "ec2.amazonaws.com"

// profiled reports whether a role is in an instance profile, without which EC2 takes none,
// or a holder may put it into one (IAM User Guide, "Use instance profiles").
func (g *graph) profiled(h *node, t *account.Holder) bool {
	return !t.NoProfile || g.may(h, "iam:AddRoleToInstanceProfile", "").Open()
}
