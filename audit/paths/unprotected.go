package paths

import (
	"fmt"
	"slices"
	"strings"

	"iamctl/audit/account"
	"iamctl/audit/rule"
	"iamctl/inventory"
	"iamctl/policy"
)

// guard is a Deny on what is done to roles of some paths.
type guard struct {
	holder *account.Holder
	policy *account.Policy
	*policy.Statement
}

// guards returns the statements that deny something on roles, those on the
// same resources once.
func guards(in *rule.Input) []guard {
	var out []guard
	seen, same := map[*policy.Document]bool{}, map[string]bool{}
	for _, h := range in.Account.Holders {
		if h.ServiceLinked() || h.Kind == inventory.EntityPolicy {
			continue // what nobody has protects nothing
		}
		for _, p := range bounding(h) {
			if p.Document == nil || seen[p.Document] {
				continue
			}
			seen[p.Document] = true
			for k := range p.Document.Statements {
				s := &p.Document.Statements[k]
				if key := strings.Join(s.Resource, "\n"); s.Effect == "Deny" && onRoles(s) && slices.ContainsFunc(s.Resource, ofPath) && !same[key] {
					same[key] = true
					out = append(out, guard{h, p, s})
				}
			}
		}
	}
	return out
}

// bounding returns the policies of a holder that deny something to it, the boundary behind
// others.
func bounding(h *account.Holder) []*account.Policy {
	var out []*account.Policy
	for i := range h.Policies {
		out = append(out, &h.Policies[i])
	}
	if h.Boundary != nil {
		out = append(out, h.Boundary)
	}
	return out
}

// onRoles reports whether a statement is about actions that have roles as resources.
func onRoles(s *policy.Statement) bool {
	if s.NotAction != nil {
		return true
	}
	return slices.ContainsFunc(s.Action, func(a string) bool {
		service, _, _ := strings.Cut(a, ":")
		return policy.MatchFold(service, "iam") || policy.MatchFold(service, "sts")
	})
}

// ofPath reports whether a resource is of the roles on a path, not of all roles.
func ofPath(resource string) bool {
	_, name, ok := strings.Cut(resource, ":role/")
	return ok && strings.Contains(name, "/")
}

// covers reports whether a resource of the Deny is a role on a path, if it were there.
func (g guard) covers(r *account.Holder, path string) bool {
	i := strings.Index(r.ARN, ":role/")
	return i >= 0 && slices.ContainsFunc(g.Resource, func(p string) bool {
		return policy.Match(policy.VariablesAsPattern(p), r.ARN[:i]+":role"+path+r.Name)
	})
}

// unprotected finds roles that a Deny would reach on the path of their convention, and
// that no Deny of the same policy reaches where they are.
func unprotected(in *rule.Input) []rule.Finding {
	if len(in.Config.PathConventions) == 0 {
		return nil
	}
	var out []rule.Finding
	all := guards(in)
	for _, r := range roles(in) {
		c := conventionOf(in, r)
		if c == nil || on(r, c.Path) {
			continue
		}
		i := slices.IndexFunc(all, func(g guard) bool { return g.covers(r, c.Path) && !g.covers(r, r.Path) })
		if i < 0 {
			continue
		}
		f := rule.Of(r)
		word := "policy"
		if all[i].policy.Type == inventory.Boundary {
			word = "boundary"
		}
		f.Message = fmt.Sprintf("the %s %s of the %s %s protects roles on %s; the role has a name of the convention %s and is on %s, where it does not",
			word, all[i].policy.Label(), all[i].holder.Kind, all[i].holder.Name, c.Path, c.Name, r.Path)
		f.Fix, f.Choice = anew(r, c.Path), true
		out = append(out, f)
	}
	return out
}
