package trust

import (
	"slices"
	"strings"

	"iamctl/audit/gate"
	"iamctl/audit/rule"
	"iamctl/policy"
	"iamctl/verdict/severity"
)

// Anyone is TRUST-ANYONE.
var Anyone = rule.Rule{
	ID: "TRUST-ANYONE", Severity: severity.Critical,
	Title:  "roles that let in principals whom nobody named, of no named account or organisation",
	Why:    "anybody with an account of AWS becomes the role; what else is asked for, such as an external id, only makes it high",
	Source: `IAM User Guide, "AWS JSON policy elements: Principal" (All principals)`,
	Blind:  "an organisation that is named is taken for a meant one: IAM-057 says where it is not the own one",
	Check:  each(anyone),
}

func anyone(v *visit) []rule.Finding {
	if !v.gate.Everybody() {
		return nil
	}
	g := v.strangers().OutsideNamedOrganizations()
	if a := g.Only(func(key string) bool { return theirs(key) || key == sourceIP && everywhere(g) }).Anybody(); a.Witness != nil {
		return []rule.Finding{v.finding("", a, "the role lets in anyone with an account of AWS")}
	}
	if a := g.Anybody(); a.Open() {
		f := v.finding("", a, "the role lets in anyone with an account of AWS")
		if a.Witness != nil {
			f.Severity = severity.High
			f.Message += " and " + strings.Join(v.gate.Spelled(a.Guards()), ", ")
		}
		return []rule.Finding{f}
	}
	if a := v.anyToken(); a.Witness != nil {
		return []rule.Finding{v.finding("token", a, "the role lets in anyone with a token of an identity provider that AWS knows, such as Google")}
	}
	return nil
}

const sourceIP = "aws:sourceip"

// everywhere reports whether the conditions on the address of who asks let in every one of IPv4.
func everywhere(g gate.Gate) bool {
	return !slices.ContainsFunc(g.Conditions(sourceIP), func(c policy.Condition) bool {
		op, ok := policy.ParseOperator(c.Operator)
		return !ok || op.Kind != policy.IPOperator || op.Negated || !slices.Contains(c.Values, "0.0.0.0/0")
	})
}

// theirs reports whether everybody can choose the value of a condition key, in lower
// case: of their own principals, accounts and organisations, and how they ask.
func theirs(key string) bool {
	return strings.HasPrefix(key, "aws:principal") || strings.HasPrefix(key, "aws:requesttag/") || key == "aws:tagkeys" ||
		key == "aws:securetransport" || key == "sts:rolesessionname" || strings.HasPrefix(key, "aws:multifactorauth")
}

// anyToken asks whether the users of an identity provider get in that nobody named.
func (v *visit) anyToken() gate.Answer {
	const google = "accounts.google.com"
	for _, p := range v.gate.Providers() {
		if p == google {
			return gate.Answer{Statement: -1}
		}
	}
	return v.gate.As(policy.Principal{Type: "Federated", Value: google}).Unguarded().Anybody()
}
