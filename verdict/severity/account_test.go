package severity_test

import (
	"fmt"
	"strings"
	"testing"

	"iamctl/verdict"
	"iamctl/verdict/severity"
)

// account returns an account with roles: each a name and the service that it trusts,
// behind a blank a condition.
func account(t *testing.T, roles ...string) *severity.Account {
	var list []severity.Role
	for _, r := range roles {
		name, service, _ := strings.Cut(r, " ")
		service, condition, _ := strings.Cut(service, " ")
		text := `{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":"` + service + `"}`
		if condition != "" {
			text += `,"Condition":` + condition
		}
		list = append(list, severity.Role{ARN: "arn:aws:iam::123456789012:role/" + name, Trust: document(t, text+"}")})
	}
	return severity.NewAccount("123456789012", func() []severity.Role { return list })
}

// TestAccount: a way by which a role is passed is one only if such a role is there.
func TestAccount(t *testing.T) {
	passOn := func(resource string) string { return strings.Replace(pass, `"*"`, `"`+resource+`"`, 1) }
	c := verdict.NewComparer(verdict.Options{})
	for _, tt := range []struct {
		account *severity.Account
		pass    string
		want    bool
		reason  string
	}{
		{nil, pass, true, "the account is not known"},
		{account(t), pass, false, "there is no role"},
		{account(t, "app lambda.amazonaws.com"), pass, true, "a role trusts the service"},
		{account(t, "app ec2.amazonaws.com"), pass, false, "it trusts another service"},
		{account(t, "app lambda.amazonaws.com", "other ec2.amazonaws.com"), passOn("arn:aws:iam::123456789012:role/other"), false, "the one that may be passed does not trust it"},
		{account(t, "app lambda.amazonaws.com", "other ec2.amazonaws.com"), passOn("arn:aws:iam::123456789012:role/a*"), true, "a pattern that matches it"},
		{account(t, "app lambda.amazonaws.com"), passOn("arn:aws:iam::999999999999:role/*"), false, "roles of another account cannot be passed"},
		{account(t, "app lambda.amazonaws.com"), `{"Effect":"Allow","Action":"iam:PassRole","NotResource":"arn:aws:iam::123456789012:role/app"}`, false, "all but that one"},
		{account(t, "app lambda.amazonaws.com"), pass + `,{"Effect":"Deny","Action":"iam:PassRole","Resource":"arn:aws:iam::123456789012:role/a*"}`, false, "denied"},
		{account(t, `app lambda.amazonaws.com {"StringEquals":{"aws:SourceAccount":"123456789012"}}`), pass, true, "its condition can be met"},
		{account(t, "app lambda.amazonaws.com"), strings.TrimSuffix(pass, "}") + `,"Condition":{"StringEquals":{"iam:PassedToService":"lambda.amazonaws.com"}}}`, true, "to the service alone"},
	} {
		old, new := permissions(t, runLambda), permissions(t, runLambda+","+tt.pass)
		j := tt.account.Identity(c, old, new, c.Identity(old, new))
		if got := len(j.Escalations) > 0; got != tt.want {
			t.Errorf("%s: %s is %s: %s", tt.reason, tt.pass, j.Level, j.Kind)
		}
	}
}

// TestOwnAccount: a role's own account is always there.
func TestOwnAccount(t *testing.T) {
	c := verdict.NewComparer(verdict.Options{})
	old, new := document(t, lets(`{"AWS":"111111111111"}`, `"Bool":{"a":"true"}`)), document(t, lets(`{"AWS":["111111111111","123456789012"]}`, `"Bool":{"a":"true"}`))
	r := c.Trust(old, new)
	if j := severity.Trust(c, old, new, r); j.Level != severity.Critical || j.Kind != "account 123456789012 added" {
		t.Errorf("not known to be the own account: %s: %s", j.Level, j.Kind)
	}
	if j := account(t, "app ec2.amazonaws.com").Trust(c, old, new, r); j.Level != severity.High || j.Kind != "any principal of account 123456789012 added" {
		t.Errorf("the own account: %s: %s", j.Level, j.Kind)
	}
}

// TestOwnThings: what may be done on everything is shown on a plain thing of the role's own
// account.
func TestOwnThings(t *testing.T) {
	c := verdict.NewComparer(verdict.Options{})
	own := severity.NewAccount("210987654321", nil)
	for _, tt := range []struct{ statement, want string }{
		{pass, "arn:aws:iam::210987654321:role/any-name"},
		{putAll, "arn:aws:s3:::any-name/any-name"},
	} {
		old, new := permissions(t, get), permissions(t, get+","+tt.statement)
		if j := own.Identity(c, old, new, c.Identity(old, new)); j.Witness == nil || j.Witness.Request.Resource != tt.want {
			t.Errorf("%s is shown by %+v, want %s", tt.statement, j.Witness, tt.want)
		}
	}
}

// BenchmarkAccount judges a gain of all ways in an account with 10,000 roles.
func BenchmarkAccount(b *testing.B) {
	roles := make([]string, 10_000)
	for i := range roles {
		roles[i] = fmt.Sprintf("app-%d ec2.amazonaws.com", i)
	}
	var t testing.T
	c, a := verdict.NewComparer(verdict.Options{}), account(&t, roles...)
	const run = `{"Effect":"Allow","Action":["lambda:*","ecs:*","glue:*","sagemaker:*"],"Resource":"*"}`
	old, new := permissions(&t, get), permissions(&t, run+`,{"Effect":"Allow","Action":"iam:PassRole","Resource":"arn:aws:iam::123456789012:role/x-*"}`)
	r := c.Identity(old, new)
	b.ResetTimer()
	for range b.N {
		a.Identity(c, old, new, r)
	}
}
