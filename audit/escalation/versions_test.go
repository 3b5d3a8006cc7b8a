package escalation_test

import (
	"strings"
	"testing"

	"iamctl/audit/audittest"
	"iamctl/audit/config"
	"iamctl/audit/escalation"
	"iamctl/inventory"
)

// Which versions a policy has decides what it is worth to put another in force.
func TestVersions(t *testing.T) {
	hers := document(allow("iam:SetDefaultPolicyVersion"))
	for _, tt := range []struct {
		others  []inventory.PolicyVersion
		want    string
		unknown bool
		reason  string
	}{
		{nil, "an administrator in one step", true, "the versions were not read"},
		{[]inventory.PolicyVersion{}, "", false, "there is none"},
		{[]inventory.PolicyVersion{{ID: "v2", Document: inventory.Document(document(allow("iam:SetDefaultPolicyVersion"), deny("s3:*")))}}, "", false, "one that is no stronger"},
		{[]inventory.PolicyVersion{{ID: "v2", Document: inventory.Document(document(allow("s3:GetObject")))}}, "it gains permissions in one step", false, "one that allows something else"},
		{[]inventory.PolicyVersion{{ID: "v2", Document: inventory.Document(document(allow("*")))}}, "(hers to v2)", false, "an administrator's"},
		{[]inventory.PolicyVersion{{ID: "v2", Document: inventory.Document(document(under(allow("s3:GetObject"), "DateLessThan", "aws:CurrentTime", "2026-01-01T00:00:00Z")))}}, "", false, "one that allowed something else until a day before"},
		{[]inventory.PolicyVersion{{ID: "v2", Document: inventory.Document(document(under(allow("s3:GetObject"), "DateLessThan", "aws:CurrentTime", "2027-01-01T00:00:00Z")))}}, "it gains permissions in one step", false, "one that allows something else until a later day"},
		{[]inventory.PolicyVersion{{ID: "v2", Document: inventory.Document(document(under(allow("s3:GetObject"), "StringEquals", "aws:username", "bob")))}}, "", false, "one that allows something else to another"},
		{[]inventory.PolicyVersion{{ID: "v2", Document: inventory.Document(document(under(allow("s3:GetObject"), "ArnEquals", "aws:PrincipalArn", arn("user/bob"))))}}, "", false, "one that allows something else to another by its ARN"},
		{[]inventory.PolicyVersion{{ID: "v2", Document: inventory.Document(document(under(allow("s3:GetObject"), "StringEquals", "aws:username", "ann")))}}, "it gains permissions in one step", false, "one that allows something else to her"},
	} {
		b := audittest.New().Policy("hers", hers).User("ann", nil).With(func(a *inventory.Account) {
			a.Policies[0].Others = tt.others
			a.Users[0].Attached = []inventory.PolicyRef{{Name: "hers", ARN: audittest.PolicyARN("hers")}}
		})
		found := b.Check(t, &escalation.Rules[0], config.Config{})
		got := audittest.Messages(found)
		if tt.want == "" && len(got) > 0 || tt.want != "" && (len(got) != 1 || !strings.Contains(got[0], tt.want) || (found[0].Unknown != "") != tt.unknown) {
			t.Errorf("%s: found %+v, want %q", tt.reason, found, tt.want)
		}
	}
}

// A policy of many counts for who may change just that.
func TestPolicies(t *testing.T) {
	for _, tt := range []struct {
		on   string
		want int
	}{
		{audittest.PolicyARN("shared"), 1}, {audittest.PolicyARN("shar*"), 1}, {audittest.PolicyARN("other"), 0}, {"*", 1},
	} {
		b := audittest.New().Policy("shared", document(allow("s3:GetObject"))).Policy("other", document(allow("s3:GetObject"))).Role("/", "a", trust("")).
			User("ann", nil, document(on(allow("iam:CreatePolicyVersion"), tt.on), on(allow("sts:AssumeRole"), arn("role/a")))).With(func(a *inventory.Account) {
			a.Roles[0].Attached = []inventory.PolicyRef{{Name: "shared", ARN: audittest.PolicyARN("shared")}}
		})
		if got := about(t, b, &escalation.Rules[0]); len(got) != tt.want {
			t.Errorf("on %s: found %q, want %d", tt.on, got, tt.want)
		}
	}
}
