package escalation_test

import (
	"testing"

	"iamctl/audit/audittest"
	"iamctl/audit/config"
	"iamctl/audit/escalation"
)

// Who may give a group permissions, or add users to one, gains by whom of its members it
// may become.
func TestMembers(t *testing.T) {
	admin := document(allow("*"))
	const put, attach, add, key = "iam:PutGroupPolicy", "iam:AttachGroupPolicy", "iam:AddUserToGroup", "iam:CreateAccessKey"
	group := func(name string) string { return arn("group/" + name) }
	role := func(list ...statement) *audittest.Builder {
		return audittest.New().Policy("limit", document(allow("s3:*"))).Policy("buckets", document(allow("s3:*"))).
			Role("/", "ann", trust("ec2.amazonaws.com"), document(append(list, allow("s3:List*"))...)).
			User("bob", []string{"ops"}).User("carl", nil).Group("ops", document(allow("s3:List*"))).Group("admins", admin)
	}
	user := func(list ...statement) *audittest.Builder {
		return audittest.New().Policy("limit", document(allow("s3:*", "iam:*"))).Policy("buckets", document(allow("s3:*"))).
			User("ann", nil, document(append(list, allow("s3:List*"))...)).
			User("bob", []string{"ops"}).User("carl", nil).Group("ops", document(allow("s3:List*"))).Group("admins", admin)
	}
	keys := func(who string) statement { return on(allow(key), arn("user/"+who)) }
	check(t, []row{
		{role(on(allow(put), group("ops")), keys("bob")), "an administrator in one step: it may write any policy for the group ops and then make itself a key or a password of the user bob", false, "a policy for a group of whose member it may make keys"},
		{user(on(allow(put), group("ops")), keys("bob")), "an administrator in one step: it may write any policy for the group ops", false, "the same by a user"},
		{role(on(allow(put), group("ops")), keys("carl")), "", false, "keys of one who is no member"},
		{role(on(allow(put), group("admins")), keys("bob")), "", false, "of another group"},
		{role(on(allow(put), group("ops"))), "", false, "no keys"},
		{role(on(allow(put), group("ops")), keys("bob"), deny(put)), "", false, "it is denied"},
		{role(on(allow(put), group("ops")), keys("bob"), on(deny(key), arn("user/bob"))), "", false, "the keys are denied"},
		{role(on(allow(put), group("ops")), keys("bob")).With(audittest.Bounded("bob", "limit")), "", false, "the boundary of the member limits it"},
		{role(on(allow(put), group("ops")), keys("bob"), allow("iam:DeleteUserPermissionsBoundary")).With(audittest.Bounded("bob", "limit")), "write any policy for the group ops", false, "the boundary of the member may be taken off"},
		{role(on(allow(attach), group("ops")), on(allow("iam:CreateLoginProfile"), arn("user/bob"))), "attach any policy to the group ops and then make itself a key or a password", false, "a password of a member"},
		{role(on(allow(attach), group("ops")), on(allow("iam:UpdateLoginProfile"), arn("user/bob"))), "attach any policy to the group ops", false, "a new password of a member"},
		{role(under(on(allow(attach), group("ops")), "ArnEquals", "iam:PolicyARN", audittest.PolicyARN("buckets")), keys("bob")), "it gains permissions in one step: it may attach a policy to the group ops (buckets) and then make", false, "a policy that is more"},
		{role(under(on(allow(attach), group("ops")), "ArnEquals", "iam:PolicyARN", audittest.PolicyARN("buckets")), keys("bob"), allow("s3:*")), "", false, "a policy that is no more"},
		{role(on(allow(add), group("admins")), keys("carl")), "an administrator in one step: it may add the user carl to the group admins and then make itself a key or a password of it", false, "one whose keys it may make is added"},
		{role(on(allow(add), group("ops")), keys("carl")), "", false, "to a weak group"},
		{role(on(allow(add), group("admins"))), "", false, "nobody whom it may become"},
		{role(on(allow(add), group("admins")), keys("carl")).With(audittest.Bounded("carl", "limit")), "", false, "the boundary of whom it adds limits it"},
		{role(on(allow(add), group("admins")), allow("iam:CreateUser", key), on(deny(key), arn("user/carl")), on(deny(key), arn("user/bob"))), "an administrator in one step: it may make a user, add it to the group admins and sign in as it", false, "a user whom it makes"},
		{role(on(allow(add), group("ops")), allow("iam:CreateUser", key), allow("s3:*")), "", false, "a user whom it makes, for a weak group"},
		{role(on(allow(add), group("admins")), under(allow("iam:CreateUser"), "StringEquals", "iam:PermissionsBoundary", audittest.PolicyARN("limit")), on(allow(key), arn("user/new-*"))), "", false, "a user whom it makes with a boundary"},
		{role(on(allow(add), group("ops")), on(allow(key), arn("user/carl")), allow("dynamodb:*")).With(attaching("ops", "buckets")), "it gains permissions in one step: it may add the user carl to the group ops", false, "to a stronger group"},
		{role(on(allow(add), group("ops")), on(allow(key), arn("user/carl")), allow("s3:*")).With(attaching("ops", "buckets")), "", false, "to a group that may do as much"},
		{user(on(allow(add), group("admins"))), "join the group admins", false, "a user joins itself"},
		{role(on(allow(put, add), group("ops")), keys("carl")), "in one step: it may write any policy for the group ops and then add the user carl to it and then make itself a key or a password of it by iam:AddUserToGroup with iam:CreateAccessKey", false, "a policy for a group to which it adds one of whom it may make keys"},
		{user(on(allow(put, add), group("ops"))), "in one step: it may write any policy for the group ops and then join it", false, "a user joins the group that it writes a policy for"},
		{user(on(allow(put, add), group("ops")), deny("s3:Delete*")), "in one step: it may write any policy for the group ops and then join it", false, "and is denied something"},
		{user(on(allow(put), group("ops")), on(allow(add), group("admins")), deny("iam:*", "ec2:*")), "", false, "it is denied all that leads on"},
		{user(on(allow(put, add), group("ops"))).With(audittest.Bounded("ann", "limit")), "then join it by iam:AddUserToGroup with iam:PutGroupPolicy (iam-011, iam-013), then take the boundary off itself", false, "its boundary leaves it what takes it off"},
		{user(on(allow(add), group("admins")), keys("carl")).With(audittest.Bounded("ann", "limit")), "add the user carl to the group admins", false, "a user whose own boundary limits it adds another"},
	})
}

// Every member of a group has a name.
func TestMembersHaveNames(t *testing.T) {
	for _, tt := range []struct {
		list   []statement
		want   int
		reason string
	}{
		{[]statement{under(allow("iam:PutUserPolicy"), "Null", "aws:username", "true")}, 0, "as one without a name"},
		{[]statement{allow("iam:PutUserPolicy"), under(deny("*"), "Null", "aws:username", "false")}, 0, "denied to whoever has a name"},
		{[]statement{under(allow("iam:PutUserPolicy"), "Null", "aws:username", "false")}, 1, "as one with a name"},
		{[]statement{under(allow("iam:PutUserPolicy"), "StringLike", "aws:username", "a*")}, 1, "by some of the names"},
	} {
		b := audittest.New().User("ann", []string{"ops"}).Group("ops", document(tt.list...))
		if got := audittest.Messages(b.Check(t, &escalation.Rules[0], config.Config{})); len(got) != tt.want {
			t.Errorf("%s: found %q", tt.reason, got)
		}
	}
}
