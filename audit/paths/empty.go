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

// empty finds policies that protect or pass the roles of a path where there are none.
func empty(in *rule.Input) []rule.Finding {
	var out []rule.Finding
	var all []string
	for _, r := range in.Account.Each(inventory.EntityRole) {
		all = append(all, r.Path)
	}
	slices.Sort(all)
	all = slices.Compact(all)
	for _, h := range in.Account.Holders {
		for _, p := range bounding(h) {
			if p.Document == nil || p.Group != "" || h.ServiceLinked() || inventory.AWSManaged(p.ARN) {
				continue
			}
			for k := range p.Document.Statements {
				out = append(out, hollow(in, all, h, p, k)...)
			}
		}
	}
	return out
}

// hollow finds the paths of a statement that are none of all roles' paths.
func hollow(in *rule.Input, all []string, h *account.Holder, p *account.Policy, at int) []rule.Finding {
	s := &p.Document.Statements[at]
	word := "protects"
	if s.Effect != "Deny" {
		word = "passes"
	}
	if word == "passes" && !passes(s) || !onRoles(s) {
		return nil
	}
	var out []rule.Finding
	seen := map[string]bool{}
	for _, resource := range s.Resource {
		path, ok := pathOf(in, resource)
		if !ok || seen[path] || slices.ContainsFunc(all, func(p string) bool { return policy.Match(path+"*", p) }) {
			continue
		}
		seen[path] = true
		f := rule.In(h, p, at)
		f.Key, f.Message = path, fmt.Sprintf("it %s roles on the path %s, on which there is none", word, path)
		f.Fix, f.Choice = rule.Replacing(h, p), true
		if g, none := in.Account.NoRoles(); none {
			f.Unknown = g.Reason
		}
		out = append(out, f)
	}
	return out
}

// passes reports whether a statement names the passing of roles.
func passes(s *policy.Statement) bool {
	return slices.ContainsFunc(s.Action, func(a string) bool { return policy.MatchFold(a, "iam:PassRole") })
}

// pathOf returns the path, in which variables are wildcards, of a resource that is roles of
// the account on a path. Service-linked roles come when AWS needs them.
func pathOf(in *rule.Input, resource string) (string, bool) {
	arn, ok := policy.ParseARN(policy.VariablesAsPattern(resource))
	name, isRole := strings.CutPrefix(arn.Resource, "role/")
	end := strings.LastIndex(name, "/")
	if !ok || !isRole || end < 0 || in.Own() != "" && !policy.Match(arn.Account, in.Own()) {
		return "", false
	}
	path := "/" + name[:end+1]
	return path, !strings.HasPrefix(path, "/aws-service-role/") && strings.Trim(path, "/*?") != ""
}
