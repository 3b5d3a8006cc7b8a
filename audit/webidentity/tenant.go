package webidentity

import (
	"strings"

	"iamctl/audit/gate"
	"iamctl/audit/rule"
	"iamctl/policy"
	"iamctl/verdict/severity"
	"iamctl/verdict/severity/audience"
)

// Tenant is TRUST-OIDC-TENANT.
var Tenant = rule.Rule{
	ID: "TRUST-OIDC-TENANT", Severity: severity.Critical,
	Title:  "roles that let in any tenant of an identity provider that tenants share",
	Why:    "anybody can be a tenant of such a provider, and becomes the role; with another guard, such as an address, it is high",
	Source: `IAM User Guide, "Identity-provider controls for shared OIDC providers"; GitHub, "OpenID Connect reference"`,
	Blind:  "that a claim of a reusable workflow names the owner of the workflow, not of who runs it; which environments and branches strangers may push to",
	Check:  each(tenant),
}

func tenant(v *visit) *rule.Finding {
	if v.shared == nil {
		return nil
	}
	all := v.strangers()
	a := all.Anybody()
	if !a.Open() {
		return nil
	}
	if free := all.Only(v.chosen).Anybody(); free.Witness != nil {
		return v.finding(free, "the role lets in "+v.words(free))
	}
	f := v.finding(a, "the role lets in "+v.words(a))
	if a.Witness != nil {
		f.Severity = severity.High
		f.Message += " with " + strings.Join(a.Guards(), ", ")
	}
	return f
}

// strangers returns the gate for the users of tenants that the policy does not name.
func (v *visit) strangers() gate.Gate {
	g := v.gate
	for _, key := range v.naming() {
		for _, c := range g.Conditions(key) {
			g = v.named(g, c)
		}
	}
	return g
}

// named returns the gate without the users of the tenants that a condition names.
func (v *visit) named(g gate.Gate, c policy.Condition) gate.Gate {
	op, ok := policy.ParseOperator(c.Operator)
	if !ok || op.Kind == policy.NullOperator {
		return g
	}
	var patterns, exact []string
	for _, value := range c.Values {
		switch head, closed := v.head(c.Key, value); {
		case closed:
			patterns = append(patterns, head+"*")
		case !wild(value) && v.names(value):
			exact = append(exact, value)
		}
	}
	operator := "StringEquals"
	if op.Kind == policy.StringIgnoreCaseOperator {
		operator, exact = "StringEqualsIgnoreCase", c.Values
	}
	if len(patterns) > 0 {
		g = g.But(policy.Condition{Operator: "StringLike", Key: c.Key, Values: patterns})
	}
	if len(exact) > 0 {
		g = g.But(policy.Condition{Operator: operator, Key: c.Key, Values: exact})
	}
	return g
}

// chosen reports whether a tenant chooses what a condition key is, in lower case: its
// claims, but for who is at work.
func (v *visit) chosen(key string) bool {
	issuer := policy.Fold(v.Issuer) + ":"
	claim, ok := strings.CutPrefix(key, issuer)
	return key == "sts:rolesessionname" || ok && claim != "actor" && claim != "actor_id"
}

// words says who gets in by an answer, and who else.
func (v *visit) words(a gate.Answer) string {
	p := audience.New(v.name)
	p.Key = v.tenantKey()
	var values []string
	for _, c := range v.gate.Conditions(p.Key) {
		values = append(values, c.Values...)
	}
	var everyone, others []string
	for _, group := range p.Of(values, func(claim string) bool {
		return v.gate.But(policy.Condition{Operator: "StringNotEquals", Key: p.Key, Values: []string{claim}}).Anybody().Witness != nil
	}) {
		if group.Everyone {
			everyone = append(everyone, group.Words)
		} else {
			others = append(others, group.Words)
		}
	}
	const most = 3
	switch list := append(everyone, others...); {
	case len(list) > most:
		return strings.Join(list[:most], ", ") + " and others"
	case len(list) > 0:
		return strings.Join(list, ", ")
	}
	text := "tenants of " + v.shared.Name + " that the policy does not name"
	if a.Witness != nil {
		for key, values := range a.Witness.Context {
			if policy.CompareFold(key, p.Key) == 0 && len(values) == 1 {
				text += ", by a claim such as " + values[0]
			}
		}
	}
	return text
}
