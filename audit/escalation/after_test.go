package escalation_test

import (
	"slices"
	"strings"
	"testing"

	"iamctl/audit/audittest"
	"iamctl/audit/config"
	"iamctl/audit/escalation"
	"iamctl/audit/rule"
	"iamctl/inventory"
	"iamctl/verdict/severity"
)

func TestChains(t *testing.T) {
	admin := document(allow("*"))
	assume := func(name string) string { return document(on(allow("sts:AssumeRole"), arn("role/"+name))) }
	for _, tt := range []struct {
		account  *audittest.Builder
		rule     int
		want     string
		severity severity.Level
		reason   string
	}{
		{audittest.New().User("ann", nil, assume("a")).Role("/", "a", trust(""), admin), 0, "in one step: it may assume the role a", severity.Medium, "one step that somebody meant"},
		{audittest.New().User("ann", nil, assume("*")).Role("/", "a", trust(""), admin), 0, "in one step: it may assume the role a", "", "one step that nobody meant"},
		{audittest.New().User("ann", nil).Role("/", "a", trust(arn("user/ann")), admin), 0, "assume the role a, whose trust policy names it", severity.Medium, "named by her ARN"},
		{audittest.New().User("ann", nil, document(on(deny("sts:AssumeRole"), "*"))).Role("/", "a", trust(arn("user/ann")), admin), 0, "", "", "named, and denied"},
		{audittest.New().User("ann", nil, assume("a")).Role("/", "a", trust(""), assume("b")).Role("/", "b", trust(""), admin), 1, "in 2 steps: it may assume the role a by sts:AssumeRole (sts-001), then assume the role b", severity.Medium, "two steps that somebody meant"},
		{audittest.New().User("ann", nil, assume("a")).Role("/", "a", trust(""), assume("b")).Role("/", "b", trust(""), document(allow("iam:AttachRolePolicy"))), 1, "in 3 steps", "", "the last role attaches a policy to itself"},
		{audittest.New().User("ann", nil, assume("a")).Role("/", "a", trust(""), document(on(allow("iam:UpdateAssumeRolePolicy"), arn("role/b")))).
			Role("/", "b", trust("ec2.amazonaws.com"), assume("c")).Role("/", "c", trust(""), admin), 1, "in 3 steps", "", "three steps"},
		{audittest.New().User("ann", nil, assume("a")).Role("/", "a", trust(""), document(allow("lambda:UpdateFunctionCode"))).Role("/", "b", trust("lambda.amazonaws.com"), admin), 1, "in 2 steps", severity.High, "a step of which it is not known whether there is such a function"},
		{audittest.New().User("ann", nil, assume("a")).Role("/", "a", trust(""), assume("b")).Role("/", "b", trust(arn("user/bob")), admin).User("bob", nil), 1, "", "", "the last step is for another"},
		{audittest.New().User("ann", nil, assume("a")).Role("/", "a", trust(""), document(under(allow("iam:AttachRolePolicy"), "Bool", "aws:MultiFactorAuthPresent", "true"))), 1, "", "", "the session of a role has no MFA"},
		{audittest.New().User("ann", nil, assume("a")).Role("/", "a", trust(""), document(under(allow("iam:AttachRolePolicy"), "Bool", "aws:MultiFactorAuthPresent", "false"))), 1, "in 2 steps", "", "the session of a role is asked to have none"},
		{audittest.New().User("ann", nil, assume("a")).Role("/", "a", trust(""), document(under(allow("iam:AttachRolePolicy"), "NumericLessThan", "aws:MultiFactorAuthAge", "300"))), 1, "", "", "nor an age of it"},
		{audittest.New().User("ann", nil, assume("a")).Role("/", "a", trust(""), assume("b")).Role("/", "b", document(statement{"Effect": "Allow", "Principal": map[string]any{"AWS": arn("root")}, "Action": "sts:AssumeRole", "Condition": map[string]any{"Bool": map[string]any{"aws:MultiFactorAuthPresent": "true"}}}), admin), 1, "", "", "a trust policy asks a session for MFA"},
		{audittest.New().User("ann", nil, assume("b")).Role("/", "b", document(statement{"Effect": "Allow", "Principal": map[string]any{"AWS": arn("root")}, "Action": "sts:AssumeRole", "Condition": map[string]any{"Bool": map[string]any{"aws:MultiFactorAuthPresent": "true"}}}), admin), 0, "in one step", severity.Medium, "a trust policy asks a user for MFA"},
		{audittest.New().User("ann", nil, assume("a")).Role("/", "a", trust(""), document(allow("s3:*"))), 1, "", "", "no administrator"},
		{audittest.New().User("ann", nil, assume("a")).Role("/", "a", trust(""), assume("b")).Role("/aws-service-role/x.amazonaws.com/", "b", trust(""), admin), 1, "", "", "a service-linked role is AWS's"},
	} {
		found := slices.DeleteFunc(tt.account.Check(t, &escalation.Rules[tt.rule], config.Config{}), func(f rule.Finding) bool { return f.Entity.Name != "ann" })
		got := audittest.Messages(found)
		if tt.want == "" && len(got) > 0 || tt.want != "" && (len(got) != 1 || !strings.Contains(got[0], tt.want) || found[0].Severity != tt.severity) {
			t.Errorf("%s: found %+v, want %q, %s", tt.reason, found, tt.want, tt.severity)
		}
		for _, f := range found { // each step with what proves it
			if steps := len(f.Steps); steps < tt.rule*2 || tt.rule == 1 && steps != strings.Count(f.Message, ", then ")+1 {
				t.Errorf("%s: %q has %d steps", tt.reason, f.Message, steps)
			}
		}
	}
}

// What a first step gives counts for the steps that follow.
func TestAfterwards(t *testing.T) {
	const attach = "iam:AttachUserPolicy"
	only := func(s statement, which string) statement { return under(s, "ArnLike", "iam:PolicyARN", which) }
	own := audittest.PolicyARN("*")
	limit := func(list ...statement) string { return document(append(list, allow("s3:*"))...) }
	for _, tt := range []struct {
		list   []statement
		other  string // a policy that nobody has
		limit  string // the boundary
		rule   int
		want   string
		reason string
	}{
		{[]statement{only(allow(attach), own)}, document(allow("iam:*")), "", 1, "in 2 steps: it may attach a policy to itself (other) by iam:AttachUserPolicy (iam-008), then attach any policy to itself", "a policy with all of IAM"},
		{[]statement{only(allow(attach), own)}, document(allow("s3:*")), "", 0, "it gains permissions in one step: it may attach a policy to itself (other)", "a policy with more"},
		{[]statement{only(allow(attach), own)}, document(allow("s3:*")), "", 1, "", "a policy that leads to nobody"},
		{[]statement{only(allow(attach), own), allow("s3:*")}, document(allow("s3:Get*")), "", 0, "", "a policy with no more"},
		{[]statement{only(allow(attach), own), allow("iam:CreatePolicyVersion")}, document(allow("s3:*")), "", 0, "change a policy and attach it to itself (other)", "a policy that she may change"},
		{[]statement{only(allow(attach), own), allow("iam:CreatePolicy")}, document(allow("s3:*")), "", 0, "write a policy and attach it to itself by iam:AttachUserPolicy with iam:CreatePolicy", "a policy that she makes"},
		{[]statement{only(allow(attach), audittest.PolicyARN("x-*")), on(allow("iam:CreatePolicy"), audittest.PolicyARN("y-*"))}, document(allow("s3:*")), "", 0, "", "policies that she makes are none that she may attach"},
		{[]statement{allow(attach)}, document(allow("s3:*")), limit(allow("iam:*")), 1, "then take the boundary off itself", "her boundary leaves what takes it off"},
		{[]statement{allow("iam:PutUserPolicy")}, document(allow("s3:*")), limit(allow("iam:*")), 1, "it may write any policy for itself by iam:PutUserPolicy (iam-007), then take the boundary off itself", "the same by a policy that she writes"},
		{[]statement{allow(attach)}, document(allow("s3:*")), limit(allow(attach)), 1, "", "her boundary leaves nothing that leads on"},
		{[]statement{allow(attach)}, document(allow("s3:*")), limit(allow(attach)), 0, "", "what her boundary leaves is meant"},
	} {
		b := audittest.New().Policy("other", tt.other).User("ann", nil, document(tt.list...))
		if tt.limit != "" {
			b.Policy("limit", tt.limit).With(audittest.Bounded("ann", "limit"))
		}
		got := about(t, b, &escalation.Rules[tt.rule])
		if tt.want == "" && len(got) > 0 || tt.want != "" && (len(got) != 1 || !strings.Contains(got[0], tt.want)) {
			t.Errorf("%s: found %q, want %q", tt.reason, got, tt.want)
		}
	}
	// Who may become one of these has one step more.
	b := audittest.New().Policy("hers", document(allow("iam:SetDefaultPolicyVersion"))).Role("/", "r", trust("")).
		User("ann", nil, document(on(allow("sts:AssumeRole"), arn("role/r")))).With(func(a *inventory.Account) {
		a.Policies[0].Others = []inventory.PolicyVersion{{ID: "v2", Document: inventory.Document(document(allow("iam:*")))}}
		a.Roles[0].Attached = []inventory.PolicyRef{{Name: "hers", ARN: audittest.PolicyARN("hers")}}
	})
	if got := about(t, b, &escalation.Rules[1]); len(got) != 1 || !strings.Contains(got[0], "in 3 steps: it may assume the role r") {
		t.Errorf("a role that puts a version in force: found %q", got)
	}
}
