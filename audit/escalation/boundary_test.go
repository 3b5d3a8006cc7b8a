package escalation_test

import (
	"strings"
	"testing"

	"iamctl/audit/audittest"
	"iamctl/audit/config"
	"iamctl/audit/escalation"
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

// Who may lift its own boundary has what its policies allow.
func TestOwnBoundary(t *testing.T) {
	const delegated = "iam:PermissionsBoundary"
	wide := audittest.PolicyARN("wide")
	limit := func(list ...statement) string { return document(append(list, allow("s3:*"))...) }
	for _, tt := range []struct {
		role   bool
		limit  string
		others []inventory.PolicyVersion
		want   string
		reason string
	}{
		{false, limit(), nil, "", "nothing to lift it by"},
		{false, limit(allow("iam:DeleteUserPermissionsBoundary")), nil, "an administrator in one step: it may take the boundary off itself", "a user takes it off"},
		{true, limit(allow("iam:DeleteRolePermissionsBoundary")), nil, "an administrator in one step: it may take the boundary off itself", "a role takes it off, and assumes nothing"},
		{true, limit(on(allow("iam:DeleteRolePermissionsBoundary"), arn("role/other"))), nil, "", "of another role"},
		{false, limit(allow("iam:CreatePolicyVersion")), nil, "an administrator in one step: it may change the boundary of itself", "its policy is changed"},
		{false, limit(on(allow("iam:CreatePolicyVersion"), wide)), nil, "", "that of another policy is"},
		{false, limit(allow("iam:SetDefaultPolicyVersion")), []inventory.PolicyVersion{{ID: "v2", Document: inventory.Document(document(allow("*")))}}, "(limit to v2)", "a wide version is put in force"},
		{false, limit(allow("iam:SetDefaultPolicyVersion")), []inventory.PolicyVersion{{ID: "v2", Document: inventory.Document(document(allow("s3:Get*")))}}, "", "a narrow version is"},
		{false, limit(allow("iam:SetDefaultPolicyVersion")), []inventory.PolicyVersion{}, "", "there is no other version"},
		{false, limit(allow("iam:PutUserPermissionsBoundary")), nil, "an administrator in one step: it may put another boundary on itself", "a user puts another"},
		{true, limit(allow("iam:PutRolePermissionsBoundary")), nil, "an administrator in one step: it may put another boundary on itself", "a role puts another"},
		{true, limit(allow("iam:PutUserPermissionsBoundary")), nil, "", "a role is no user"},
		{false, limit(under(allow("iam:PutUserPermissionsBoundary"), "StringEquals", delegated, audittest.PolicyARN("limit"))), nil, "", "the same again"},
		{false, limit(under(allow("iam:PutUserPermissionsBoundary"), "StringEquals", delegated, audittest.PolicyARN("narrow"))), nil, "", "a narrow one"},
		{false, limit(under(allow("iam:PutUserPermissionsBoundary"), "StringEquals", delegated, wide)), nil, "put another boundary on itself", "a wide one alone"},
		{false, limit(under(allow("iam:PutUserPermissionsBoundary"), "Bool", "aws:MultiFactorAuthPresent", "true")), nil, "put another boundary on itself", "with MFA"},
		{false, limit(on(allow("iam:PutUserPermissionsBoundary"), arn("user/bob"))), nil, "", "on somebody else"},
	} {
		b := audittest.New().Policy("limit", tt.limit).Policy("wide", document(allow("*"))).Policy("narrow", document(allow("s3:Get*")))
		if tt.role {
			b.Role("/", "ann", trust("ec2.amazonaws.com"), document(allow("*")))
		} else {
			b.User("ann", nil, document(allow("*")))
		}
		b.With(func(a *inventory.Account) {
			a.Policies[0].Others = tt.others
			ref := &inventory.PolicyRef{Name: "limit", ARN: audittest.PolicyARN("limit")}
			if tt.role {
				a.Roles[0].Boundary = ref
			} else {
				a.Users[0].Boundary = ref
			}
		})
		got := audittest.Messages(b.Check(t, &escalation.Rules[0], config.Config{}))
		if tt.want == "" && len(got) > 0 || tt.want != "" && (len(got) != 1 || !strings.Contains(got[0], tt.want)) {
			t.Errorf("%s: found %q, want %q", tt.reason, got, tt.want)
		}
	}
}
