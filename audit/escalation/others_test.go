package escalation_test

import (
	"testing"

	"iamctl/audit/audittest"
	"iamctl/audit/config"
	"iamctl/audit/escalation"
	"iamctl/inventory"
)

// IAM refuses to change the roles of IAM Identity Center, by whoever it is.
func TestOfAWS(t *testing.T) {
	const path = "/aws-reserved/sso.amazonaws.com/eu-west-1/"
	admin := document(allow("*"))
	shared := func(hers string) *audittest.Builder {
		return audittest.New().Policy("shared", document(allow("s3:GetObject"))).User("ann", nil, hers).Role(path, "a", trust("")).With(func(a *inventory.Account) {
			a.Roles[0].Attached = []inventory.PolicyRef{{Name: "shared", ARN: audittest.PolicyARN("shared")}}
		})
	}
	for _, tt := range []struct {
		account *audittest.Builder
		want    int
		reason  string
	}{
		{audittest.New().User("ann", nil, document(allow("iam:UpdateAssumeRolePolicy"))).Role(path, "a", trust("ec2.amazonaws.com"), admin), 0, "its trust policy"},
		{audittest.New().User("ann", nil, document(allow("iam:UpdateAssumeRolePolicy"))).Role("/", "a", trust("ec2.amazonaws.com"), admin), 1, "that of another role"},
		{audittest.New().Role(path, "a", trust(""), document(allow("iam:AttachRolePolicy", "iam:PutRolePolicy"))), 0, "its own policies"},
		{audittest.New().Role("/", "a", trust(""), document(allow("iam:AttachRolePolicy", "iam:PutRolePolicy"))), 1, "those of another role"},
		{audittest.New().User("ann", nil, document(allow("iam:PutRolePolicy", "sts:AssumeRole"))).Role(path, "a", trust("")), 0, "its policies by who may assume it"},
		{audittest.New().User("ann", nil, document(allow("sts:AssumeRole"))).Role(path, "a", trust(""), admin), 1, "it may be assumed"},
		{shared(document(allow("iam:CreatePolicyVersion", "sts:AssumeRole"))), 1, "a policy of the account's own that it has may be changed"},
	} {
		if got := audittest.Messages(tt.account.Check(t, &escalation.Rules[0], config.Config{})); len(got) != tt.want {
			t.Errorf("%s: found %q, want %d", tt.reason, got, tt.want)
		}
	}
}
