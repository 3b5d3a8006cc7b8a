package passrole

import (
	"fmt"
	"slices"
	"strings"

	"iamctl/audit/account"
	"iamctl/audit/assume"
	"iamctl/audit/gate"
	"iamctl/audit/grant"
	"iamctl/audit/rule"
	"iamctl/inventory"
	"iamctl/policy"
)

// untrustedService finds roles, named without a wildcard or all that match one, of which
// none trusts a service that the condition names.
func untrustedService(p *place) *rule.Finding {
	services := p.services()
	if len(services) == 0 || !p.grant().Anything().Open() {
		return nil
	}
	for _, resource := range p.Resource {
		if policy.Match(resource, roleARN(p.in, anyName)) {
			continue // PASSROLE-ANY: the role for the service may be yet to come
		}
		var matched []string
		trusted := false
		for _, r := range roles(p.in).Matching(resource) {
			if policy.Match(resource, r.ARN) {
				matched = append(matched, r.Name)
				trusted = trusted || slices.ContainsFunc(services, func(s string) bool { return trusts(p.in, r, s) })
			}
		}
		if len(matched) == 0 || trusted {
			continue
		}
		if len(matched) > 1 {
			return p.finding(grant.Answer{}, "none of the %d roles that match %s trusts %s, to which they may be passed", len(matched), resource, strings.Join(services, " or "))
		}
		return p.finding(grant.Answer{}, "the role %s does not trust %s, to which it may be passed", matched[0], strings.Join(services, " or "))
	}
	return nil
}

// trusts reports whether a role lets in a service that a pattern matches.
func trusts(in *rule.Input, role *account.Holder, pattern string) bool {
	names := []string{strings.NewReplacer("*", "x", "?", "x").Replace(pattern)}
	if names[0] != pattern {
		for _, s := range gate.New(in.Comparer, role.Trust.Document).Services() {
			if policy.Match(pattern, s) || policy.Match(pattern, gate.Global(s)) {
				names = append(names, s)
			}
		}
	}
	return slices.ContainsFunc(names, func(s string) bool { return assume.Of(in).Service(role, s).Open })
}

type rolesKey struct{}

// roles returns the index of the account's roles.
func roles(in *rule.Input) *account.Index {
	return rule.Once(in, rolesKey{}, func() *account.Index { return account.NewIndex(in.Account.Each(inventory.EntityRole)) })
}

// otherAccount finds roles of other accounts.
func otherAccount(p *place) *rule.Finding {
	if p.in.Own() == "" {
		return nil
	}
	for _, resource := range p.Resource {
		arn, ok := policy.ParseARN(resource)
		if !ok || len(arn.Account) != 12 || strings.ContainsAny(arn.Account, "*?") || arn.Account == p.in.Own() || !strings.EqualFold(arn.Service, "iam") {
			continue
		}
		if a := p.grant().On(resource).Anything(); a.Open() {
			return p.finding(a, "it may pass %s, which is in another account: that can never work", resource)
		}
	}
	return nil
}

// manyServices finds roles that several services may assume, whatever their regions.
func manyServices(in *rule.Input) []rule.Finding {
	var out []rule.Finding
	for _, r := range holders(in) {
		if r.Kind != inventory.EntityRole || r.Trust.Document == nil {
			continue
		}
		named := gate.New(in.Comparer, r.Trust.Document).Services()
		if len(named) < 2 {
			continue // only to skip work
		}
		var open []string
		for _, s := range named {
			if assume.Of(in).Service(r, s).Open {
				open = append(open, gate.Global(s))
			}
		}
		slices.Sort(open)
		if open = slices.Compact(open); len(open) < 2 {
			continue
		}
		f := rule.In(r, r.Trust, -1)
		f.Message = fmt.Sprintf("%d services may assume the role: %s", len(open), strings.Join(open, ", "))
		f.Fix, f.Choice = rule.Command("iam update-assume-role-policy", "role-name", r.Name, "policy-document", "file://"+rule.Placeholder("TRUST_POLICY")+".json"), true
		out = append(out, f)
	}
	return out
}
