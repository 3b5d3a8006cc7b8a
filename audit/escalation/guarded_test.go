package escalation_test

import (
	"testing"

	"iamctl/audit/audittest"
)

// Who may give permissions under a boundary alone may put that on first.
func TestGuarded(t *testing.T) {
	const key = "iam:PermissionsBoundary"
	const attach, write, put, off = "iam:AttachRolePolicy", "iam:PutRolePolicy", "iam:PutRolePermissionsBoundary", "iam:DeleteRolePermissionsBoundary"
	limit := audittest.PolicyARN("limit")
	app := func(s statement) statement { return on(s, arn("role/app")) }
	under1 := func(s statement) statement { return under(s, "StringEquals", key, limit) }
	assume := func() statement { return app(allow("sts:AssumeRole")) }
	policies := func(b *audittest.Builder) *audittest.Builder {
		return b.Policy("limit", document(allow("s3:*"))).Policy("wide", document(allow("*"))).Policy("steps", document(allow("s3:*", "iam:*")))
	}
	// ann may become the role app, which has no boundary.
	ann := func(list ...statement) *audittest.Builder {
		return policies(audittest.New()).User("ann", nil, document(append(list, assume(), allow("s3:*"))...)).Role("/", "app", trust(""))
	}
	// ann is a role that may do it to itself.
	self := func(list ...statement) *audittest.Builder {
		return policies(audittest.New()).Role("/", "ann", trust("ec2.amazonaws.com"), document(append(list, allow("s3:*"))...))
	}
	// ann may attach one policy to itself.
	buckets := func(has string) *audittest.Builder {
		narrow := allow(attach)
		narrow["Condition"] = map[string]any{"StringEquals": map[string]string{key: limit, "iam:PolicyARN": audittest.PolicyARN("narrow")}}
		return audittest.New().Policy("limit", document(allow("iam:*"))).Policy("narrow", document(allow("s3:*"))).Role("/", "ann", trust("ec2.amazonaws.com"), document(narrow, allow(off), under1(allow(put)), allow(has)))
	}
	of := func(s statement, name string) statement {
		return under(s, "StringEquals", key, audittest.PolicyARN(name))
	}
	const yes = "an administrator in one step: it may put on the boundary limit, which it may undo, and attach any policy to the role app and then assume it by iam:AttachRolePolicy with iam:DeleteRolePermissionsBoundary, iam:PutRolePermissionsBoundary and sts:AssumeRole (iam-009, sts-001)"
	check(t, []row{
		{ann(app(under1(allow(attach))), app(allow(put, off))), yes, false, "she may put it on and take it off"},
		{ann(app(under1(allow(attach))), app(allow(put))), yes[:65], false, "she may put another on in its place"},
		{ann(app(under1(allow(attach))), app(under1(allow(put)))), "", false, "she may put it on alone"},
		{ann(app(under1(allow(attach))), app(under1(allow(put))), app(allow(off))), yes, false, "put this one on, and take any off"},
		{ann(app(under1(allow(attach))), app(under1(allow(put))), app(under1(allow(off)))), yes, false, "put this one on, and take this one off"},
		{ann(app(under1(allow(attach))), app(under1(allow(put))), app(of(allow(off), "wide"))), "", false, "and take another off"},
		{ann(app(under1(allow(attach))), app(under1(allow(put))), on(allow(off), arn("role/other"))), "", false, "and take it off another role"},
		{ann(app(under1(allow(attach))), app(under1(allow(put))), app(allow(off)), deny(off)), "", false, "she is denied to take it off"},
		{ann(app(under1(allow(attach))), app(allow(off))), "", false, "she may not put it on"},
		{ann(app(under1(allow(attach))), app(allow(put, off)), deny(put)), "", false, "she is denied to put it on"},
		{ann(app(under1(allow(attach))), app(of(allow(put), "wide")), app(allow(off))), "", false, "she may put on another"},
		{ann(app(under1(allow(attach))), on(allow(put, off), arn("role/other"))), "", false, "on another role"},
		{ann(app(under1(allow(write))), app(under1(allow(put))), app(allow(off))), "which it may undo, and write any policy for the role app", false, "a policy that is written"},
		{ann(app(allow(attach)), app(under1(allow(put))), app(allow(off)), under(deny(attach), "StringNotEquals", key, limit)), yes, false, "denied without the boundary"},
		{ann(app(allow(attach)), app(under1(allow(put))), under(deny(attach), "StringNotEquals", key, limit)), "", false, "denied without it, and nothing undoes it"},
		{ann(app(of(allow(attach), "wide")), app(of(allow(put), "wide"))), "an administrator in one step: it may put on the boundary wide and attach any policy to the role app", false, "a boundary that allows everything"},
		{ann(app(under(allow(attach), "Null", key, "false")), app(allow(put))), "put on the boundary AdministratorAccess and attach any policy", false, "any boundary will do"},
		{ann(app(under1(allow(attach))), app(under1(allow(put))), on(allow("iam:CreatePolicyVersion"), limit)), yes[:65], false, "its policy may be changed"},
		{ann(app(under1(allow(attach))), app(under1(allow(put))), app(allow(off))).With(audittest.Bounded("app", "steps")), yes, false, "in the place of another"},
		{ann(app(under1(allow(attach))), app(under1(allow(put))), app(allow(off))).With(audittest.Bounded("app", "limit")), "an administrator in one step: it may attach any policy to the role app", false, "it is there"},
		{ann(app(of(allow(attach), "steps")), app(of(allow(put), "steps"))), "in 2 steps: it may put on the boundary steps and attach any policy to the role app and then assume it", false, "it leaves what takes it off"},
		{policies(audittest.New()).User("ann", nil, document(app(under1(allow(attach, put))), assume())).Role("/", "app", trust("")), "", false, "it leaves what somebody meant"},
		{ann(app(under(allow(attach), "ArnEquals", "iam:PolicyARN", audittest.PolicyARN("limit"))), app(under1(allow(attach))), app(allow(put, off))), "which it may undo, and attach any policy to the role app", false, "without it she may give it less"},
		{buckets("s3:*"), "", false, "it has already what it may give itself"},
		{buckets("ec2:*"), "it gains permissions in one step: it may put on the boundary limit, which it may undo, and attach a policy to itself (narrow)", false, "it has not what it may give itself"},

		{self(under1(allow(attach)), allow(put, off)), "", false, "on itself, and it keeps it from going on"},
		{self(of(allow(attach), "steps"), allow(put, off)), "it may put on the boundary steps, which it may undo, and attach any policy to itself", false, "on itself, and it leaves that"},
		{self(of(allow(attach), "steps"), of(allow(put), "steps")), "in 2 steps: it may put on the boundary steps and attach any policy to itself", false, "on itself, and it leaves what takes it off"},
		{self(of(allow(attach), "wide"), of(allow(put), "wide")), "it may put on the boundary wide and attach any policy to itself", false, "on itself, and it allows everything"},
		{policies(audittest.New()).User("ann", nil, document(of(allow("iam:PutUserPolicy"), "steps"), allow("iam:PutUserPermissionsBoundary", "iam:DeleteUserPermissionsBoundary"))), "put on the boundary steps, which it may undo, and write any policy for itself", false, "a user"},
		{policies(audittest.New()).User("ann", nil, document(of(allow("iam:PutUserPolicy"), "steps"), allow(put, off))), "", false, "a user, and boundaries of roles"},
	})
}
