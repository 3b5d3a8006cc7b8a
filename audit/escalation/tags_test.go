package escalation_test

import (
	"testing"

	"iamctl/audit/audittest"
	"iamctl/inventory"
)

// The tags of who asks are those that it has, and those that it may give itself.
func TestTagsOfWhoAsks(t *testing.T) {
	const attach = "iam:AttachUserPolicy"
	lift := func(value string) statement { return under(allow(attach), "StringEquals", "aws:PrincipalTag/a", value) }
	tag := func(operator, key string, value any) statement {
		s := on(allow("iam:TagUser"), arn("user/${aws:username}"))
		s["Condition"] = map[string]any{operator: map[string]any{key: value}}
		return s
	}
	user := func(list ...statement) *audittest.Builder { return audittest.New().User("ann", nil, document(list...)) }
	untag := on(allow("iam:UntagUser"), arn("user/ann"))
	check(t, []row{
		{user(lift("b")), "", false, "a tag that she has not"},
		{user(lift("b")).With(labelled("ann", "a", "b")), "attach any policy to itself", false, "a tag that she has"},
		{user(lift("b"), tag("StringEquals", "aws:RequestTag/a", "b")), "attach any policy to itself", false, "a value that she may give herself"},
		{user(lift("b"), tag("StringEquals", "aws:RequestTag/A", []string{"c", "b"})), "attach any policy to itself", false, "one of the values that she may give herself"},
		{user(lift("b"), tag("StringEquals", "aws:RequestTag/a", "c")), "", false, "another value than she may give herself"},
		{user(lift("b"), tag("StringLike", "aws:RequestTag/a", "b*")), "attach any policy to itself", false, "a value of a pattern"},
		{user(lift("b"), tag("StringLike", "aws:RequestTag/a", "c*")), "", false, "a value that is not of the pattern"},
		{user(lift("b"), tag("StringNotEquals", "aws:RequestTag/a", "b")), "", false, "the one value that she may not give herself"},
		{user(lift("b"), tag("StringNotEquals", "aws:RequestTag/a", "c")), "attach any policy to itself", false, "all values but another"},
		{user(lift("b"), tag("ForAllValues:StringEquals", "aws:TagKeys", "c")), "", false, "another tag than she may give herself"},
		{user(lift("b"), tag("ForAllValues:StringEquals", "aws:TagKeys", []string{"a", "c"})), "attach any policy to itself", false, "one of the tags that she may give herself"},
		{user(lift("b"), tag("ForAnyValue:StringEquals", "aws:TagKeys", "c")), "attach any policy to itself", false, "together with another tag"},
		{user(lift("b"), tag("StringEquals", "aws:RequestTag/c", "x")), "attach any policy to itself", false, "any value, together with another tag"},
		{user(lift("b"), tag("StringEquals", "aws:RequestTag/a", "${aws:PrincipalTag/a}")), "", false, "only the value that she has, which is none"},
		{user(lift("b"), tag("StringEquals", "aws:RequestTag/a", "${aws:PrincipalTag/c}")).With(labelled("ann", "c", "b")), "attach any policy to itself", false, "the value of another tag of hers"},
		{user(lift("b"), tag("StringEquals", "aws:RequestTag/a", "${aws:PrincipalTag/c}")).With(labelled("ann", "c", "d")), "attach any policy to itself", false, "that of another tag of hers, which she may set beside it"},
		{user(lift("b"), tag("StringEquals", "aws:RequestTag/a", "${aws:PrincipalTag/c}"), under(deny("iam:TagUser"), "ForAnyValue:StringNotEquals", "aws:TagKeys", "a")).With(labelled("ann", "c", "d")), "", false, "that of another tag of hers, which she may not set"},
		{user(lift("b"), on(allow("iam:TagUser"), arn("user/bob"))), "", false, "tags of somebody else"},
		{user(lift("b"), on(allow("iam:TagUser"), arn("user/*")), on(deny("iam:TagUser"), arn("user/ann"))), "", false, "her own tags are denied"},
		{user(lift("b"), on(allow("iam:TagUser"), arn("user/*")), under(deny("iam:TagUser"), "StringEquals", "aws:RequestTag/a", "b")), "", false, "just that value is denied"},
		{user(lift("b"), on(allow("iam:TagUser"), arn("user/*")), under(deny("iam:TagUser"), "StringEquals", "aws:RequestTag/a", "c")), "attach any policy to itself", false, "just another value is denied"},
		{user(lift("b"), under(on(allow("iam:TagUser"), arn("user/*")), "StringEquals", "aws:ResourceTag/c", "x")), "", false, "tags of users with a tag, which she has not"},
		{user(lift("b"), under(on(allow("iam:TagUser"), arn("user/*")), "StringEquals", "aws:ResourceTag/c", "x")).With(labelled("ann", "c", "x")), "attach any policy to itself", false, "tags of users with a tag, which she has"},
		{user(lift("b"), under(allow("iam:TagUser"), "StringEquals", "aws:PrincipalTag/a", "b")), "", false, "only who has the tag may give it"},
		{user(lift("b"), under(allow("iam:TagUser"), "StringEquals", "aws:PrincipalTag/c", "x"), tag("StringEquals", "aws:RequestTag/c", "x")), "attach any policy to itself", false, "one tag lets her set the other"},
		{user(under(allow(attach), "Null", "aws:PrincipalTag/a", "true")).With(labelled("ann", "a", "b")), "", false, "without a tag that she has"},
		{user(under(allow(attach), "Null", "aws:PrincipalTag/a", "true"), untag).With(labelled("ann", "a", "b")), "attach any policy to itself", false, "without a tag that she may take off"},
		{user(under(allow(attach), "StringNotEquals", "aws:PrincipalTag/a", "b"), tag("StringEquals", "aws:RequestTag/a", "b")).With(labelled("ann", "a", "b")), "", false, "not with the one value that she may have"},
		{user(under(allow(attach), "StringNotEquals", "aws:PrincipalTag/a", "b"), tag("StringEquals", "aws:RequestTag/a", "c")).With(labelled("ann", "a", "b")), "attach any policy to itself", false, "not with a value that she may change"},
	})
}

// Sessions of a role have its own tags, but where its trust policy lets callers pass others.
func TestTagsOfRoles(t *testing.T) {
	const attach = "iam:AttachRolePolicy"
	lift := document(under(allow(attach), "StringEquals", "aws:PrincipalTag/a", "b"))
	tagging := document(statement{"Effect": "Allow", "Principal": map[string]any{"AWS": arn("root")}, "Action": []string{"sts:AssumeRole", "sts:TagSession"}})
	role := func(trust string, policies ...string) *audittest.Builder {
		return audittest.New().Role("/", "ann", trust, policies...)
	}
	check(t, []row{
		{role(trust(""), lift), "", false, "a tag that it has not"},
		{role(trust(""), lift).With(labelled("ann", "a", "b")), "attach any policy to itself", false, "a tag that it has"},
		{role(trust(""), lift).With(labelled("ann", "a", "c")), "", false, "a tag of which it has another value"},
		{role(tagging, lift), "attach any policy to itself", false, "a tag that callers may pass"},
		{role(trust(""), lift, document(under(allow("iam:TagRole"), "StringEquals", "aws:RequestTag/a", "b"))), "attach any policy to itself", false, "a tag that it may give itself"},
		{role(trust(""), lift, document(under(allow("iam:TagRole"), "StringEquals", "aws:RequestTag/a", "c"))), "", false, "another value than it may give itself"},
		{role(trust(""), lift, document(allow("iam:TagUser"))), "", false, "tags of users are none of a role"},
		{role(trust(""), lift).With(func(a *inventory.Account) {
			a.Gaps = append(a.Gaps, inventory.Gap{Kind: inventory.GapRead, Entity: inventory.EntityRole, Name: "ann", Part: inventory.PartTag, Blind: true})
		}), "attach any policy to itself", false, "tags that could not be read"},
		{audittest.New().User("ann", nil, document(on(allow("sts:AssumeRole"), arn("role/r")))).Role("/", "r", trust(""), lift), "", false, "a role whose sessions have no such tag"},
		{audittest.New().User("ann", nil, document(on(allow("sts:AssumeRole"), arn("role/r")))).Role("/", "r", trust(""), lift).With(labelled("r", "a", "b")), "in 2 steps", false, "a role whose sessions have the tag"},
	})
}

// Which tags of another may be set decides whether a condition on them holds.
func TestTagsOfOthers(t *testing.T) {
	ask := func(list ...statement) *audittest.Builder {
		return audittest.New().Role("/", "r", trust(""), document(allow("*"))).
			User("ann", nil, document(append(list, under(on(allow("sts:AssumeRole"), arn("role/r")), "StringEquals", "aws:ResourceTag/a", "b"))...))
	}
	check(t, []row{
		{ask(), "", false, "a tag that the role has not"},
		{ask().With(labelled("r", "a", "b")), "assume the role r", false, "a tag that the role has"},
		{ask(under(allow("iam:TagRole"), "StringEquals", "aws:RequestTag/a", "b")), "assume the role r", false, "a tag that she may give it"},
		{ask(under(allow("iam:TagRole"), "StringEquals", "aws:RequestTag/a", "c")), "", false, "another value than she may give it"},
		{ask(under(allow("iam:TagRole"), "ForAllValues:StringEquals", "aws:TagKeys", "c")), "", false, "another tag than she may give it"},
		{ask(under(allow("iam:TagRole"), "StringEquals", "aws:RequestTag/a", "b"), deny("iam:TagRole")), "", false, "she may not tag it"},
		{ask(on(allow("iam:TagRole"), arn("role/other"))), "", false, "she may tag another"},
		{ask(under(allow("iam:TagRole"), "StringEquals", "iam:ResourceTag/c", "x")), "", false, "she may tag roles with a tag, which it has not"},
	})
}

// Whom a holder makes has the tags that it may give.
func TestTagsOfMade(t *testing.T) {
	put := under(allow("iam:PutRolePolicy"), "StringEquals", "aws:ResourceTag/a", "b")
	create := func() statement { return on(allow("iam:CreateRole"), arn("role/new-*")) }
	user := func(list ...statement) *audittest.Builder { return audittest.New().User("ann", nil, document(list...)) }
	check(t, []row{
		{user(create(), allow("iam:PutRolePolicy")), "make a role", false, "no tag is asked for"},
		{user(create(), put), "", false, "a tag that a new role has not"},
		{user(create(), put, allow("iam:TagRole")), "make a role", false, "a tag that she may give it"},
		{user(create(), put, under(allow("iam:TagRole"), "StringEquals", "aws:RequestTag/a", "c")), "", false, "another value than she may give it"},
		{user(create(), put, on(allow("iam:TagRole"), arn("role/old-*"))), "", false, "she may tag other roles"},
		{user(create(), under(allow("iam:PutRolePolicy"), "StringNotEquals", "aws:ResourceTag/a", "b")), "make a role", false, "a tag that a new role must not have"},
		{user(under(create(), "StringEquals", "aws:RequestTag/a", "b"), allow("iam:PutRolePolicy")), "", false, "made with a tag alone, which she may not set"},
		{user(under(create(), "StringEquals", "aws:RequestTag/a", "b"), allow("iam:PutRolePolicy", "iam:TagRole")), "make a role", false, "made with a tag alone, which she may set"},
		{user(under(create(), "StringEquals", "aws:RequestTag/a", "b"), allow("iam:PutRolePolicy"), under(allow("iam:TagRole"), "StringEquals", "aws:RequestTag/a", "c")), "", false, "made with a tag alone, of which she may set another value"},
		{user(under(create(), "Null", "aws:RequestTag/a", "true"), allow("iam:PutRolePolicy")), "make a role", false, "made without a tag alone"},
		{user(on(allow("iam:CreateUser", "iam:CreateAccessKey"), arn("user/new-*")), under(allow("iam:PutUserPolicy"), "StringEquals", "iam:ResourceTag/a", "b")), "", false, "a tag that a new user has not"},
		{user(on(allow("iam:CreateUser", "iam:CreateAccessKey"), arn("user/new-*")), under(allow("iam:PutUserPolicy"), "StringEquals", "iam:ResourceTag/a", "b"), on(allow("iam:TagUser"), arn("user/new-*"))), "make a user", false, "a tag that she may give a new user"},
	})
}

// Who assumes a role may pass tags to its session where the trust policy lets it: the session
// and those that it assumes with tags handed on have these.
func TestTagsOfSessions(t *testing.T) {
	const own = "aws:PrincipalTag/team"
	tagging := document(statement{"Effect": "Allow", "Principal": map[string]any{"AWS": arn("root")}, "Action": []string{"sts:AssumeRole", "sts:TagSession"}})
	step := func(name string) string {
		return document(under(on(allow("sts:AssumeRole"), arn("role/"+name)), "StringEquals", own, "a"))
	}
	ann := func(low string) *audittest.Builder {
		return audittest.New().User("ann", nil, document(on(allow("sts:AssumeRole", "sts:TagSession"), arn("role/low")))).
			Role("/", "low", low, step("open")).Role("/", "open", trust(""), document(allow("*")))
	}
	asking := document(under(statement{"Effect": "Allow", "Principal": map[string]any{"AWS": arn("root")}, "Action": "sts:AssumeRole"}, "StringEquals", own, "a"))
	chain := func(low, middle string) *audittest.Builder {
		return audittest.New().User("ann", nil, document(on(allow("sts:AssumeRole", "sts:TagSession"), arn("role/low")))).
			Role("/", "low", low, document(on(allow("sts:AssumeRole", "sts:TagSession"), arn("role/middle")))).Role("/", "middle", middle, step("open")).Role("/", "open", trust(""), document(allow("*")))
	}
	check(t, []row{
		{ann(tagging), "in 2 steps: it may assume the role low by sts:AssumeRole (sts-001), then assume the role open", false, "the session has the tag that she passes"},
		{ann(trust("")), "", false, "the trust policy lets nobody pass tags"},
		{audittest.New().User("ann", nil, document(on(allow("sts:AssumeRole", "sts:TagSession"), arn("role/low")))).Role("/", "low", tagging, document(on(allow("sts:AssumeRole"), arn("role/open")))).Role("/", "open", asking, document(allow("*"))), "in 2 steps", false, "the next trust policy asks for the tag"},
		{audittest.New().User("ann", nil, document(on(allow("sts:AssumeRole", "sts:TagSession"), arn("role/low")))).Role("/", "low", trust(""), document(on(allow("sts:AssumeRole"), arn("role/open")))).Role("/", "open", asking, document(allow("*"))), "", false, "the next trust policy asks for it, and nobody may pass tags"},
		{chain(tagging, tagging), "in 3 steps", false, "the tag is handed on to the next session"},
		{chain(tagging, trust("")), "", false, "the next role takes no tags of sessions"},
	})
}
