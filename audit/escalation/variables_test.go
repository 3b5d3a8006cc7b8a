package escalation_test

import (
	"testing"

	"iamctl/audit/audittest"
	"iamctl/inventory"
)

// A variable of who asks, in a condition on a tag of what is asked about, has the value
// that is known.
func TestVariables(t *testing.T) {
	admin := document(allow("*"))
	open := func(operator, key, value string) *audittest.Builder {
		return audittest.New().User("ann", nil, document(under(on(allow("sts:AssumeRole"), arn("role/open")), operator, key, value))).Role("/", "open", trust(""), admin)
	}
	const owner, name = "aws:ResourceTag/owner", "${aws:username}"
	old := func(b *audittest.Builder) *audittest.Builder {
		return b.With(func(a *inventory.Account) {
			a.Users[0].Inline[0].Document = `{"Version": "2008-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*", "Condition": {"StringEquals": {"aws:ResourceTag/owner": "${aws:username}"}}}]}`
		})
	}
	id := func(a *inventory.Account) { a.Users[0].ID = "AIDAANN" }
	key := func(k, v string) *audittest.Builder {
		return audittest.New().User("ann", nil, document(under(on(allow("iam:CreateAccessKey"), arn("user/root")), "StringEquals", k, v))).User("root", nil, admin)
	}
	const yes = "an administrator in one step"
	check(t, []row{
		{open("StringEquals", owner, name).With(labelled("open", "owner", "ann")), yes, false, "her name is the tag"},
		{open("StringEquals", owner, name).With(labelled("open", "owner", "bob")), "", false, "another name is"},
		{open("StringEquals", owner, name).With(labelled("open", "other", "ann")), "", false, "another tag has her name"},
		{open("StringEquals", owner, name), "", false, "there is no tag"},
		{open("StringEquals", owner, "${AWS:UserName}").With(labelled("open", "OWNER", "ann")), yes, false, "in other letter case"},
		{open("StringNotEquals", owner, name).With(labelled("open", "owner", "bob")), yes, false, "not of hers"},
		{open("StringNotEquals", owner, name).With(labelled("open", "owner", "ann")), "", false, "but it is hers"},
		{open("StringLike", owner, name+"-*").With(labelled("open", "owner", "ann-1")), yes, false, "it begins with her name"},
		{open("StringLike", owner, name+"-*").With(labelled("open", "owner", "anna-1")), "", false, "it begins otherwise"},
		{open("StringEqualsIgnoreCase", owner, name).With(labelled("open", "owner", "ANN")), yes, false, "whatever the letter case"},
		{old(open("StringEquals", owner, name)).With(labelled("open", "owner", "ann")), "", false, "an old policy has no variables"},
		{old(open("StringEquals", owner, name)).With(labelled("open", "owner", name)), yes, false, "an old policy has the text"},
		{key("iam:ResourceTag/owner", name).With(labelled("root", "owner", "ann")), yes, false, "keys of a user of hers"},
		{key("iam:ResourceTag/owner", name).With(labelled("root", "owner", "bob")), "", false, "keys of a user of another's"},
		{key("iam:ResourceTag/owner", "${aws:userid}").With(labelled("root", "owner", "AIDAANN")).With(id), yes, false, "by her unique id"},
		{key("iam:ResourceTag/owner", "${aws:userid}").With(labelled("root", "owner", "AIDABOB")).With(id), "", false, "by another's unique id"},
		{key("aws:ResourceTag/team", "${aws:PrincipalTag/team}").With(labelled("root", "team", "a")).With(labelled("ann", "team", "a")), yes, false, "by a tag that both have"},
		{key("aws:ResourceTag/team", "${aws:PrincipalTag/team}").With(labelled("root", "team", "a")).With(labelled("ann", "team", "b")), "", false, "by a tag of which she has another value"},
		{key("aws:ResourceTag/team", "${aws:PrincipalTag/team}").With(labelled("root", "team", "a")), "", false, "by a tag that she has not"},
		{key("aws:ResourceTag/team", "${aws:PrincipalTag/team, 'a'}").With(labelled("root", "team", "a")), yes, false, "by a tag that she has not, with a default"},
		{key("aws:ResourceTag/team", "${aws:PrincipalTag/team, 'b'}").With(labelled("root", "team", "a")), "", false, "by a tag that she has not, with another default"},
		{key("aws:ResourceTag/team", "${aws:PrincipalTag/team, 'a'}").With(labelled("root", "team", "a")).With(labelled("ann", "team", "b")), "", false, "by a tag that she has, with a default"},
		{key("aws:ResourceTag/owner", "${aws:PrincipalAccount}-${aws:username}").With(labelled("root", "owner", audittest.ID+"-ann")), yes, false, "by several"},
		{audittest.New().User("ann", nil, document(on(allow("iam:CreateAccessKey"), arn("user/${aws:PrincipalTag/boss}")))).User("root", nil, admin).With(labelled("ann", "boss", "root")), yes, false, "in a resource"},
		{audittest.New().User("ann", nil, document(on(allow("iam:CreateAccessKey"), arn("user/${aws:PrincipalTag/boss}")))).User("root", nil, admin).With(labelled("ann", "boss", "bob")), "", false, "in a resource, of another"},
		{audittest.New().User("ann", nil, document(allow("iam:CreateAccessKey"), under(deny("*"), "StringNotEquals", owner, name))).User("root", nil, admin).With(labelled("root", "owner", "bob")), "", false, "denied for what is not hers"},
		{audittest.New().User("ann", nil, document(allow("iam:CreateAccessKey"), under(deny("*"), "StringNotEquals", owner, name))).User("root", nil, admin).With(labelled("root", "owner", "ann")), yes, false, "denied for what is not hers, but it is"},
		{open("StringEquals", owner, name).With(labelled("open", "owner", "*")), "", false, "a tag is no pattern"},
	})
}

// The members of a group have some name; a role has no name, but the tags of its session.
func TestVariablesOfOthers(t *testing.T) {
	admin := document(allow("*"))
	const owner, name = "aws:ResourceTag/owner", "${aws:username}"
	role := func(key, value string) *audittest.Builder {
		return audittest.New().Role("/", "ann", trust("ec2.amazonaws.com"), document(under(on(allow("sts:AssumeRole"), arn("role/open")), "StringEquals", key, value))).Role("/", "open", trust(""), admin)
	}
	check(t, []row{
		{role(owner, name).With(labelled("open", "owner", "ann")), "", false, "a role has no user's name"},
		{role("aws:ResourceTag/team", "${aws:PrincipalTag/team}").With(labelled("open", "team", "a")).With(labelled("ann", "team", "a")), "in one step", false, "a role by a tag that both have"},
		{audittest.New().Group("ann", document(under(allow("iam:CreateAccessKey"), "StringEquals", owner, name))).User("root", nil, admin).User("bob", []string{"ann"}).With(labelled("root", "owner", "bob")), "in one step", false, "a group, of which a member has the name"},
	})
}
