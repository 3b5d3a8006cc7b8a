package meaning

import (
	"slices"
	"strings"
	"sync"

	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/policy"
)

// Service control policies bound who asks to assume a role by the organisation of the account
// that they are of. Who gets in is asked within those of the accounts that a trust policy names:
// each level above such an account becomes one that all others pass (AWS Organizations User
// Guide, "SCP effects on permissions"). Roles that are linked to services are not bounded, but
// AWS alone acts by them: they are not asked about, and where a trust policy names one nothing is
// said of who asks.

// namedAccounts returns the ids of accounts that trust policies name, sorted; nil where one of
// them names a role that is linked to a service.
func namedAccounts(texts ...inventory.Document) []string {
	var out []string
	for _, t := range texts {
		if strings.Contains(string(t), "aws-service-role") || strings.Contains(string(t), "AWSServiceRole") || strings.Contains(string(t), `\`) {
			return nil
		}
		for rest := string(t); ; {
			i := strings.IndexAny(rest, "0123456789")
			if i < 0 {
				break
			}
			rest = rest[i:]
			n := len(rest) - len(strings.TrimLeft(rest, "0123456789"))
			if n == accountDigits {
				out = append(out, rest[:n])
			}
			rest = rest[n:]
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

const accountDigits = 12

// namedBy returns the accounts within whose bounds it is asked who gets in: those that the trust
// policy names, and that of the role that it is compared with.
func (j *Judge) namedBy(r *normalize.Role) []string {
	if list, ok := j.named.Load(r); ok {
		return list.([]string)
	}
	return namedAccounts(r.Raw.Trust)
}

// callers returns what bounds the accounts that the trust policies of both roles name, as levels
// of the side's role, and why that is not known of one.
func (j *Judge) callers(side int, r *normalize.Role, named []string) (out []controlLevel, unknown string) {
	for _, id := range named {
		b := j.bounds[side].caller(id)
		switch {
		case b == nil || b.Service.Exempt != "":
			continue
		case b.Service.Unknown != "":
			unknown = b.Service.Unknown
			continue
		}
		c := caller{library: j.libraries[side], id: id, facts: askedBy(id, b), role: asked(r.Raw.Role, j.bounds[side])}
		for i := range b.Service.Levels {
			if l := c.level(&b.Service.Levels[i]); l != nil {
				out = append(out, *l)
			}
		}
	}
	return out, unknown
}

// caller returns what bounds an account that a role trusts, nil for one of no organisation that
// is known.
func (b *Bounds) caller(id string) *Bounds {
	if b.Callers == nil {
		return nil
	}
	return b.Callers(id)
}

// askedBy returns what is known of requests that principals of an account make.
func askedBy(id string, b *Bounds) *facts {
	f := &facts{context: map[string][]string{"aws:principalaccount": {id}, "aws:principalisawsservice": {"false"}}, absent: []string{"aws:principalservicename", "aws:principalservicenameslist"}}
	if b.Organization != "" {
		f.context["aws:principalorgid"] = []string{b.Organization}
	}
	if b.Path != "" {
		f.context["aws:principalorgpaths"] = []string{b.Path}
	}
	return f
}

// caller is an account that asks, with what is known of its requests and of the role.
type caller struct {
	library     *library
	id          string
	facts, role *facts
}

// level returns a level of the account as one of the role, nil for one that has nothing to do
// with who may assume roles.
func (c *caller) level(l *inventory.Level) *controlLevel {
	out := &controlLevel{Level: Level{Type: ServiceControl, Name: levelName(l)}, caller: true}
	allows, denies := false, false
	for _, p := range l.Policies {
		d := *c.library.get(p.Document, nil)
		d.Policy = Policy{Type: ServiceControl, Name: p.Name + " (" + p.ID + ")", ARN: p.ARN}
		if d.problem == "" {
			allows = allows || allowsEverything(d.own)
			denies = denies || slices.ContainsFunc(d.own.Statements, deniesAssuming)
			d = *c.converted(&d)
		} else {
			denies = true
		}
		out.Policies, out.documents = append(out.Policies, d.Policy), append(out.documents, &d)
	}
	if allows && !denies {
		return nil
	}
	gate := *c.gate(allows)
	gate.Policy = Policy{Type: ServiceControl, Name: "(none)"}
	out.Policies, out.documents = append(out.Policies, gate.Policy), append(out.documents, &gate)
	return out
}

// deniesAssuming reports whether a statement may deny what roles are assumed by.
func deniesAssuming(s policy.Statement) bool {
	if s.NotAction != nil && slices.ContainsFunc(s.NotAction, func(a string) bool { return a == "*" || policy.Fold(a) == "sts:*" }) {
		return false // as where nothing but some services may be used outside of a Region
	}
	return s.Effect != "Allow" && (s.NotAction != nil || slices.ContainsFunc(s.Action, func(a string) bool { return policy.Intersects(policy.Fold(a), "sts:*") }))
}

// gate returns a document that lets all pass, or all but those of the account.
func (c *caller) gate(all bool) *document {
	condition := ""
	if !all {
		condition = `,"Condition":{"StringNotEquals":{"aws:PrincipalAccount":"` + c.id + `"}}`
	}
	return c.library.get(inventory.Document(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"`+condition+`}]}`), nil)
}

// converted returns a service control policy as one of a resource: what it denies, it denies to
// principals of the account.
func (c *caller) converted(d *document) *document {
	out := *d.resolved(c.facts).resolved(c.role)
	out.own, out.tokens = copied(out.own), copied(out.tokens)
	gate := c.gate(false)
	for of, from := range map[*policy.Document]*policy.Document{out.own: gate.own, out.tokens: gate.tokens} {
		is := from.Statements[0].Condition[0]
		is.Operator = "StringEquals"
		for i := range of.Statements {
			s := &of.Statements[i]
			s.Principal = []policy.Principal{{Type: "*", Value: "*"}}
			if s.Effect != "Allow" {
				s.Condition = append(slices.Clone(s.Condition), is)
			}
		}
	}
	out.found = map[string][]string{}
	for _, from := range []*document{d, gate} {
		for token, own := range from.found {
			out.found[token] = append(out.found[token], own...)
		}
	}
	out.printed = sync.OnceValue(out.print)
	return &out
}
