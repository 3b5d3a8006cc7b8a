package webidentity_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"iamctl/audit/audittest"
	"iamctl/audit/config"
	"iamctl/audit/webidentity"
	_ "iamctl/internal/raced"
	"iamctl/policy"
	"iamctl/policy/eval"
)

const (
	gitHub   = "token.actions.githubusercontent.com"
	provider = "arn:aws:iam::111111111111:oidc-provider/" + gitHub
)

// strangers are subjects of owners that no pattern of the test names.
func strangers() []string {
	var out []string
	for _, owner := range []string{"evil", "acmeevil", "acme-evil", "acm", "acmx", "eacme", "e", "evil@9", "acme-evil@123", "x@123"} {
		for _, name := range []string{"app", "x", "acme", "app@456"} {
			for _, context := range []string{"ref:refs/heads/main", "environment:prod", "environment:acme/app", "pull_request"} {
				out = append(out, "repo:"+owner+"/"+name+":"+context)
			}
		}
	}
	return append(out, "environment:prod", "ref:refs/heads/main", "repository_owner:evil", "repository_owner:acmeevil:environment:prod")
}

// A tenant is found where the evaluator lets in a stranger, whatever the conditions; and
// who is found is one.
func TestStrangers(t *testing.T) {
	subjects := []string{
		"repo:acme/app:*", "repo:acme/*", "repo:acme*", "repo:acm?/*", "repo:*/app:*", "*", "repo:*", "*:environment:prod", "repo:acme@123/app@456:*", "repo:*@123/*",
		"repo:acme/app:ref:refs/heads/main", "repo:umbrella/*", "repository_owner:acme:*", "repo:acme@*", "*acme/app:*", "environment:prod",
	}
	operators := []string{
		"StringLike", "StringEquals", "StringNotLike", "StringNotEquals", "StringLikeIfExists", "ForAnyValue:StringLike", "ForAllValues:StringLike", "StringEqualsIgnoreCase",
	}
	rapid.Check(t, func(rt *rapid.T) {
		var statements []string
		for range rapid.IntRange(1, 3).Draw(rt, "statements") {
			conditions := map[string]map[string][]string{}
			for range rapid.IntRange(0, 2).Draw(rt, "conditions") {
				operator, key := rapid.SampledFrom(operators).Draw(rt, "operator"), gitHub+":sub"
				conditions[operator] = map[string][]string{key: rapid.SliceOfN(rapid.SampledFrom(subjects), 1, 2).Draw(rt, "values")}
			}
			effect := "Allow"
			if len(statements) > 0 {
				effect = rapid.SampledFrom([]string{"Allow", "Deny"}).Draw(rt, "effect")
			}
			text, _ := json.Marshal(conditions)
			statements = append(statements, fmt.Sprintf(`{"Effect": %q, "Principal": {"Federated": %q}, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": %s}`, effect, provider, text))
		}
		document := `{"Version": "2012-10-17", "Statement": [` + strings.Join(statements, ", ") + `]}`
		d, _, err := policy.Parse(document)
		if err != nil {
			rt.Fatal(err)
		}
		stranger := ""
		for _, subject := range strangers() {
			r := eval.Request{
				Principal: policy.Principal{Type: "Federated", Value: provider}, Action: "sts:AssumeRoleWithWebIdentity",
				Context: map[string][]string{gitHub + ":sub": {subject}, gitHub + ":aud": {"sts.amazonaws.com"}},
			}
			if eval.Trust(d, &r).Outcome == eval.Allowed {
				stranger = subject
			}
		}
		found := audittest.New().Role("/", "r", document).Check(t, &webidentity.Tenant, config.Config{})
		if stranger != "" && len(found) == 0 {
			rt.Fatalf("%s: missed that %s gets in", document, stranger)
		}
		for _, f := range found {
			for _, subject := range f.Witness.Context[gitHub+":sub"] {
				for _, own := range []string{"repo:acme/", "repo:acme@", "repo:umbrella/", "repository_owner:acme:"} {
					if strings.HasPrefix(strings.ToLower(subject), own) && strings.Contains(document, own) {
						rt.Fatalf("%s: %s is no stranger", document, subject)
					}
				}
			}
		}
	})
}
