package passrole

import (
	"fmt"
	"slices"
	"strings"

	"iamctl/audit/account"
	"iamctl/audit/grant"
	"iamctl/audit/rule"
	"iamctl/inventory"
	"iamctl/policy"
)

// place is a statement about passing roles, as a holder has it.
type place struct {
	in     *rule.Input
	holder *account.Holder
	index  int // of the policy
	at     int // of the statement
	*policy.Statement
}

// grant is what the statement allows by itself, denies and boundary counted.
func (p *place) grant() grant.Grant {
	return p.in.Grant(p.holder).By(p.index, p.at).Only(action)
}

// eachStatement returns the check that asks about every statement that allows to pass
// roles, of every holder: what denies and boundaries leave of it differs. How AWS writes its
// own policies is nothing that an account's owner can mend.
func eachStatement(check func(p *place) *rule.Finding) func(in *rule.Input) []rule.Finding {
	return func(in *rule.Input) []rule.Finding {
		var out []rule.Finding
		for _, h := range holders(in) {
			for i := range h.Policies {
				d := h.Policies[i].Document
				if d == nil || h.Policies[i].Group != "" || inventory.AWSManaged(h.Policies[i].ARN) {
					continue
				}
				for k := range d.Statements {
					s := &d.Statements[k]
					if s.Effect != "Allow" || !s.About(action) {
						continue
					}
					if f := check(&place{in, h, i, k, s}); f != nil {
						f.Fix, f.Choice = rule.Replacing(h, &h.Policies[i]), true
						out = append(out, *f)
					}
				}
			}
		}
		return out
	}
}

func (p *place) finding(a grant.Answer, format string, args ...any) *rule.Finding {
	f := rule.In(p.holder, &p.holder.Policies[p.index], p.at)
	f.Message, f.Witness, f.Unknown = fmt.Sprintf(format, args...), a.Witness, a.Unknown
	return &f
}

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
	for _, c := range p.Condition {
		key := policy.Fold(c.Key)
		if !strings.HasPrefix(key, "iam:resourcetag/") && !strings.HasPrefix(key, "aws:resourcetag/") {
			continue
		}
		if a := p.grant().Anything(); a.Open() {
			return p.finding(a, "iam:PassRole under a condition on %s, which it does not support", c.Key)
		}
	}
	return nil
}
