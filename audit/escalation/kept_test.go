package escalation_test

import (
	"strings"
	"testing"

	"iamctl/audit/audittest"
	"iamctl/audit/escalation"
	"iamctl/inventory"
)

// What a user is denied itself, and its own boundary, hold for what it gets by a group or
// by a policy of its own.
func TestOwnLimits(t *testing.T) {
	const lift1, lift2, lift3, lift4 = "iam:AttachRolePolicy", "iam:PutRolePolicy", "iam:AttachUserPolicy", "iam:PutUserPolicy"
	lifts := func() statement { return deny(lift1, lift2, lift3, lift4) }
	all := func() statement { return allow("*") }
	storage := func(list ...statement) string { return document(append(list, allow("s3:*"))...) }
	join := func(group string) statement { return on(allow("iam:AddUserToGroup"), arn("group/"+group)) }
	put := func() statement { return on(allow("iam:PutGroupPolicy"), arn("group/own")) }
	attach := func() statement { return on(allow("iam:AttachGroupPolicy"), arn("group/own")) }
	for _, tt := range []struct {
		list   []statement
		limit  string // the boundary
		rule   int
		want   string
		reason string
	}{
		{[]statement{join("admins")}, "", 0, "an administrator in one step: it may join the group admins", "nothing of her own limits her"},
		{[]statement{join("admins")}, storage(allow("iam:AddUserToGroup")), 0, "", "her boundary leaves what it names alone"},
		{[]statement{join("admins")}, storage(allow("iam:AddUserToGroup")), 1, "", "nor does that lead further"},
		{[]statement{join("admins")}, document(all()), 0, "join the group admins", "her boundary leaves everything"},
		{[]statement{join("admins")}, document(all(), lifts()), 0, "", "her boundary leaves nothing that lifts"},
		{[]statement{join("admins")}, storage(allow("iam:AddUserToGroup", "iam:DeleteUserPermissionsBoundary")), 1, "in 2 steps: it may join the group admins by iam:AddUserToGroup (iam-013), then take the boundary off itself", "as one of the group she may take the boundary off"},
		{[]statement{join("admins"), allow("iam:DeleteUserPermissionsBoundary")}, storage(allow("iam:AddUserToGroup", "iam:DeleteUserPermissionsBoundary")), 0, "join the group admins", "she may take the boundary off"},
		{[]statement{join("admins"), lifts()}, "", 1, "in 2 steps: it may join the group admins by iam:AddUserToGroup (iam-013), then change a policy of itself (hers) by iam:CreatePolicyVersion", "she is denied what lifts, and may then change what denies it"},
		{[]statement{join("admins"), deny("iam:Put*", "iam:Attach*", "iam:Create*", "iam:Update*", "iam:Pass*", "iam:Set*", "sts:*", "lambda:*", "ec2:*", "sso:*")}, "", 0, "it gains permissions in one step: it may join the group admins", "she is denied what lifts, and gains the rest"},
		{[]statement{join("admins"), deny("organizations:*")}, "", 0, "an administrator in one step: it may join the group admins", "she is denied something else"},
		{[]statement{allow("iam:AddUserToGroup"), {"Effect": "Deny", "NotAction": []string{"iam:AddUserToGroup"}}}, "", 0, "", "she is denied all that the group has"},
		{[]statement{join("readers"), deny("s3:*")}, "", 0, "", "she is denied what the group has"},
		{[]statement{join("readers"), deny("s3:Put*")}, "", 0, "it gains permissions in one step: it may join the group readers", "she is denied something else than the group has"},
		{[]statement{join("masters")}, "", 1, "in 2 steps: it may join the group masters by iam:AddUserToGroup (iam-013), then attach any policy to itself", "the group may attach a policy to its members"},
		{[]statement{join("masters")}, storage(allow("iam:AddUserToGroup", lift3)), 1, "", "under her boundary that leads to nothing"},
		{[]statement{join("masters")}, document(all()), 1, "then attach any policy to itself", "under a boundary of everything it does"},
		{[]statement{join("masters"), deny(lift3)}, "", 1, "", "she is denied what the group may"},
		{[]statement{join("masters"), deny("s3:*")}, "", 1, "then attach any policy to itself", "she is denied something else than the group may"},
		{[]statement{put()}, "", 0, "write any policy for its group own", "nothing limits what she writes"},
		{[]statement{put()}, storage(allow("iam:PutGroupPolicy")), 0, "", "her boundary limits what she writes for a group"},
		{[]statement{put()}, document(all()), 0, "its group own", "her boundary leaves everything that she writes"},
		{[]statement{put(), lifts()}, "", 1, "in 2 steps: it may write any policy for its group own", "her denies limit what she writes for a group"},
		{[]statement{attach()}, storage(allow("iam:AttachGroupPolicy")), 0, "", "her boundary limits what she attaches to a group"},
		{[]statement{attach()}, document(all()), 0, "attach any policy to its group own", "her boundary leaves everything that she attaches"},
		{[]statement{allow("iam:AttachGroupPolicy"), {"Effect": "Deny", "NotAction": []string{"iam:AttachGroupPolicy"}}}, "", 0, "", "her denies leave nothing of what she attaches"},
		{[]statement{on(allow(lift3), arn("user/ann")), deny(lift1, lift2, lift4)}, "", 0, "an administrator in one step: it may attach any policy to itself", "one way to lift is not denied"},
		{[]statement{on(allow(lift4), arn("user/ann")), deny("s3:*")}, "", 0, "an administrator in one step: it may write any policy for itself", "a policy in place of the one that denies"},
		{[]statement{on(allow("iam:CreateGroup", "iam:PutGroupPolicy", "iam:AddUserToGroup"), arn("group/new-*")), lifts()}, "", 1, "in 2 steps: it may make a group", "her denies limit what a group that she makes is worth"},
	} {
		b := audittest.New().Group("own").Group("admins", document(all())).Group("readers", document(allow("s3:Get*"))).Group("masters", document(on(allow(lift3), arn("user/${aws:username}")))).
			Policy("hers", document(tt.list...)).User("ann", []string{"own"}).With(func(a *inventory.Account) {
			a.Users[0].Attached = []inventory.PolicyRef{{Name: "hers", ARN: audittest.PolicyARN("hers")}}
		})
		if tt.limit != "" {
			b.Policy("limit", tt.limit).With(audittest.Bounded("ann", "limit"))
		}
		got := about(t, b, &escalation.Rules[tt.rule])
		if tt.want == "" && len(got) > 0 || tt.want != "" && (len(got) != 1 || !strings.Contains(got[0], tt.want)) {
			t.Errorf("%s: found %q, want %q", tt.reason, got, tt.want)
		}
	}
}
