package escalation_test

import (
	"testing"

	"iamctl/audit/audittest"
)

// Whom a holder becomes may change the tags on which a later step of the holder depends.
func TestTaggers(t *testing.T) {
	admin := document(allow("*"))
	const key, own = "aws:ResourceTag/team", "aws:PrincipalTag/team"
	assume := func(name string) statement { return on(allow("sts:AssumeRole"), arn("role/"+name)) }
	// ann may assume the tagger, and the open role if that has a tag.
	ann := func(tagger ...statement) *audittest.Builder {
		return audittest.New().User("ann", nil, document(assume("tagger"), under(assume("open"), "StringEquals", key, "a"))).
			Role("/", "tagger", trust(""), document(tagger...)).Role("/", "open", trust(""), admin)
	}
	// she may assume the open role if she has a tag.
	her := func(tagger ...statement) *audittest.Builder {
		return audittest.New().User("ann", nil, document(assume("tagger"), under(assume("open"), "StringEquals", own, "a"))).
			Role("/", "tagger", trust(""), document(tagger...)).Role("/", "open", trust(""), admin)
	}
	trusting := func(tagger ...statement) *audittest.Builder {
		entry := under(statement{"Effect": "Allow", "Principal": map[string]any{"AWS": arn("root")}, "Action": "sts:AssumeRole"}, "StringEquals", own, "a")
		return audittest.New().User("ann", nil, document(assume("tagger"), assume("open"))).Role("/", "tagger", trust(""), document(tagger...)).Role("/", "open", document(entry), admin)
	}
	const yes = "in 3 steps: it may assume the role tagger by sts:AssumeRole (sts-001), then change the tags of "
	tag, user := "iam:TagRole", "iam:TagUser"
	check(t, []row{
		{ann(allow(tag)), yes + "the role open by iam:TagRole, then assume the role open", false, "it may tag the role"},
		{ann(on(allow(tag), arn("role/open"))), yes, false, "just this role"},
		{ann(on(allow(tag), arn("role/other"))), "", false, "another role"},
		{ann(allow(user)), "", false, "users"},
		{ann(allow("s3:List*")), "", false, "it may tag nothing"},
		{ann(allow(tag), deny(tag)), "", false, "it is denied"},
		{ann(under(allow(tag), "StringEquals", "aws:RequestTag/team", "a")), yes, false, "with just this value"},
		{ann(under(allow(tag), "StringEquals", "aws:RequestTag/team", "b")), "", false, "with another value"},
		{ann(under(allow(tag), "StringEquals", "aws:RequestTag/other", "a")), yes, false, "with another tag too"},
		{ann(allow(tag)).With(labelled("open", "team", "a")), "an administrator in one step", false, "the role has the tag"},
		{her(on(allow(user), arn("user/ann"))), yes + "the user ann by iam:TagUser, then assume the role open", false, "it may tag her"},
		{her(on(allow(user), arn("user/bob"))), "", false, "it may tag another user"},
		{her(allow(tag)), "", false, "it may tag roles"},
		{trusting(on(allow(user), arn("user/ann"))), yes + "the user ann", false, "the trust policy asks for her tag"},
		{trusting(on(allow(user), arn("user/bob"))), "", false, "and it may tag another user"},
		{ann(allow(tag)).Policy("limit", document(allow("s3:*"))).With(audittest.Bounded("tagger", "limit")), "", false, "its boundary keeps it from that"},
		{audittest.New().User("ann", nil, document(under(assume("open"), "StringEquals", key, "a"))).Role("/", "tagger", trust(""), document(allow(tag))).Role("/", "open", trust(""), admin), "", false, "she does not become it"},
		{audittest.New().User("ann", nil, document(assume("tagger"))).Role("/", "tagger", trust(""), document(allow(tag), under(assume("open"), "StringEquals", key, "a"))).Role("/", "open", trust(""), admin), "in 2 steps: it may assume the role tagger", false, "the tagger assumes the role itself"},
		{audittest.New().User("ann", nil, document(on(allow("iam:CreateAccessKey"), arn("user/bob")), under(assume("open"), "StringEquals", key, "a"))).User("bob", nil, document(allow(tag))).Role("/", "open", trust(""), admin), "in 3 steps: it may make itself a key or a password of the user bob", false, "a user tags the role"},
	})
	// Who becomes ann has a step more.
	check(t, []row{{audittest.New().User("ann", nil, document(on(allow("iam:CreateAccessKey"), arn("user/eve")))).User("eve", nil, document(assume("tagger"), under(assume("open"), "StringEquals", key, "a"))).
		Role("/", "tagger", trust(""), document(allow(tag))).Role("/", "open", trust(""), admin), "in 4 steps", false, "she becomes one who becomes the tagger"}})
}
