package passrole

import (
	"fmt"
	"slices"
	"strings"

	"iamctl/audit/grant"
	"iamctl/audit/rule"
	"iamctl/policy"
)

// mixed finds iam:PassRole beside other actions.
func mixed(p *place) *rule.Finding {
	others := slices.DeleteFunc(slices.Clone(p.Action), passing)
	if !named(p.Statement) || len(others) == 0 {
		return nil
	}
	a := p.grant().Anything()
	if !a.Open() {
		return nil
	}
	more := ""
	if n := len(others) - 1; n > 0 {
		more = fmt.Sprintf(" and %d more", n)
	}
	return p.finding(a, "one statement allows iam:PassRole together with %s%s", others[0], more)
}

// passing reports whether a pattern of actions is of iam:PassRole alone: no other action of
// IAM begins like it (Service Authorization Reference, "AWS Identity and Access Management").
func passing(pattern string) bool {
	return strings.HasPrefix(policy.Fold(pattern), "iam:pass") && policy.MatchFold(pattern, action)
}

// noService finds wildcards of roles that may be passed to a service that nobody named.
func noService(p *place) *rule.Finding {
	if p.NotResource == nil && !slices.ContainsFunc(p.Resource, wildcard) {
		return nil
	}
	g := toAnyService(p.grant()).On(roleARN(p.in, "*"))
	if named := p.named(); len(named) > 0 {
		g = g.But(policy.Statement{Resource: named})
	}
	a := g.Anything()
	if !a.Open() {
		return nil
	}
	return p.finding(a, "roles that match a wildcard may be passed to any service: there is no condition on iam:PassedToService")
}

// named returns the roles that the statement, or a Deny of the holder's, has by their ARNs.
func (p *place) named() []string {
	statements := []policy.Statement{*p.Statement}
	for i := range p.holder.Policies {
		if d := p.holder.Policies[i].Document; d != nil {
			statements = append(statements, slices.DeleteFunc(slices.Clone(d.Statements), func(s policy.Statement) bool { return s.Effect != "Deny" })...)
		}
	}
	var out []string
	for _, s := range statements {
		for _, r := range slices.Concat(s.Resource, s.NotResource) {
			if strings.Contains(r, ":role/") && !strings.ContainsAny(r, "*?$") {
				out = append(out, r)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// wildcard reports whether a resource is of roles of many names.
func wildcard(resource string) bool {
	_, name, ok := strings.Cut(resource, ":role/")
	if !ok {
		name = resource
	}
	return strings.ContainsAny(name, "*?")
}

// services returns the services, and patterns of them, that the statement's conditions
// name. A pattern of all services is none.
func (p *place) services() []string {
	var out []string
	for _, c := range p.Condition {
		if op, ok := policy.ParseOperator(c.Operator); !ok || op.Negated || !strings.EqualFold(c.Key, passedTo) {
			continue
		}
		for _, v := range c.Values {
			if !policy.Match(v, unnamed) {
				out = append(out, v)
			}
		}
	}
	return out
}

// unnamed is a service that nobody has named.
const unnamed = "zz-any-service.amazonaws.com"

// tagCondition finds conditions on the tags of the role that is passed.
func tagCondition(p *place) *rule.Finding {
	key := p.tagKey()
	if key == "" {
		return nil
	}
	if a := p.grant().Anything(); a.Open() {
		return p.finding(a, "iam:PassRole under a condition on %s, which it does not support", key)
	}
	return nil
}

// tagDeny finds such conditions of a Deny that names the passing of roles, if it is there to
// keep the holder from something.
func tagDeny(p *place) *rule.Finding {
	key := p.tagKey()
	if key == "" || !named(p.Statement) {
		return nil
	}
	g := p.in.Grant(p.holder).Only(action)
	if p.NotResource != nil {
		g = g.But(policy.Statement{Resource: p.NotResource})
	} else {
		g = g.On(p.Resource...)
	}
	if a := g.Anything(); a.Open() {
		return p.finding(grant.Answer{Unknown: a.Unknown}, "a Deny of iam:PassRole under a condition on %s, which it does not support: it may keep nobody from it", key)
	}
	return nil
}

// tagKey returns a condition key of the statement that is about the tags of the role, "" for
// none.
func (p *place) tagKey() string {
	for _, c := range p.Condition {
		if key := policy.Fold(c.Key); strings.HasPrefix(key, "iam:resourcetag/") || strings.HasPrefix(key, "aws:resourcetag/") {
			return c.Key
		}
	}
	return ""
}
