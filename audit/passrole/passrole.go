// Package passrole has the rules about iam:PassRole: who may hand which roles to which
// services (IAM User Guide, "Grant a user permissions to pass a role to an AWS service").
package passrole

import (
	"slices"
	"strings"

	"iamctl/audit/account"
	"iamctl/audit/grant"
	"iamctl/audit/rule"
	"iamctl/policy"
	"iamctl/verdict/severity"
)

const (
	action = "iam:PassRole"
	// passedTo is the service that a role is passed to. Every request to pass one has it.
	passedTo = "iam:PassedToService"
	source   = `IAM User Guide, "Grant a user permissions to pass a role to an AWS service"`
)

// Rules are the rules of the package.
var Rules = []rule.Rule{
	{
		ID: "PASSROLE-ANY", Severity: severity.High, Check: anyRole, Source: source,
		Title:    "who may pass every role of the account",
		Why:      "whoever starts a service with any role has what the strongest role may do",
		Controls: []string{"AWS Config iam-policy-no-statements-with-full-access"},
	},
	{
		ID: "PASSROLE-MIXED", Severity: severity.Low, Check: eachStatement(mixed), Source: source,
		Title: "iam:PassRole in a statement together with other actions",
		Why:   "resources and conditions of such a statement fit either the roles or the other actions",
	},
	{
		ID: "PASSROLE-NO-SERVICE", Severity: severity.Medium, Check: eachStatement(noService), Source: source,
		Title: "roles that match a wildcard may be passed to any service",
		Why:   "without iam:PassedToService a role meant for one service can be started by another, which takes code",
	},
	{
		ID: "PASSROLE-TAG-CONDITION", Severity: severity.High, Check: eachStatement(tagCondition, tagDeny), Source: source,
		Title: "iam:PassRole guarded by the tags of the role",
		Why:   "IAM does not support that: the result is not what the condition says",
	},
	{
		ID: "PASSROLE-UNTRUSTED-SERVICE", Severity: severity.Low, Check: eachStatement(untrustedService), Source: source,
		Title: "roles that may be passed to a service which they do not trust",
		Why:   "the service cannot assume the role: the permission is of no use, or the wrong role is named",
	},
	{
		ID: "PASSROLE-OTHER-ACCOUNT", Severity: severity.Low, Check: eachStatement(otherAccount), Source: source,
		Title: "iam:PassRole on a role of another account",
		Why:   "a role can be passed within its account alone: the permission is of no use",
	},
	{
		ID: "ROLE-MANY-SERVICES", Severity: severity.Low, Check: manyServices, Source: source,
		Title: "a role that several services may assume",
		Why:   "whoever may pass the role to one of them has what it may do for the others",
	},
}

// anyName is a role that nobody has named.
const anyName = "zz-any-role"

// anyRole finds who may pass a role of any name.
func anyRole(in *rule.Input) []rule.Finding {
	var out []rule.Finding
	for _, h := range holders(in) {
		g := in.Grant(h).Only(action).On(roleARN(in, anyName))
		a := g.Anything()
		if !a.Open() || a.Policy != nil && a.Policy.Group != "" {
			continue
		}
		f := rule.In(h, a.Policy, a.Statement)
		if f.Message = "it may pass every role of the account, to any service"; !anyService(g) {
			f.Message, f.Severity = "it may pass every role of the account, to some services", severity.Medium
		}
		f.Witness, f.Unknown = a.Witness, a.Unknown
		f.Fix, f.Choice = rule.Replacing(h, a.Policy), true
		out = append(out, f)
	}
	return out
}

// holders returns whose permissions the account's owner wrote: those of service-linked
// roles are AWS's.
func holders(in *rule.Input) []*account.Holder {
	return slices.DeleteFunc(slices.Clone(in.Account.Holders), (*account.Holder).ServiceLinked)
}

func roleARN(in *rule.Input, name string) string {
	id := in.Own()
	if id == "" {
		id = "*"
	}
	partition := in.Account.Partition
	if partition == "" {
		partition = "*"
	}
	return "arn:" + partition + ":iam::" + id + ":role/" + name
}

// anyService reports whether roles may be passed to a service that nobody has named.
func anyService(g grant.Grant) bool { return toAnyService(g).Anything().Open() }

// toAnyService returns what is granted to a service that nobody has named.
func toAnyService(g grant.Grant) grant.Grant {
	return g.But(policy.Statement{Condition: []policy.Condition{{Operator: "StringNotEquals", Key: passedTo, Values: []string{unnamed}}}})
}

// named reports whether a statement names the passing of roles: a wildcard that is not
// only about that is of PASSROLE-ANY.
func named(s *policy.Statement) bool {
	return slices.ContainsFunc(s.Action, func(a string) bool {
		return len(a) > len("iam:") && strings.EqualFold(a[:len("iam:")], "iam:") && strings.Trim(a[len("iam:"):], "*") != "" && policy.MatchFold(a, action)
	})
}
