package escalation_test

import (
	"testing"

	"iamctl/audit/audittest"
	"iamctl/inventory"
)

// A session of a role is the role, by a name that who assumes it chooses.
func TestSessions(t *testing.T) {
	admin := document(allow("*"))
	session := func(rest string) string { return "arn:aws:sts::" + audittest.ID + ":assumed-role/" + rest }
	lets := func(principal string) statement {
		return statement{"Effect": "Allow", "Principal": map[string]any{"AWS": principal}, "Action": "sts:AssumeRole"}
	}
	role := func(trusts ...statement) *audittest.Builder {
		return audittest.New().Role("/", "ann", trust("ec2.amazonaws.com"), document(allow("s3:List*"))).Role("/", "other", trust("ec2.amazonaws.com"), document(allow("s3:List*"))).
			Role("/", "open", document(trusts...), admin)
	}
	own := func(trusts ...statement) *audittest.Builder {
		return audittest.New().Role("/", "ann", trust("ec2.amazonaws.com"), document(allow("s3:List*", "sts:AssumeRole"))).Role("/", "open", document(trusts...), admin).
			With(func(a *inventory.Account) { a.Roles[0].ID = "AROAANN" })
	}
	denies := func(s statement) statement { s["Effect"] = "Deny"; return s }
	const yes = "an administrator in one step: it may assume the role open"
	check(t, []row{
		{role(lets(session("ann/ci"))), yes, false, "a session of hers by its name"},
		{role(lets(session("other/ci"))), "", false, "a session of another role"},
		{role(lets(session("ann"))), "", false, "a session without a name"},
		{role(lets("arn:aws:sts::222222222222:assumed-role/ann/ci")), "", false, "a session of another account"},
		{role(lets(session("ann/*"))), "", false, "AWS takes no such pattern"},
		{role(lets(session("ann/ci"))).With(func(a *inventory.Account) {
			a.Roles[0].Inline[0].Document = inventory.Document(document(deny("sts:AssumeRole")))
		}), "", false, "a session that is denied it"},
		{role(lets(session("ann/ci")), denies(lets(arn("role/ann")))), "", false, "the role is denied it"},
		{role(lets(session("ann/ci")), denies(lets(session("ann/ci")))), "", false, "just this session is denied it"},
		{role(lets(session("ann/ci")), denies(lets(session("ann/cd")))), yes, false, "another session is denied it"},
		{role(lets(session("ann/ci")), lets(session("ann/cd")), denies(lets(session("ann/ci")))), yes, false, "another session is let in"},
		{role(lets(arn("role/ann")), denies(lets(session("ann/ci")))), yes, false, "one of all sessions is denied it"},
		{role(lets(session("ann/ci")), denies(under(lets("*"), "ArnEquals", "aws:PrincipalArn", arn("role/ann")))), "", false, "the role is denied it by a condition"},
		{role(under(lets("*"), "ArnLike", "aws:PrincipalArn", session("ann/*"))), "", false, "aws:PrincipalArn is the role's ARN, never a session's"},
		{role(under(lets("*"), "ArnLike", "aws:PrincipalArn", arn("role/ann"))), yes, false, "aws:PrincipalArn is the role's ARN"},
		{own(under(lets(arn("root")), "StringLike", "aws:userid", "AROAANN:*")), yes, false, "a session by the unique id of the role"},
		{own(under(lets(arn("root")), "StringEquals", "aws:userid", "AROAANN:ci")), yes, false, "a session by the unique id of the role and its name"},
		{own(under(lets(arn("root")), "StringLike", "aws:userid", "AROABOB:*")), "", false, "a session of another role by its unique id"},
		{own(under(lets(arn("root")), "StringEquals", "aws:PrincipalArn", session("ann/ci"))), "", false, "no request has a session's ARN there"},
	})
	// Who may assume the role comes to it by the session too.
	check(t, []row{
		{audittest.New().User("ann", nil, document(on(allow("sts:AssumeRole"), arn("role/ci")))).Role("/", "ci", trust("")).Role("/", "open", document(lets(session("ci/x"))), admin), "an administrator in 2 steps: it may assume the role ci by sts:AssumeRole (sts-001), then assume the role open", false, "she assumes the role"},
		{audittest.New().User("ann", nil, document(under(on(allow("sts:AssumeRole"), arn("role/ci")), "StringEquals", "sts:RoleSessionName", "x"))).Role("/", "ci", trust("")).Role("/", "open", document(lets(session("ci/x"))), admin), "in 2 steps", false, "by the session's name"},
		{audittest.New().User("ann", nil, document(on(allow("sts:AssumeRole"), arn("role/ci")))).Role("/deep/", "ci", trust("")).Role("/", "open", document(lets(session("ci/x"))), admin), "", false, "a role on a path has another ARN"},
		{audittest.New().User("ann", nil, document(on(allow("sts:AssumeRole"), arn("role/deep/ci")))).Role("/deep/", "ci", trust("")).Role("/", "open", document(lets(session("ci/x"))), admin), "in 2 steps", false, "a session's ARN has no path"},
	})
}

// Whoever may change the trust policy of a role lets itself in, and needs no permission to
// assume it.
func TestLetsIn(t *testing.T) {
	admin := document(allow("*"))
	const update = "iam:UpdateAssumeRolePolicy"
	ann := func(permissions string, list ...statement) *audittest.Builder {
		return audittest.New().User("ann", nil, document(list...)).Role("/", "shut", trust("ec2.amazonaws.com"), permissions)
	}
	as := func(list ...statement) *audittest.Builder {
		return audittest.New().Role("/", "ann", trust("ec2.amazonaws.com"), document(list...)).Role("/", "shut", trust("ec2.amazonaws.com"), admin)
	}
	shut := arn("role/shut")
	const yes = "an administrator in one step: it may let itself into the role shut"
	check(t, []row{
		{ann(admin, allow(update)), yes, false, "of every role"},
		{ann(admin, on(allow(update), shut)), yes, false, "of this one"},
		{ann(admin, on(allow(update), arn("role/other"))), "", false, "of another"},
		{ann(admin, under(allow(update), "StringEquals", "iam:ResourceTag/team", "a")).With(labelled("shut", "team", "a")), yes, false, "of those with a tag"},
		{ann(admin, under(allow(update), "StringEquals", "iam:ResourceTag/team", "a")).With(labelled("shut", "team", "b")), "", false, "of those with another tag"},
		{ann(admin, allow(update), deny("sts:AssumeRole")), "", false, "it is denied to assume it"},
		{ann(admin, allow(update), on(deny("sts:AssumeRole"), arn("role/other"))), yes, false, "it is denied to assume another"},
		{ann(admin, allow(update), deny(update)), "", false, "it is denied"},
		{ann(admin, allow(update)).Policy("limit", document(allow(update))).With(audittest.Bounded("ann", "limit")), yes, false, "a user's boundary does not limit what a trust policy names it for"},
		{as(allow(update)), yes, false, "a role"},
		{as(allow(update)).Policy("limit", document(allow(update))).With(audittest.Bounded("ann", "limit")), "", false, "a role's boundary does"},
		{as(allow(update)).Policy("limit", document(allow(update, "sts:AssumeRole"))).With(audittest.Bounded("ann", "limit")), yes, false, "a role's boundary leaves it"},
		{ann(document(allow("iam:PutRolePolicy")), allow(update)), "an administrator in 2 steps: it may let itself into the role shut by iam:UpdateAssumeRolePolicy (iam-012), then write any policy for itself", false, "a role that leads on"},
		{ann(document(allow("s3:*")), allow(update)), "it gains permissions in one step: it may let itself into the role shut", false, "a role that may do more"},
		{ann(document(allow("s3:*")), allow(update, "s3:*")), "", false, "a role that may do as much"},
		{ann(document(allow("s3:*")), allow(update), on(allow("iam:AttachRolePolicy"), shut)), "an administrator in one step: it may attach any policy to the role shut and then let itself into it", false, "with a policy for it"},
		{audittest.New().User("ann", nil, document(on(allow("sts:AssumeRole"), arn("role/a")))).Role("/", "a", trust(""), document(on(allow(update), shut))).Role("/", "shut", trust("ec2.amazonaws.com"), admin), "in 2 steps: it may assume the role a by sts:AssumeRole (sts-001), then let itself into the role shut", false, "in a chain"},
		{audittest.New().User("ann", nil, document(on(allow("sts:AssumeRole"), arn("role/a")))).Role("/", "a", trust(""), document(on(allow(update), shut), on(deny("sts:AssumeRole"), shut))).Role("/", "shut", trust("ec2.amazonaws.com"), admin), "", false, "in a chain, and denied"},
		{audittest.New().Group("ann", document(on(allow(update), shut))).Role("/", "shut", trust("ec2.amazonaws.com"), admin), yes, false, "the members of a group"},
	})
}
