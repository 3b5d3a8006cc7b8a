package webidentity

import (
	"strings"

	"iamctl/audit/rule"
	"iamctl/policy"
	"iamctl/verdict/severity"
)

// Audience is TRUST-OIDC-AUD.
var Audience = rule.Rule{
	ID: "TRUST-OIDC-AUD", Severity: severity.Low,
	Title:  "roles that take tokens of an identity provider which are for anybody",
	Why:    "a token that was made for another application, and leaks there, is as good as one for AWS",
	Source: `IAM User Guide, "Create a role for OpenID Connect federation"`,
	Blind:  "IAM takes only tokens for the audiences of its provider, which it does not see; where the audience names the tenant, TRUST-OIDC-TENANT says it",
	Check: each(func(v *visit) *rule.Finding {
		if v.SAML || v.shared != nil && (v.shared.Claim == "app_id" || v.shared.Claim == "aud" && v.strangers().Anybody().Open()) {
			return nil
		}
		return v.audience("the role asks of no token of " + v.Issuer + " for whom it is")
	}),
}

// SAMLAudience is TRUST-SAML-AUD.
var SAMLAudience = rule.Rule{
	ID: "TRUST-SAML-AUD", Severity: severity.Low,
	Title:  "roles that take SAML assertions which are for anybody",
	Why:    "an assertion that was made for another application, and leaks there, is as good as one for AWS",
	Source: `IAM User Guide, "Create a role for SAML 2.0 federation"`,
	Check: each(func(v *visit) *rule.Finding {
		if !v.SAML {
			return nil
		}
		return v.audience("the role asks of no SAML assertion for whom it is")
	}),
}

// audience finds that tokens get in which are for somebody whom the policy does not name.
func (v *visit) audience(message string) *rule.Finding {
	g, key := v.gate, v.Provider.Audience()
	if g.Asks([]string{key}, func(_ policy.Condition, value string) bool { return !wild(value) }) {
		return nil
	}
	for _, c := range g.Conditions(key) {
		if values := some(c.Values); len(values) > 0 {
			g = g.But(policy.Condition{Operator: "StringLike", Key: key, Values: values}).
				But(policy.Condition{Operator: "StringEqualsIgnoreCase", Key: key, Values: values})
		}
	}
	if a := g.Anybody(); a.Open() {
		return v.finding(a, message)
	}
	return nil
}

// some returns the values that are not for everything.
func some(values []string) []string {
	var out []string
	for _, v := range values {
		if strings.Trim(v, "*?") != "" {
			out = append(out, v)
		}
	}
	return out
}

// ForeignProvider is TRUST-FOREIGN-PROVIDER.
var ForeignProvider = rule.Rule{
	ID: "TRUST-FOREIGN-PROVIDER", Severity: severity.High,
	Title:  "roles that let in the users of an identity provider of another account",
	Why:    "who runs that account says whom its provider vouches for; a friendly account is a finding of low severity",
	Source: `IAM User Guide, "AWS JSON policy elements: Principal" (Federated principals)`,
	Check: each(func(v *visit) *rule.Finding {
		if v.Account == "" || v.in.Own() == "" || v.Account == v.in.Own() {
			return nil
		}
		a := v.gate.Anybody()
		if !a.Open() {
			return nil
		}
		f := v.finding(a, "the role lets in users of an identity provider of account "+v.Account)
		if v.friendly() {
			f.Severity = severity.Low
		}
		return f
	}),
}

func (v *visit) friendly() bool {
	for _, id := range v.in.Config.FriendlyAccounts {
		if id == v.Account {
			return true
		}
	}
	return false
}
