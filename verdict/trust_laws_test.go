package verdict_test

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/policy/eval/evaltest"
	"iamctl/policy/policytest"
	"iamctl/verdict"
)

// lawPrincipals are who is let in: each by one statement or another.
var (
	lawPrincipals = []policy.Principal{
		{Type: "AWS", Value: "111111111111"},
		{Type: "AWS", Value: "arn:aws:iam::111111111111:root"},
		{Type: "AWS", Value: "arn:aws:iam::111111111111:role/ci"},
		{Type: "AWS", Value: "arn:aws:iam::222222222222:role/path/ci"},
		{Type: "AWS", Value: "arn:aws:iam::222222222222:user/ann"},
		{Type: "AWS", Value: "arn:aws:sts::111111111111:assumed-role/ci/session"},
		{Type: "AWS", Value: "AROA0123456789ABCDEFG"},
		{Type: "Service", Value: "ec2.amazonaws.com"},
		{Type: "Service", Value: "lambda.amazonaws.com"},
		{Type: "Federated", Value: "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com"},
		{Type: "Federated", Value: "arn:aws:iam::111111111111:saml-provider/idp"},
	}
	lawTrustActions    = []string{"sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity", "sts:TagSession", "sts:*", "sts:Assume*"}
	lawTrustConditions = []policy.Condition{
		{Operator: "StringEquals", Key: "sts:ExternalId", Values: []string{"e", "f"}},
		{Operator: "StringEquals", Key: "sts:ExternalId", Values: []string{"e"}},
		{Operator: "StringLike", Key: "sts:ExternalId", Values: []string{"*"}},
		{Operator: "Null", Key: "sts:ExternalId", Values: []string{"false"}},
		{Operator: "StringEquals", Key: "aws:PrincipalOrgID", Values: []string{"o-a"}},
		{Operator: "ArnLike", Key: "aws:PrincipalArn", Values: []string{"arn:aws:iam::111111111111:role/*"}},
		{Operator: "ArnNotEquals", Key: "aws:PrincipalArn", Values: []string{"arn:aws:iam::111111111111:role/ci"}},
		{Operator: "StringEquals", Key: "aws:PrincipalAccount", Values: []string{"111111111111"}},
		{Operator: "StringNotEqualsIfExists", Key: "aws:PrincipalAccount", Values: []string{"222222222222"}},
		{Operator: "StringLike", Key: "token.actions.githubusercontent.com:sub", Values: []string{"repo:acme/*"}},
		{Operator: "ForAnyValue:StringLike", Key: "token.actions.githubusercontent.com:sub", Values: []string{"repo:acme/app:*"}},
		{Operator: "StringLike", Key: "sts:RoleSessionName", Values: []string{"${aws:username}"}},
		{Operator: "Bool", Key: "aws:MultiFactorAuthPresent", Values: []string{"true"}},
		{Operator: "NumericLessThan", Key: "aws:MultiFactorAuthAge", Values: []string{"3600"}},
		{Operator: "ForAllValues:StringEquals", Key: "sts:TransitiveTagKeys", Values: []string{"a", "b"}},
	}
)

func lawTrustStatement(t *rapid.T) policy.Statement {
	s := policy.Statement{
		Effect:    rapid.SampledFrom([]string{"Allow", "Allow", "Allow", "Deny"}).Draw(t, "effect"),
		Action:    some(t, lawTrustActions, 2, "actions"),
		Principal: rapid.SliceOfNDistinct(rapid.SampledFrom(lawPrincipals), 1, 3, rapid.ID[policy.Principal]).Draw(t, "principals"),
	}
	if rapid.IntRange(0, 3).Draw(t, "everyone") == 0 {
		s.Principal = []policy.Principal{{Type: "*", Value: "*"}}
	}
	seen := map[string]bool{}
	for range rapid.IntRange(0, 2).Draw(t, "conditions") {
		c := rapid.SampledFrom(lawTrustConditions).Draw(t, "condition")
		if rapid.IntRange(0, 3).Draw(t, "any operator") == 0 {
			if list := lawStatement(t).Condition; len(list) > 0 {
				c = list[0]
			}
		}
		if id := policy.Fold(c.Operator + " " + c.Key); !seen[id] {
			seen[id] = true
			s.Condition = append(s.Condition, c)
		}
	}
	return s
}

func lawTrust(t *rapid.T) *policy.Document {
	d := &policy.Document{Version: "2012-10-17"}
	for range rapid.IntRange(1, 3).Draw(t, "statements") {
		d.Statements = append(d.Statements, lawTrustStatement(t))
	}
	return d
}

// and returns the document with a statement more.
func and(d *policy.Document, s policy.Statement, effect string) *policy.Document {
	more := *d
	s.Effect = effect
	more.Statements = append(slices.Clip(d.Statements), s)
	return &more
}

// TestTrustLaws holds the verdicts on generated trust policies against what they
// must be, and against requests of the evaluator.
func TestTrustLaws(t *testing.T) {
	n, reasons := tally{}, map[string]int{}
	law(t, func(t *rapid.T) {
		r := holdTrust(t, lawTrust)
		n[r.Verdict]++
		if r.Verdict == verdict.Unknown {
			reasons[r.Reason]++
		}
	})
	n.log(t, true)
	for _, why := range slices.Sorted(maps.Keys(reasons)) {
		t.Logf("%d unknown: %s", reasons[why], why)
	}
}

// TestTrustOfAnyKind is TestTrustLaws for policies with elements of which AWS does
// not say what they mean.
func TestTrustOfAnyKind(t *testing.T) {
	n := tally{}
	law(t, func(t *rapid.T) {
		n[holdTrust(t, func(t *rapid.T) *policy.Document { return policytest.Trust().Draw(t, "document") }).Verdict]++
	})
	n.log(t, false)
}

func holdTrust(t *rapid.T, draw func(*rapid.T) *policy.Document) *verdict.Result {
	p, q := draw(t), draw(t)
	want := []verdict.Verdict{verdict.Equal, verdict.More, verdict.Less, verdict.Different}
	switch kind := rapid.IntRange(0, 9).Draw(t, "kind"); {
	case kind < 2:
		q, want = policytest.Permuted(p).Draw(t, "permuted"), want[:1]
	case kind < 4:
		q, want = and(p, q.Statements[0], "Allow"), want[:2]
	case kind < 6:
		q, want = and(p, q.Statements[0], "Deny"), []verdict.Verdict{verdict.Equal, verdict.Less}
	}
	r := lawComparer.Trust(p, q)
	if !slices.Contains(want, r.Verdict) && (r.Verdict != verdict.Unknown || len(want) == 1) {
		t.Fatalf("%s (%s), want one of %v:\n%s\n%s", r.Verdict, r.Reason, want, p, q)
	}
	if back := lawComparer.Trust(q, p); back.Verdict != flipped(r.Verdict) {
		t.Fatalf("%s, and swapped %s:\n%s\n%s", r.Verdict, back.Verdict, p, q)
	}
	holdTrustAgainstRequests(t, p, q, r)
	return r
}

func holdTrustAgainstRequests(t *rapid.T, p, q *policy.Document, r *verdict.Result) {
	random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
	for range 60 {
		request := evaltest.Request(random, p, q)
		if !assumes(request.Action) || !asks(request) {
			continue
		}
		old, new := eval.Trust(p, request).Outcome, eval.Trust(q, request).Outcome
		refused := func(o eval.Outcome) bool { return o == eval.NotAllowed || o == eval.Denied }
		gained, lost := new == eval.Allowed && refused(old), old == eval.Allowed && refused(new)
		if gained && (r.Verdict == verdict.Equal || r.Verdict == verdict.Less) || lost && (r.Verdict == verdict.Equal || r.Verdict == verdict.More) {
			t.Fatalf("%s, but %+v is %s by old, %s by new:\n%s\n%s", r.Verdict, *request, old, new, p, q)
		}
	}
}

// asks gives a request the condition keys that follow from who asks, and reports
// whether these are known.
func asks(r *eval.Request) bool {
	for key := range r.Context {
		if folded := policy.Fold(key); folded == "aws:principalarn" || folded == "aws:principalaccount" || folded == "aws:username" {
			delete(r.Context, key)
		}
	}
	if r.Principal.Type != "AWS" {
		return true
	}
	arn, ok := policy.ParseARN(r.Principal.Value)
	if name, isSession := strings.CutPrefix(arn.Resource, "assumed-role/"); isSession {
		name, _, _ = strings.Cut(name, "/")
		arn.Service, arn.Resource = "iam", "role/"+name
	}
	if path, isUser := strings.CutPrefix(arn.Resource, "user/"); isUser {
		r.Context["aws:username"] = []string{path[strings.LastIndexByte(path, '/')+1:]}
	}
	r.Context["aws:PrincipalArn"], r.Context["aws:PrincipalAccount"] = []string{arn.String()}, []string{arn.Account}
	return ok && arn.Resource != "root"
}

// assumes reports whether a trust policy is asked about the action.
func assumes(action string) bool {
	switch policy.Fold(action) {
	case "sts:assumerole", "sts:assumerolewithsaml", "sts:assumerolewithwebidentity", "sts:tagsession", "sts:setsourceidentity":
		return true
	}
	return false
}
