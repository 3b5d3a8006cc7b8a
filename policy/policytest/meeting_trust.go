package policytest

import (
	"iamctl/policy"

	"pgregory.net/rapid"
)

// What meeting trust policies are made of.
var (
	meetingTrustActions = []string{"sts:AssumeRole", "sts:AssumeRole*", "sts:*", "sts:TagSession", "*"}
	meetingPrincipals   = []policy.Principal{
		{Type: "*", Value: "*"},
		{Type: "AWS", Value: "*"},
		{Type: "AWS", Value: "111111111111"},
		{Type: "AWS", Value: "arn:aws:iam::111111111111:root"},
		{Type: "AWS", Value: "arn:aws:iam::111111111111:role/path/ci"},
		{Type: "AWS", Value: "arn:aws:iam::222222222222:user/ann"},
		{Type: "AWS", Value: "arn:aws:sts::111111111111:assumed-role/ci/s"},
		{Type: "AWS", Value: "AROAEXAMPLEEXAMPLE00"},
		{Type: "Service", Value: "ec2.amazonaws.com"},
		{Type: "Federated", Value: "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com"},
	}
	meetingCallers = []policy.Condition{
		{Operator: "ArnLike", Key: "aws:PrincipalArn", Values: []string{"arn:aws:iam::111111111111:role/*", "arn:aws:iam::*:role/path/ci", "arn:aws:iam::222222222222:user/*", "arn:aws:iam::3*:*"}},
		{Operator: "StringLike", Key: "aws:PrincipalArn", Values: []string{"*:role/path/*", "arn:aws:iam::22222222222?:*", "*ci"}},
		{Operator: "StringEquals", Key: "aws:PrincipalAccount", Values: []string{"111111111111", "222222222222"}},
		{Operator: "StringLike", Key: "aws:PrincipalAccount", Values: []string{"1*", "*2", "3333????????"}},
		{Operator: "StringEquals", Key: "sts:ExternalId", Values: []string{"a", "b"}},
		{Operator: "StringLike", Key: "token.actions.githubusercontent.com:sub", Values: []string{"repo:acme/app:*", "repo:acme/*", "repo:acme/app:ref:refs/heads/main"}},
	}
)

// MeetingTrust generates trust policies of one to three statements from few words,
// with conditions on who asks.
func MeetingTrust() *rapid.Generator[*policy.Document] {
	return rapid.Custom(func(t *rapid.T) *policy.Document {
		d := &policy.Document{Version: "2012-10-17"}
		for range rapid.IntRange(1, 3).Draw(t, "statements") {
			s := policy.Statement{
				Effect: rapid.SampledFrom([]string{"Allow", "Allow", "Deny"}).Draw(t, "effect"),
				Action: few(t, meetingTrustActions, 2, "actions"),
			}
			s.Principal = rapid.SliceOfNDistinct(rapid.SampledFrom(meetingPrincipals), 1, 3, rapid.ID[policy.Principal]).Draw(t, "principals")
			for _, c := range rapid.SliceOfNDistinct(rapid.SampledFrom(meetingCallers), 0, 2, func(c policy.Condition) string { return c.Operator + c.Key }).Draw(t, "conditions") {
				c.Values = few(t, c.Values, 2, "values")
				c.Operator += rapid.SampledFrom([]string{"", "", "", "IfExists"}).Draw(t, "suffix")
				if c.Operator[0] == 'S' && rapid.IntRange(0, 3).Draw(t, "negated") == 0 {
					c.Operator = "StringNot" + c.Operator[len("String"):]
				}
				s.Condition = append(s.Condition, c)
			}
			d.Statements = append(d.Statements, s)
		}
		return d
	})
}
