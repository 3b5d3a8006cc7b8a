package escalation_test

import (
	"testing"

	"iamctl/audit/audittest"
	"iamctl/inventory"
)

// A boundary that the holder must give to whom it makes limits nobody if it may be taken
// off, replaced or widened afterwards.
func TestUndone(t *testing.T) {
	const delegated = "iam:PermissionsBoundary"
	limit := audittest.PolicyARN("limit")
	bounded := func(s statement) statement { return under(s, "StringEquals", delegated, limit) }
	making := func() statement { return bounded(allow("iam:CreateRole", "iam:AttachRolePolicy")) }
	users := func() statement { return bounded(allow("iam:CreateUser", "iam:PutUserPolicy")) }
	account := func(list ...statement) *audittest.Builder {
		return audittest.New().Policy("limit", document(allow("s3:*", "ec2:Describe*"))).Policy("wide", document(allow("*"))).Policy("narrow", document(allow("s3:Get*"))).
			User("ann", nil, document(append(list, allow("s3:*", "ec2:Describe*"))...))
	}
	wider := func(document string) func(*inventory.Account) {
		return func(a *inventory.Account) {
			a.Policies[0].Others = []inventory.PolicyVersion{{ID: "v2", Document: inventory.Document(document)}}
		}
	}
	none := func(a *inventory.Account) { a.Policies[0].Others = []inventory.PolicyVersion{} }
	limits := func(d string) func(*inventory.Account) {
		return func(a *inventory.Account) { a.Policies[0].Document = inventory.Document(d) }
	}
	const off, put = "iam:DeleteRolePermissionsBoundary", "iam:PutRolePermissionsBoundary"
	const yes = "an administrator in one step: it may make a role, give it any policy"
	check(t, []row{
		{account(making()), "", false, "nothing undoes it"},
		{account(making(), allow(off)), yes, false, "it may be taken off"},
		{account(making(), on(allow(off), arn("role/other"))).Role("/", "other", trust("ec2.amazonaws.com")), "", false, "another role's may"},
		{account(bounded(on(allow("iam:CreateRole", "iam:AttachRolePolicy"), arn("role/app-*"))), on(allow(off), arn("role/app-*"))), yes, false, "of roles with such names"},
		{account(bounded(on(allow("iam:CreateRole", "iam:AttachRolePolicy"), arn("role/app-*"))), on(allow(off), arn("role/*-x"))), yes, false, "of roles with some such names"},
		{account(bounded(on(allow("iam:CreateRole", "iam:AttachRolePolicy"), arn("role/app-*"))), on(allow(off), arn("role/web-*"))), "", false, "of roles with other names"},
		{account(making(), allow(off), deny(off)), "", false, "it may, and is denied"},
		{account(making(), under(allow(off), "StringEquals", delegated, audittest.PolicyARN("narrow"))), "", false, "another boundary may be taken off"},
		{account(making(), under(allow(off), "StringEquals", delegated, limit)), yes, false, "just this one may be"},
		{account(making(), allow(off), under(deny(off), "StringEquals", delegated, limit)), "", false, "just this one may not be"},
		{account(making(), allow(put)), yes, false, "it may be replaced"},
		{account(making(), bounded(allow(put))), "", false, "it may be replaced by itself"},
		{account(making(), under(allow(put), "StringEquals", delegated, audittest.PolicyARN("wide"))), yes, false, "it may be replaced by a wide one"},
		{account(making(), under(allow(put), "StringEquals", delegated, audittest.PolicyARN("narrow"))), "", false, "it may be replaced by a narrow one"},
		{account(making(), on(allow("iam:CreatePolicyVersion"), limit)), yes, false, "its policy may be changed"},
		{account(making(), on(allow("iam:CreatePolicyVersion"), audittest.PolicyARN("narrow"))), "", false, "another policy may be changed"},
		{account(making(), on(allow("iam:SetDefaultPolicyVersion"), limit)).With(wider(document(allow("*")))), yes, false, "a wide version of it may be put in force"},
		{account(making(), on(allow("iam:SetDefaultPolicyVersion"), limit)).With(wider(document(allow("s3:*")))), "", false, "a narrow version of it may be put in force"},
		{account(making(), on(allow("iam:SetDefaultPolicyVersion"), limit)).With(none), "", false, "it has no other version"},
		{account(making(), on(allow("iam:SetDefaultPolicyVersion"), limit)), yes, true, "its versions are not known"},
		{account(bounded(allow("iam:CreateRole")), bounded(allow("iam:PutRolePolicy")), allow(off)), yes, false, "a policy that is written"},
		{account(bounded(allow("iam:CreateRole")), allow("iam:PutRolePolicy")), "", false, "a policy that is written, and nothing undoes it"},
		{account(under(allow("iam:CreateRole"), "StringLike", delegated, audittest.PolicyARN("lim*")), allow("iam:PutRolePolicy", off)), yes, false, "a pattern of boundaries"},
		{account(under(allow("iam:CreateRole"), "ArnEquals", delegated, limit), allow("iam:PutRolePolicy", off)), yes, false, "by its ARN"},
		{account(allow("iam:CreateRole", "iam:PutRolePolicy", off), under(deny("iam:CreateRole"), "StringNotEquals", delegated, limit)), yes, false, "denied without it"},
		{account(allow("iam:CreateRole", "iam:PutRolePolicy"), under(deny("iam:CreateRole"), "StringNotEquals", delegated, limit)), "", false, "denied without it, and nothing undoes it"},
		{account(users(), allow("iam:CreateAccessKey")), "", false, "a user, and nothing undoes it"},
		{account(users(), allow("iam:CreateAccessKey", "iam:DeleteUserPermissionsBoundary")), "make a user", false, "a user's may be taken off"},
		{account(users(), allow("iam:CreateAccessKey", off)), "", false, "a role's may be"},
		{account(users(), allow("iam:CreateAccessKey", "iam:PutUserPermissionsBoundary")), "make a user", false, "a user's may be replaced"},
		{account(users(), allow("iam:DeleteUserPermissionsBoundary")), "", false, "a user without credentials"},
		{account(making()).With(limits(document(allow("*")))), yes, false, "it allows everything"},
		{account(making()).With(limits(document(allow("s3:*", "iam:*")))), "in 2 steps: it may make a role, give it any policy and assume it by iam:AttachRolePolicy with iam:CreateRole, then take the boundary off itself", false, "it leaves what takes it off"},
		{account(making()).With(limits(document(allow("s3:*", "iam:*"), deny("iam:*Boundary", "iam:Create*", "iam:Attach*", "iam:Put*", "iam:Set*", "iam:Add*", "iam:Update*")))), "", false, "it leaves nothing that leads on"},
		{account(allow("iam:CreateRole", "iam:PutRolePolicy"), under(deny("iam:CreateRole"), "Null", delegated, "true")), yes, false, "any boundary will do"},
		{account(under(allow("iam:CreateRole"), "StringEquals", delegated, "arn:aws:iam::aws:policy/PowerUserAccess"), allow("iam:PutRolePolicy")), yes, true, "one that was not read, and nothing undoes it"},
		{account(under(allow("iam:CreateRole"), "StringEquals", delegated, "arn:aws:iam::aws:policy/PowerUserAccess"), allow("iam:PutRolePolicy", off)), yes, false, "one that was not read may be taken off"},
	})
}
