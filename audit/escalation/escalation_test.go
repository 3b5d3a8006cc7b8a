package escalation_test

import (
	"strings"
	"testing"

	"iamctl/audit/audittest"
	"iamctl/audit/config"
	"iamctl/audit/escalation"
	"iamctl/inventory"
)

func TestDirect(t *testing.T) {
	full := document(allow("*"))
	limit := document(allow("s3:*", "iam:*"))
	base := func(policy string) *audittest.Builder {
		return audittest.New().Policy("hers", policy).Policy("full", full).Policy("limit", limit).
			User("ann", []string{"own"}).User("root", nil, full).Group("own").Group("admins", full).
			Role("/", "admin", trust("ec2.amazonaws.com"), full).Role("/", "weak", trust("")).Role("/", "reader", trust("ec2.amazonaws.com"), document(allow("s3:GetObject"))).
			With(func(a *inventory.Account) {
				a.Users[0].Attached = []inventory.PolicyRef{{Name: "hers", ARN: audittest.PolicyARN("hers")}}
			})
	}
	entry := func(effect, who string) statement {
		return statement{"Effect": effect, "Action": "sts:AssumeRole", "Principal": map[string]any{"AWS": who}}
	}
	allowIn := func() statement { return entry("Allow", arn("root")) }
	denyIn := func() statement { return entry("Deny", "*") }
	opened := func(trust ...statement) *audittest.Builder {
		return base(document(on(allow("sts:AssumeRole"), arn("role/open")))).Role("/", "open", document(trust...), document(allow("*"))).
			With(func(a *inventory.Account) { a.Users[0].ID = "AIDAANN" })
	}
	tagged := func(value string) func(*inventory.Account) {
		return func(a *inventory.Account) {
			for i := range a.Users {
				a.Users[i].Tags = []inventory.Tag{{Key: "a", Value: value}}
			}
			for i := range a.Roles {
				a.Roles[i].Tags = []inventory.Tag{{Key: "a", Value: value}}
			}
		}
	}
	const delegated = "iam:PermissionsBoundary"
	for _, tt := range []struct {
		account      *audittest.Builder
		want, reason string
	}{
		{base(full), "", "an administrator has nothing to gain"},
		{base(document(allow("*"), deny("organizations:*"))), "", "nor has one who may not do all"},
		{base(document(allow("*"), deny("iam:*"))), "what runs", "one who may do nothing in IAM may take over what runs"},
		{base(document(on(allow("iam:CreateAccessKey"), arn("user/ann")))), "", "keys of her own"},
		{base(document(on(allow("iam:CreateAccessKey"), arn("user/${aws:username}")))), "", "keys of her own by a variable"},
		{base(document(under(on(allow("iam:PutUserPolicy"), arn("user/${aws:username}")), "Bool", "aws:MultiFactorAuthPresent", "true"))), "write any policy for itself", "a policy of her own by a variable, with MFA"},
		{base(document(under(allow("iam:PutUserPolicy"), "StringEquals", "aws:username", "ann"), under(deny("*"), "BoolIfExists", "aws:MultiFactorAuthPresent", "false"))), "write any policy for itself", "by her name, and only with MFA"},
		{base(document(under(allow("iam:PutUserPolicy"), "StringEquals", "aws:username", "bob"), under(deny("*"), "BoolIfExists", "aws:MultiFactorAuthPresent", "false"))), "", "by the name of somebody else"},
		{base(document(allow("iam:PutUserPolicy"), under(deny("*"), "StringEquals", "aws:username", "ann"))), "", "her name is denied"},
		{base(document(on(allow("iam:CreateAccessKey"), arn("user/root")))), "user root", "keys of an administrator"},
		{base(document(on(allow("iam:AttachUserPolicy"), arn("user/root")))), "", "to others"},
		{base(document(on(allow("iam:AddUserToGroup"), arn("group/own")))), "", "a group that she is in"},
		{base(document(on(allow("iam:AddUserToGroup"), arn("group/admins")))), "join the group admins", "a stronger group"},
		{base(document(on(allow("iam:PutGroupPolicy"), arn("group/own")))), "its group own", "a group of hers"},
		{base(document(on(allow("iam:CreatePolicyVersion"), audittest.PolicyARN("full")))), "", "a policy that she does not have"},
		{base(document(on(allow("iam:CreatePolicyVersion"), audittest.PolicyARN("hers")))), "(hers)", "her own policy"},
		{base(document(on(allow("iam:CreatePolicyVersion"), "arn:aws:iam::aws:policy/*"))), "", "nobody changes AWS's policies"},
		{base(document(under(allow("iam:AttachRolePolicy", "iam:CreateRole"), "StringEquals", delegated, audittest.PolicyARN("limit")), on(allow("sts:AssumeRole"), arn("role/weak")))), "", "the delegation pattern"},
		{base(document(allow("iam:AttachRolePolicy"), on(allow("sts:AssumeRole"), arn("role/weak")))), "and then assume it", "a role without a boundary that she may assume"},
		{base(document(under(allow("iam:AttachUserPolicy"), "ArnEquals", "iam:PolicyARN", "arn:aws:iam::aws:policy/ReadOnlyAccess"))), "", "a policy that lifts nobody"},
		{base(document(under(allow("iam:AttachUserPolicy"), "ArnEquals", "iam:PolicyARN", audittest.PolicyARN("full")))), "attach any policy", "a policy of the account's own that does"},
		{base(document(under(allow("iam:AttachUserPolicy"), "DateLessThan", "aws:CurrentTime", "2026-01-31T00:00:00Z"))), "", "until the day before the audit"},
		{base(document(under(allow("iam:AttachUserPolicy"), "DateLessThan", "aws:CurrentTime", "2026-01-31T00:00:01Z"))), "attach any policy", "until the day of the audit"},
		{base(document(under(allow("iam:AttachUserPolicy"), "DateGreaterThan", "aws:CurrentTime", "2030-01-01T00:00:00Z"))), "attach any policy", "from a later day on"},
		{base(document(under(allow("iam:AttachUserPolicy"), "NumericLessThan", "aws:EpochTime", "1735689600"))), "", "until a day before in seconds"},
		{base(document(under(allow("iam:AttachUserPolicy"), "DateLessThan", "aws:EpochTime", "1735689600"))), "", "until a day before in seconds as a date"},
		{base(document(under(allow("iam:AttachUserPolicy"), "NumericGreaterThan", "aws:EpochTime", "1735689600"))), "attach any policy", "from a day before on"},
		{base(document(allow("iam:AttachUserPolicy"), under(deny("*"), "DateGreaterThanEquals", "aws:CurrentTime", "2026-01-01T00:00:00Z"))), "", "denied from a day before on"},
		{base(document(allow("iam:AttachUserPolicy"), under(deny("*"), "DateGreaterThanEquals", "aws:CurrentTime", "2026-02-01T00:00:00Z"))), "attach any policy", "denied from a later day on"},
		{base(document(allow("iam:AttachUserPolicy"), under(deny("*"), "DateLessThan", "aws:CurrentTime", "2026-02-01T00:00:00Z"))), "attach any policy", "denied until a later day"},
		{base(document(allow("iam:AttachUserPolicy"), under(deny("*"), "Null", "aws:CurrentTime", "false"))), "", "denied at any time"},
		{base(document(under(on(allow("sts:AssumeRole"), arn("role/open")), "DateLessThan", "aws:CurrentTime", "2026-01-01T00:00:00Z"))).Role("/", "open", trust(""), document(allow("*"))), "", "a role that she might assume until a day before"},
		{base(document(on(allow("sts:AssumeRole"), arn("role/open")))).Role("/", "open", trust(""), document(allow("*"))), "assume the role open", "a role that she may assume"},
		{base(document(under(allow("iam:AttachUserPolicy"), "StringEquals", "aws:PrincipalAccount", "999999999999"))), "", "as one of another account"},
		{base(document(under(allow("iam:AttachUserPolicy"), "StringEquals", "aws:PrincipalAccount", "111111111111"))), "attach any policy", "as one of her account"},
		{base(document(allow("iam:AttachUserPolicy"), under(deny("*"), "StringNotEquals", "aws:PrincipalAccount", "111111111111"))), "attach any policy", "denied to those of other accounts"},
		{base(document(allow("iam:AttachUserPolicy"), under(deny("*"), "StringEquals", "aws:PrincipalAccount", "111111111111"))), "", "denied to those of her account"},
		{base(document(under(allow("iam:AttachUserPolicy"), "StringEquals", "aws:PrincipalType", "AssumedRole"))), "", "as a role"},
		{base(document(under(allow("iam:AttachUserPolicy"), "StringEquals", "aws:PrincipalType", "User"))), "attach any policy", "as a user"},
		{base(document(allow("iam:AttachUserPolicy"), under(deny("*"), "StringEquals", "aws:PrincipalType", "User"))), "", "denied to users"},
		{base(document(under(allow("iam:AttachUserPolicy"), "StringEquals", "aws:PrincipalServiceName", "x.amazonaws.com"))), "", "as a service"},
		{base(document(under(allow("iam:AttachUserPolicy"), "Bool", "aws:PrincipalIsAWSService", "true"))), "", "as some service"},
		{base(document(under(allow("iam:AttachUserPolicy"), "Bool", "aws:PrincipalIsAWSService", "false"))), "attach any policy", "as no service"},
		{base(document(allow("iam:AttachUserPolicy"), under(deny("*"), "Bool", "aws:PrincipalIsAWSService", "false"))), "", "denied to all but services"},
		{opened(under(allowIn(), "StringEquals", "aws:username", "bob")), "", "a role for another user"},
		{opened(under(allowIn(), "StringEquals", "aws:username", "ann")), "assume the role open", "a role for her by name"},
		{opened(under(allowIn(), "StringEquals", "aws:PrincipalType", "AssumedRole")), "", "a role for roles"},
		{opened(under(allowIn(), "StringEquals", "aws:PrincipalType", "User")), "assume the role open", "a role for users"},
		{opened(under(allowIn(), "StringEquals", "aws:userid", "AIDAOTHER")), "", "a role for another unique id"},
		{opened(under(allowIn(), "StringEquals", "aws:userid", "AIDAANN")), "assume the role open", "a role for her unique id"},
		{opened(under(allowIn(), "StringEquals", "aws:PrincipalTag/a", "b")), "", "a role for those with a tag, which she has not"},
		{opened(under(allowIn(), "StringEquals", "aws:PrincipalTag/a", "b")).With(tagged("b")), "assume the role open", "a role for those with a tag, which she has"},
		{opened(under(allowIn(), "StringEquals", "aws:PrincipalTag/a", "b")).With(tagged("c")), "", "a role for those with a tag, of which she has another value"},
		{base(document(under(allow("iam:AttachUserPolicy"), "StringEquals", "aws:PrincipalTag/a", "b"))).With(tagged("c")), "", "by a tag of hers that is another"},
		{base(document(under(allow("iam:AttachUserPolicy"), "StringEquals", "aws:PrincipalTag/A", "b"))).With(tagged("b")), "attach any policy", "by a tag of hers"},
		{base(document(under(allow("iam:AttachUserPolicy"), "StringEquals", "aws:PrincipalTag/a", "b"), on(allow("iam:TagUser"), arn("user/${aws:username}")))).With(tagged("c")), "attach any policy", "by a tag that she may give herself"},
		{base(document(under(allow("iam:AttachUserPolicy"), "StringNotEquals", "aws:PrincipalTag/a", "b"))).With(tagged("b")), "", "not with a tag that she has"},
		{base(document(under(allow("iam:AttachUserPolicy"), "StringEquals", "aws:PrincipalTag/a", "b"))).With(tagged("c")).With(func(a *inventory.Account) {
			a.Gaps = append(a.Gaps, inventory.Gap{Kind: inventory.GapRead, Entity: inventory.EntityUser, Name: "ann", Part: inventory.PartTag, Blind: true})
		}), "attach any policy", "by a tag of hers where they could not be read"},
		{base(document(under(on(allow("sts:AssumeRole"), arn("role/open")), "StringEquals", "aws:ResourceTag/a", "b"))).Role("/", "open", trust(""), full), "", "a role with a tag, which it has not"},
		{base(document(under(on(allow("sts:AssumeRole"), arn("role/open")), "StringEquals", "aws:ResourceTag/a", "b"))).Role("/", "open", trust(""), full).With(tagged("b")), "assume the role open", "a role with a tag, which it has"},
		{base(document(under(allow("sts:AssumeRole"), "StringNotEquals", "aws:ResourceTag/a", "b"))).Role("/", "open", trust(""), full).With(tagged("b")), "", "a role without a tag, which it has"},
		{base(document(under(on(allow("iam:CreateAccessKey"), arn("user/root")), "StringEquals", "iam:ResourceTag/a", "b"))).With(tagged("c")), "", "keys of a user with another tag"},
		{base(document(under(on(allow("iam:CreateAccessKey"), arn("user/root")), "StringEquals", "iam:ResourceTag/a", "b"), on(allow("iam:TagUser"), arn("user/root")))).With(tagged("c")), "make itself a key", "keys of a user whom she may give the tag"},
		{opened(under(allowIn(), "StringEquals", "sts:ExternalId", "x")), "assume the role open", "a role for those who know a text"},
		{opened(allowIn(), under(denyIn(), "StringNotEquals", "aws:username", "bob")), "", "a role that is denied to all but another"},
		{base(document(allow("iam:AttachUserPolicy"), under(deny("*"), "Null", "aws:username", "false"))), "", "denied to whoever has a name"},
		{base(document(under(allow("iam:AttachUserPolicy"), "Null", "aws:username", "true"))), "", "as one without a name"},
		{base(document(under(allow("iam:AttachUserPolicy"), "Null", "aws:username", "false"))), "attach any policy", "as one with a name"},
		{base(document(allow("iam:AttachUserPolicy"), under(deny("*"), "ArnLike", "aws:PrincipalArn", arn("user/a*")))), "", "denied by a pattern of her ARN"},
		{base(document(under(allow("iam:AttachUserPolicy"), "ArnNotLike", "aws:PrincipalArn", arn("user/*")))), "", "as one who is no user by the ARN"},
		{base(document(under(allow("iam:AttachUserPolicy"), "ArnLike", "aws:PrincipalArn", arn("user/a*")))), "attach any policy", "as one with her ARN"},
		{base(document(allow("s3:ListAllMyBuckets"))).Role("/", "open", document(under(entry("Allow", "*"), "StringEquals", "aws:PrincipalAccount", "111111111111")), full), "assume the role open, whose trust policy names it", "and who has no permission to assume it"},
		{base(document(allow("s3:ListAllMyBuckets"))).Role("/", "open", document(under(entry("Allow", "*"), "StringEquals", "aws:PrincipalAccount", "222222222222")), full), "", "a role for everybody of another account"},
		{base(document(allow("s3:ListAllMyBuckets"))).Role("/", "open", document(entry("Allow", arn("root"))), full), "", "a role for the account, which she has no permission to assume"},
		{base(document(on(allow("iam:PassRole", "ec2:RunInstances"), arn("role/admin")))), "", "instances are no roles"},
		{base(document(on(allow("iam:PassRole"), arn("role/admin")), on(allow("ec2:RunInstances"), "arn:aws:ec2:*:*:*"))), "pass the role admin", "instances are resources of EC2"},
		{base(document(on(allow("iam:PassRole"), arn("role/grant")), allow("ec2:RunInstances"))).Role("/", "grant", trust("ec2.amazonaws.com"), document(under(allow("s3:GetObject"), "DateLessThan", "aws:CurrentTime", "2026-01-01T00:00:00Z"))), "", "a role of which the grant is over"},
		{base(document(on(allow("iam:PassRole"), arn("role/grant")), allow("ec2:RunInstances"))).Role("/", "grant", trust("ec2.amazonaws.com"), document(under(allow("s3:GetObject"), "DateLessThan", "aws:CurrentTime", "2027-01-01T00:00:00Z"))), "pass the role grant", "a role of which the grant is not over"},
		{base(document(on(allow("iam:PassRole"), arn("role/grant")), allow("ec2:RunInstances"))).Role("/", "grant", trust("ec2.amazonaws.com"), document(under(allow("s3:GetObject"), "StringEquals", "aws:PrincipalType", "User"))), "", "a role with a grant for users"},
		{base(document(on(allow("iam:PassRole"), arn("role/reader")), allow("ec2:RunInstances"), under(allow("s3:GetObject"), "StringEquals", "aws:username", "ann"))), "", "a role that may do what she may by her name"},
		{base(document(on(allow("iam:PassRole"), arn("role/reader")), allow("ec2:RunInstances"), under(allow("s3:GetObject"), "StringEquals", "aws:username", "bob"))), "pass the role reader", "a role that may do what another may by its name"},
		{base(document(on(allow("iam:CreateRole", "iam:AttachRolePolicy"), arn("role/new-*")))), "make a role, give it any policy and assume it by iam:AttachRolePolicy with iam:CreateRole", "a role that she makes"},
		{base(document(on(allow("iam:CreateRole", "iam:PutRolePolicy"), arn("role/new-*")))), "make a role", "a role that she makes, by a policy that she writes"},
		{base(document(on(allow("iam:CreateRole"), arn("role/new-*")), on(allow("iam:PutRolePolicy"), arn("role/*-x")))), "make a role", "of two patterns that have names in common"},
		{base(document(on(allow("iam:CreateRole"), arn("role/new-*")), on(allow("iam:PutRolePolicy"), arn("role/old-*")))), "", "of two patterns that have none"},
		{base(document(on(allow("iam:CreateRole", "iam:PutRolePolicy"), arn("role/weak")))), "", "a role that is there already"},
		{base(document(allow("iam:CreateRole"))), "", "a role without policies"},
		{base(document(allow("iam:CreateRole", "iam:PutRolePolicy"), deny("sts:AssumeRole"))), "", "a role that she is denied to assume"},
		{base(document(under(allow("iam:CreateRole"), "StringEquals", delegated, audittest.PolicyARN("limit")), allow("iam:PutRolePolicy"))), "", "a role that has a boundary"},
		{base(document(allow("iam:CreateRole"), under(allow("iam:PutRolePolicy"), "StringEquals", delegated, audittest.PolicyARN("limit")))), "", "policies of roles that have a boundary"},
		{base(document(allow("iam:CreateRole"), under(allow("iam:AttachRolePolicy"), "ArnEquals", "iam:PolicyARN", "arn:aws:iam::aws:policy/ReadOnlyAccess"))), "", "a policy that lifts nobody for a new role"},
		{base(document(on(allow("iam:CreateUser", "iam:CreateAccessKey", "iam:AttachUserPolicy"), arn("user/new-*")))), "make a user", "a user that she makes"},
		{base(document(on(allow("iam:CreateUser", "iam:CreateLoginProfile", "iam:PutUserPolicy"), arn("user/new-*")))), "make a user", "a user that she makes, with a password"},
		{base(document(on(allow("iam:CreateUser", "iam:AttachUserPolicy"), arn("user/new-*")))), "", "a user without credentials"},
		{base(document(on(allow("iam:CreateGroup", "iam:AttachGroupPolicy", "iam:AddUserToGroup"), arn("group/new-*")))), "make a group", "a group that she makes"},
		{base(document(on(allow("iam:CreateGroup", "iam:AttachGroupPolicy", "iam:AddUserToGroup"), arn("group/new-*")))).With(audittest.Bounded("ann", "limit")), "", "a group that she makes, under a boundary"},
		{base(document(allow("iam:PutRolePolicy"))), "", "a role that she cannot assume"},
		{base(document(allow("iam:PutRolePolicy"), on(allow("iam:UpdateAssumeRolePolicy"), arn("role/weak")))), "and then let itself into it", "a role that she may let herself into"},
		{base(document(on(allow("sts:AssumeRole"), arn("role/admin")))), "", "the trust policy lets in EC2 alone"},
		{base(document(under(allow("iam:PassRole"), "StringEquals", "iam:PassedToService", "lambda.amazonaws.com"), allow("ec2:RunInstances"))), "", "a role passed to another service"},
		{base(document(on(allow("iam:PassRole"), arn("role/reader")), allow("ec2:RunInstances"))), "it gains permissions in one step: it may pass the role reader", "a role that may do what she may not"},
		{base(document(on(allow("iam:PassRole"), arn("role/reader")), allow("ec2:RunInstances", "s3:GetObject"))), "", "a role that may do no more than she"},
		{base(document(allow("iam:AttachUserPolicy"))).With(audittest.Bounded("ann", "limit")), "", "her boundary limits what is attached"},
		{base(document(allow("iam:AttachUserPolicy", "iam:CreatePolicyVersion"))).With(audittest.Bounded("ann", "limit")), "itself", "her boundary is a policy that she may change"},
		{base(document(allow("iam:DeleteUserPermissionsBoundary"))).With(audittest.Bounded("ann", "limit")), "", "without the boundary she may do no more"},
		{base(document(allow("iam:DeleteUserPermissionsBoundary", "ec2:RunInstances"))).With(audittest.Bounded("ann", "limit")), "it gains permissions in one step: it may take the boundary off itself", "without it she may"},
	} {
		got := about(t, tt.account, &escalation.Rules[0])
		if tt.want == "" && len(got) > 0 || tt.want != "" && (len(got) != 1 || !strings.Contains(got[0], tt.want)) && tt.want != "what runs" || tt.want == "what runs" && len(got) != 1 {
			t.Errorf("%s: found %q, want %q", tt.reason, got, tt.want)
		}
	}
}

// A user is no finding beside its group's.
func TestGroups(t *testing.T) {
	b := audittest.New().User("ann", []string{"ops"}).User("bob", []string{"ops"}).Group("ops", document(on(allow("iam:PutUserPolicy"), arn("user/${aws:username}"))))
	if found := b.Check(t, &escalation.Rules[0], config.Config{}); len(found) != 1 || found[0].Entity.Name != "ops" {
		t.Errorf("a group whose members are named by a variable: found %v", audittest.Messages(found))
	}
	b = audittest.New().User("ann", []string{"ops"}).User("bob", []string{"ops"}).Group("ops", document(on(allow("iam:PutUserPolicy"), arn("user/ann"))))
	if found := b.Check(t, &escalation.Rules[0], config.Config{}); len(found) != 1 || found[0].Entity.Name != "ann" {
		t.Errorf("a group of which one member may lift itself: found %v", audittest.Messages(found))
	}
	b = audittest.New().User("ann", []string{"ops"}).User("bob", []string{"ops"}).Group("ops", document(allow("iam:PutUserPolicy")))
	found := b.Check(t, &escalation.Rules[0], config.Config{})
	if len(found) != 1 || found[0].Entity.Name != "ops" || !strings.Contains(found[0].Fix, "put-group-policy --group-name ops") {
		t.Errorf("a group: found %+v", found)
	}
}
