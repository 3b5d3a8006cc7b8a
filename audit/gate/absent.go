package gate

import (
	"strings"

	"iamctl/policy"
)

// natural returns the gate for requests alone that have no condition key which such
// principals never have: claims of a token where there is none or another provider's,
// membership of an organisation, which services and the users of providers are not in,
// and the source and the name of a service where no service calls; nor is who has an account
// a service (IAM User Guide, "AWS global condition context keys" and "IAM and AWS STS
// condition context keys").
func (g Gate) natural() Gate {
	out := g
	services, providers := g.Services(), g.Providers()
	null := func(key string, absent string) policy.Condition {
		return policy.Condition{Operator: "Null", Key: key, Values: []string{absent}}
	}
	for _, key := range g.Keys() {
		if claimOf(key, nobody) || sourced(key) {
			// Those of AWS are who has an account.
			out = out.But(null(key, "false"), null(principalAccount, "false"))
		}
		if key == isService {
			out = out.But(policy.Condition{Operator: "StringNotEqualsIgnoreCase", Key: key, Values: []string{"false"}}, null(principalAccount, "false"))
		}
		deny := func(kind string, names []string, never func(name string) bool) {
			for _, name := range names {
				if never(name) {
					out = out.with(policy.Statement{
						Effect: "Deny", Action: []string{"sts:*"}, Principal: []policy.Principal{{Type: kind, Value: name}},
						Condition: []policy.Condition{null(key, "false")},
					})
				}
			}
		}
		deny("Service", services, func(string) bool { return claimOf(key, nobody) || personal(key) })
		deny("Federated", providers, func(name string) bool {
			p := ProviderOf(name)
			return sourced(key) || personal(key) || key == "sts:externalid" || claimOf(key, p.Issuer)
		})
	}
	return out
}

// nobody is no issuer.
const nobody = "nobody"

// claimOf reports whether a condition key, in lower case, is a claim of a token, but of an
// issuer's; that of SAML is "".
func claimOf(key, but string) bool {
	if strings.HasPrefix(key, "saml:") {
		return but != ""
	}
	from, to, ok := policy.KeyName(key)
	return ok && from == 0 && key[:to] != policy.Fold(but)
}

// isService is the condition key, in lower case, that says whether a service itself asks.
const isService = "aws:principalisawsservice"

// sourced reports whether a condition key is of the service that calls, or of the source for
// which it does.
func sourced(key string) bool {
	switch key {
	case "aws:sourceaccount", "aws:sourcearn", "aws:sourceorgid", "aws:sourceorgpaths", "aws:principalservicename", "aws:principalservicenameslist":
		return true
	}
	return false
}

// personal reports whether a condition key is of users and roles alone.
func personal(key string) bool {
	return key == "aws:principalorgid" || key == "aws:principalorgpaths" || key == "aws:username" || strings.HasPrefix(key, "aws:multifactorauth")
}
