package severity_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"iamctl/policy"
	"iamctl/policy/policytest"
	"iamctl/verdict"
	"iamctl/verdict/severity"
)

// The universe of the laws of trust.
var (
	lawPrincipals = []policy.Principal{
		{Type: "*", Value: "*"},
		{Type: "AWS", Value: "*"},
		{Type: "AWS", Value: "111111111111"},
		{Type: "AWS", Value: "arn:aws:iam::111111111111:role/ci"},
		{Type: "AWS", Value: "arn:aws:iam::222222222222:root"},
		{Type: "Service", Value: "lambda.amazonaws.com"},
		{Type: "Federated", Value: "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com"},
		{Type: "Federated", Value: "cognito-identity.amazonaws.com"},
	}
	lawGuards = []policy.Condition{
		{Operator: "StringEquals", Key: "sts:ExternalId", Values: []string{"x"}},
		{Operator: "Bool", Key: "aws:MultiFactorAuthPresent", Values: []string{"true"}},
		{Operator: "StringEquals", Key: "aws:PrincipalOrgID", Values: []string{"o-x"}},
		{Operator: "StringEquals", Key: "aws:PrincipalAccount", Values: []string{"222222222222"}},
		{Operator: "StringLike", Key: "token.actions.githubusercontent.com:sub", Values: []string{"repo:acme/*"}},
		{Operator: "StringEquals", Key: "token.actions.githubusercontent.com:sub", Values: []string{"repo:acme/app:ref:refs/heads/main"}},
		{Operator: "StringLike", Key: "token.actions.githubusercontent.com:sub", Values: []string{"*"}},
	}
)

func lawTrust(t *rapid.T) *policy.Document {
	d := &policy.Document{Version: "2012-10-17"}
	for range rapid.IntRange(1, 3).Draw(t, "statements") {
		s := policy.Statement{Effect: rapid.SampledFrom([]string{"Allow", "Allow", "Allow", "Deny"}).Draw(t, "effect")}
		s.Action = rapid.SampledFrom([][]string{{"sts:AssumeRole"}, {"sts:AssumeRoleWithWebIdentity"}, {"sts:*"}, {"sts:AssumeRole", "sts:TagSession"}}).Draw(t, "actions")
		first := rapid.SampledFrom(lawPrincipals).Draw(t, "principal")
		s.Principal = []policy.Principal{first}
		if second := rapid.SampledFrom(lawPrincipals).Draw(t, "another"); second.Type == first.Type && second != first {
			s.Principal = append(s.Principal, second)
		}
		if rapid.Bool().Draw(t, "guarded") || s.Effect == "Deny" {
			s.Condition = []policy.Condition{rapid.SampledFrom(lawGuards).Draw(t, "guard")}
		}
		d.Statements = append(d.Statements, s)
	}
	return d
}

// respelled spells principals and operators otherwise.
func respelled(t *rapid.T, d *policy.Document) *policy.Document {
	r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
	d = policytest.Permuted(d).Draw(t, "permuted")
	out := *d
	out.Statements = slices.Clone(d.Statements)
	for i := range out.Statements {
		s := &out.Statements[i]
		for k, p := range s.Principal {
			if p.Value == "111111111111" && r.IntN(2) == 0 {
				s.Principal[k].Value = "arn:aws:iam::111111111111:root"
			}
		}
		for k, c := range s.Condition {
			switch {
			case r.IntN(2) == 0:
			case c.Operator == "StringEquals":
				s.Condition[k].Operator = "StringLike"
			case c.Operator == "StringLike":
				s.Condition[k].Values = []string{strings.ReplaceAll(c.Values[0], "*", "**")}
			}
		}
	}
	return &out
}

// TestTrustLaws: a judgement of trust does not follow the spelling of either side.
func TestTrustLaws(t *testing.T) {
	c := verdict.NewComparer(verdict.Options{})
	levels, undecided := map[severity.Level]int{}, 0
	for range lawChecks() {
		rapid.Check(t, func(t *rapid.T) {
			p, q := lawTrust(t), lawTrust(t)
			p2, q2 := respelled(t, p), respelled(t, q)
			first, second := c.Trust(p, q), c.Trust(p2, q2)
			if first.Verdict != second.Verdict {
				undecided++
				return
			}
			a, b := severity.Trust(c, p, q, first), severity.Trust(c, p2, q2, second)
			levels[a.Level]++
			if a.Level != b.Level || first.Verdict != verdict.Unknown && plain(a.Kind) != plain(b.Kind) {
				t.Fatalf("%s: %s\nreworded %s: %s\n%s\n%s\nreworded\n%s\n%s", a.Level, a.Kind, b.Level, b.Kind, p, q, p2, q2)
			}
		})
	}
	t.Logf("%v, %d left out", levels, undecided)
}
