package webidentity

import (
	"strings"

	"iamctl/audit/gate"
	"iamctl/audit/rule"
	"iamctl/policy"
	"iamctl/verdict/severity"
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
	if v.shared == nil || v.gate.Asks(v.naming(), v.tenant) {
		return nil
	}
	all := v.strangers()
	if !all.Anybody().Open() {
		return nil
	}
	if free := all.Only(v.chosen); free.Anybody().Witness != nil {
		words, a := v.who(free)
		return v.finding(a, "the role lets in "+words)
	}
	words, a := v.who(all)
	f := v.finding(a, "the role lets in "+words)
	if a.Witness != nil {
		f.Severity = severity.High
		f.Message += " with " + strings.Join(v.gate.Spelled(a.Guards()), ", ")
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

// tenant reports whether a value of a condition names a tenant.
func (v *visit) tenant(c policy.Condition, value string) bool {
	_, closed := v.head(c.Key, value)
	return closed || !wild(value) && v.names(value)
}

// named returns the gate without the users of the tenants that a condition names.
func (v *visit) named(g gate.Gate, c policy.Condition) gate.Gate {
	op, ok := policy.ParseOperator(c.Operator)
	if !ok || op.Kind == policy.NullOperator {
		return g
	}
	var patterns, exact []string
	operator, anyCase := "StringEquals", op.Kind == policy.StringIgnoreCaseOperator
	if anyCase {
		operator = "StringEqualsIgnoreCase"
	}
	for _, value := range c.Values {
		head, closed := v.head(c.Key, value)
		if closed {
			patterns = append(patterns, head+"*")
		}
		if v.tenant(c, value) && (anyCase || !closed) {
			exact = append(exact, value)
		}
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
