package escalation_test

import (
	"strings"
	"testing"

	"iamctl/audit/audittest"
	"iamctl/audit/config"
	"iamctl/audit/escalation"
	"iamctl/inventory"
)

// unread gives somebody a boundary that could not be read.
func unread(kind inventory.Entity, name string) func(*inventory.Account) {
	lost := &inventory.PolicyRef{Name: "lost", ARN: audittest.PolicyARN("lost")}
	return func(a *inventory.Account) {
		for i := range a.Users {
			if kind == inventory.EntityUser && a.Users[i].Name == name {
				a.Users[i].Boundary = lost
			}
		}
		for i := range a.Roles {
			if kind == inventory.EntityRole && a.Roles[i].Name == name {
				a.Roles[i].Boundary = lost
			}
		}
		a.Gaps = append(a.Gaps, inventory.Gap{Kind: inventory.GapRead, Entity: kind, Name: name, Part: inventory.Part(inventory.Boundary), PolicyName: "lost", Blind: true})
	}
}

// What depends on a boundary that could not be read is undecided, and never silent.
func TestUnreadBoundary(t *testing.T) {
	all := document(allow("*"))
	user := func(policies ...string) *audittest.Builder {
		return audittest.New().User("ann", nil, policies...).With(unread(inventory.EntityUser, "ann"))
	}
	bounded := func(hers string, policies ...string) *audittest.Builder {
		return audittest.New().User("ann", nil, hers).Role("/", "r", trust(""), policies...).With(unread(inventory.EntityRole, "r"))
	}
	const yes, gains = "an administrator in one step", "it gains permissions in one step"
	check(t, []row{
		{user(document(allow("iam:PutUserPolicy"))), yes, true, "she writes a policy for herself"},
		{user(document(allow("iam:AttachUserPolicy"))), yes, true, "she attaches one"},
		{user(document(allow("s3:*"))), "", false, "she may do nothing that lifts"},
		{user(document(allow("iam:PutUserPolicy"), deny("*"))), "", false, "she is denied everything"},
		{user(document(on(allow("iam:PutUserPolicy"), arn("user/bob")))), "", false, "she writes one for somebody else"},
		{user(document(allow("iam:DeleteUserPermissionsBoundary", "s3:*"))), gains, true, "she takes it off, and has what it may have kept from her"},
		{user(document(allow("*"), deny("iam:Put*", "iam:Attach*"))), yes, true, "she may do all but lift"},
		{user(document(on(allow("iam:AddUserToGroup"), arn("group/admins")))).Group("admins", all), yes, true, "she joins a group"},
		{user(document(allow("iam:CreateRole", "iam:PutRolePolicy"))), yes, true, "she makes a role"},
		{user(document(allow("iam:PassRole", "ec2:RunInstances"))).Role("/", "root", trust("ec2.amazonaws.com"), all), yes, true, "she passes a role"},
		{user().Role("/", "root", trust(arn("user/ann")), all), yes, false, "a role that names her: no boundary limits that"},
		{bounded(document(on(allow("sts:AssumeRole"), arn("role/r"))), all), yes, true, "she assumes an administrator that it may limit"},
		{bounded(document(on(allow("sts:AssumeRole"), arn("role/r"))), document(allow("s3:*"))), "", false, "she assumes a role that is no administrator without it either"},
		{bounded(document(allow("iam:PassRole", "ec2:RunInstances"), on(allow("sts:AssumeRole"), arn("role/x"))), document(allow("iam:PutRolePolicy"))), "", false, "a role that she may not become"},
		{bounded(document(on(allow("sts:AssumeRole"), arn("role/r")), allow("iam:PutRolePolicy"))), yes, true, "she writes a policy for a role that it limits, and assumes it"},
		{bounded(document(on(allow("sts:AssumeRole"), arn("role/r")), allow("iam:PutRolePolicy", "iam:DeleteRolePermissionsBoundary"))), yes, false, "and takes it off that role"},
		{bounded(document(on(allow("sts:AssumeRole"), arn("role/r"))), document(on(allow("iam:AttachRolePolicy"), arn("role/r")))), "in 2 steps", true, "a role that it limits lifts itself"},
	})
	found := user(document(allow("iam:PutUserPolicy"))).Check(t, &escalation.Rules[0], config.Config{})
	if len(found) != 1 || !strings.Contains(found[0].Unknown, "the boundary lost of the user ann could not be read") {
		t.Errorf("found %+v, want the boundary as the reason", found)
	}
}
