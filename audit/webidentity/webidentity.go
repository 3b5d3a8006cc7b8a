// Package webidentity has the rules about trust policies that let in the users of
// identity providers.
package webidentity

import (
	"iamctl/audit/account"
	"iamctl/audit/gate"
	"iamctl/audit/rule"
	"iamctl/policy"
	"iamctl/verdict/severity/audience"
)

// Rules are all rules of the package.
var Rules = []rule.Rule{Tenant, Audience, SAMLAudience, ForeignProvider}

// visit is the look at one provider in one trust policy.
type visit struct {
	in   *rule.Input
	role *account.Holder
	// name is as the policy has it.
	name string
	gate.Provider
	// shared is the issuer that tenants share, nil if none do.
	shared *audience.Issuer
	// gate is for the provider's users alone, when they assume the role.
	gate gate.Gate
}

// each returns the check of a rule that looks at one provider after the other.
func each(look func(*visit) *rule.Finding) func(*rule.Input) []rule.Finding {
	return func(in *rule.Input) []rule.Finding {
		var out []rule.Finding
		for _, r := range in.Account.Trusting() {
			g := gate.New(in.Comparer, r.Trust.Document)
			for _, name := range g.Providers() {
				v := &visit{in: in, role: r, name: name, Provider: gate.ProviderOf(name)}
				v.gate = g.As(policy.Principal{Type: "Federated", Value: name}).Since(in.Day).Able().Assuming()
				if i, ok := audience.SharedIssuer(v.Issuer); ok && !v.SAML {
					v.shared = &i
				}
				if f := look(v); f != nil {
					out = append(out, *f)
				}
			}
		}
		return out
	}
}

func (v *visit) finding(a gate.Answer, message string) *rule.Finding {
	f := rule.In(v.role, v.role.Trust, a.Statement)
	f.Key, f.Witness, f.Unknown, f.Message = v.name, a.Witness, a.Unknown, message
	f.Trust("")
	return &f
}
