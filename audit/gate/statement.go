package gate

import (
	"slices"

	"iamctl/policy"
	"iamctl/verdict"
)

// Alone returns the gate of one statement in a version of the language, as if it was an
// Allow and the whole trust policy. Principals that were deleted are somebody to it.
func Alone(c *verdict.Comparer, version string, s policy.Statement) Gate {
	s.Effect = "Allow"
	alone := &policy.Document{Version: version, Statements: []policy.Statement{s}}
	return Gate{c, alone, possible(alone)}.natural()
}

// Through returns the gate for those alone whom one Allow statement lets in, of those
// that the gate asks about.
func (g Gate) Through(statement *policy.Statement) Gate {
	return g.edited(func(s *policy.Statement) bool {
		return s.Effect != "Allow" || s.Line == statement.Line && s.Column == statement.Column
	})
}

// denying returns the gate with a Deny of an action for some principals.
func (g Gate) denying(action string, who ...policy.Principal) Gate {
	return g.with(policy.Statement{Effect: "Deny", Action: []string{action}, Principal: who})
}

// Able returns the gate for requests alone that somebody can make: a provider of SAML
// has no web identities, and the tokens of others have the claims that all have.
func (g Gate) Able() Gate {
	out := g
	for _, name := range g.Providers() {
		who := policy.Principal{Type: "Federated", Value: name}
		p := ProviderOf(name)
		if p.SAML {
			out = out.denying("sts:AssumeRoleWithWebIdentity", who)
		} else {
			out = out.denying("sts:AssumeRoleWithSAML", who)
		}
		for _, key := range p.always() {
			if slices.Contains(g.Keys(), policy.Fold(key)) {
				out = out.with(policy.Statement{
					Effect: "Deny", Action: assume, Principal: []policy.Principal{who},
					Condition: []policy.Condition{{Operator: "Null", Key: key, Values: []string{"true"}}},
				})
			}
		}
	}
	return out
}
