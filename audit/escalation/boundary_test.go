package escalation_test

import (
	"testing"

	"iamctl/audit/audittest"
	"iamctl/inventory"
)

// The policy that is the boundary of whom one becomes may be changed before.
func TestBoundaryOfAnother(t *testing.T) {
	limit, change, restore := audittest.PolicyARN("limit"), "iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion"
	her := func(text string, list ...statement) *audittest.Builder {
		return audittest.New().Policy("limit", document(allow("s3:*"))).Policy("other", document(allow("s3:*"))).
			User("ann", nil, document(list...)).Role("/", "adm", document(statement{"Effect": "Allow", "Principal": map[string]any{"AWS": arn("user/ann")}, "Action": "sts:AssumeRole"}), text).
			With(audittest.Bounded("adm", "limit"))
	}
	version := func(text string) func(*inventory.Account) {
		return func(a *inventory.Account) {
			a.Policies[0].Others = []inventory.PolicyVersion{{ID: "v2", Document: inventory.Document(text)}}
		}
	}
	admin, low := document(allow("*")), document(on(allow("iam:AttachRolePolicy"), arn("role/adm")))
	const yes = "an administrator in one step: it may change the boundary of the role adm (limit) and then assume it"
	check(t, []row{
		{her(admin, on(allow(change), limit)), yes, false, "just this policy"},
		{her(admin, on(allow(change), "*")), yes, false, "any policy"},
		{her(admin, on(allow(change), audittest.PolicyARN("other"))), "", false, "another policy"},
		{her(admin, on(allow(change), limit), deny(change)), "", false, "she is denied it"},
		{her(admin, on(allow(change), limit)).With(audittest.Bounded("ann", "other")), "", false, "her own boundary keeps her from it"},
		{her(document(allow("s3:Get*")), on(allow(change), limit), allow("s3:*")), "", false, "the boundary keeps nothing from the role"},
		{her(admin, on(allow(restore), limit)).With(version(admin)), "put another version in force of the boundary of the role adm (limit to v2) and then assume it", false, "a wide version is put in force"},
		{her(admin, on(allow(restore), limit), allow("s3:*")).With(version(document(allow("s3:Get*")))), "", false, "a narrow version is"},
		{her(low, on(allow(change), limit)), "in 2 steps: it may change the boundary of the role adm (limit) and then assume it by iam:CreatePolicyVersion with sts:AssumeRole (iam-016), then attach any policy to itself", false, "the role lifts itself then"},
		{her(document(on(allow("iam:AttachRolePolicy"), arn("role/x"))), on(allow(change), limit)), "", false, "the role lifts nobody then"},
	})
}
