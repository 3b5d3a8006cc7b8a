package audit_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"iamctl/audit"
	"iamctl/audit/account"
	"iamctl/audit/audittest"
	"iamctl/audit/config"
	"iamctl/audit/rule"
)

// inOrder returns the rule and the entity of each finding, in their order.
func inOrder(a *account.Account, ids ...string) []string {
	rules := slices.DeleteFunc(audit.Rules(), func(r rule.Rule) bool { return !slices.Contains(ids, r.ID) })
	var out []string
	for _, f := range audit.Run([]*account.Account{a}, audit.Options{Rules: rules, Config: &config.Config{}, Day: time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC)}) {
		out = append(out, f.Rule.ID+" "+f.Entity.Name)
	}
	return out
}

// Of foreign accounts unknown ones come first, whatever roles let them in.
func TestUnknownAccountsFirst(t *testing.T) {
	trusting := func(ids string) string {
		return `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": [` + ids + `]}, "Action": "sts:AssumeRole"}]}`
	}
	a := audittest.New().Role("/", "a-vendor", trusting(`"464622532012"`)).Role("/", "aws", trusting(`"127311923021"`)).
		Role("/", "both", trusting(`"464622532012", "333333333333"`)).Role("/", "unknown", trusting(`"333333333333"`)).Account()
	want := []string{"IAM-057 both", "IAM-057 unknown", "IAM-057 a-vendor", "IAM-057 both", "IAM-057 aws"}
	if got := inOrder(a, "IAM-057"); !slices.Equal(got, want) {
		t.Errorf("the findings are %q, want %q", got, want)
	}
}

// What is said of an administrator is not said of its statement again.
func TestAdministratorsAreSaidOnce(t *testing.T) {
	all := `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}`
	pass := `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"}]}`
	both := audittest.New().Role("/", "boss", "", all, pass).Role("/", "deployer", "", pass).Account()
	for _, tt := range []struct {
		rules  []string
		want   []string
		reason string
	}{
		{[]string{"ADMIN", "PASSROLE-ANY"}, []string{"ADMIN boss", "PASSROLE-ANY deployer"}, "by the same statement"},
		{[]string{"PASSROLE-ANY"}, []string{"PASSROLE-ANY boss", "PASSROLE-ANY deployer"}, "nobody asks for ADMIN"},
		{[]string{"ADMIN", "PASSROLE-NO-SERVICE"}, []string{"ADMIN boss", "PASSROLE-NO-SERVICE boss", "PASSROLE-NO-SERVICE deployer"}, "and by another one, which stays when the first is mended"},
	} {
		if got := inOrder(both, tt.rules...); !slices.Equal(got, tt.want) {
			t.Errorf("%s: found %q, want %q", tt.reason, got, tt.want)
		}
	}
}

// Nor is it said of another statement without which there would be no administrator.
func TestAdministratorsByTwoStatements(t *testing.T) {
	const but, iam, rest = `{"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}`, `{"Effect": "Allow", "Action": "iam:*", "Resource": "*"}`, `{"Effect": "Allow", "Action": "iam:Pass*", "Resource": "*"}`
	document := func(statements string) string {
		return `{"Version": "2012-10-17", "Statement": [` + statements + `]}`
	}
	for _, tt := range []struct {
		policies []string
		want     []string
		reason   string
	}{
		{[]string{document(but + ", " + iam)}, []string{"ADMIN boss"}, "two statements of one policy"},
		{[]string{document(but), document(iam)}, []string{"ADMIN boss"}, "two policies"},
		{[]string{document(iam)}, []string{"PASSROLE-ANY boss", "PASSROLE-NO-SERVICE boss"}, "one that makes nobody an administrator"},
		{[]string{document(but + ", " + iam), document(rest)}, []string{"ADMIN boss", "PASSROLE-NO-SERVICE boss"}, "a third one"},
	} {
		if got := inOrder(audittest.New().Role("/", "boss", "", tt.policies...).Account(), "ADMIN", "PASSROLE-ANY", "PASSROLE-NO-SERVICE"); !slices.Equal(got, tt.want) {
			t.Errorf("%s: found %q, want %q", tt.reason, got, tt.want)
		}
	}
}

// Whoever waits hears of every rule, and of the end.
func TestAskingIsHeard(t *testing.T) {
	var heard []string
	a := []*account.Account{audittest.New().Account(), audittest.New().Account()}
	audit.Run(a, audit.Options{Rules: audit.Rules()[:2], Config: &config.Config{}, Asking: func(tag, rule string, done, total int) {
		heard = append(heard, fmt.Sprintf("%s %s %d/%d", tag, rule, done, total))
	}})
	want := []string{"test ADMIN 0/4", "test ESCALATION 1/4", "test ADMIN 2/4", "test ESCALATION 3/4", "  4/4"}
	if !slices.Equal(heard, want) {
		t.Errorf("heard %q, want %q", heard, want)
	}
}

// What is missing in an account is behind what is wrong in it, as bad as it is.
func TestWholeAccountsAreLast(t *testing.T) {
	all := `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"}]}`
	want := []string{"PASSROLE-ANY deployer", "IAM-047 account", "IAM-047 account"}
	if got := inOrder(audittest.New().Role("/", "deployer", "", all).Account(), "IAM-047", "PASSROLE-ANY"); !slices.Equal(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}
}
