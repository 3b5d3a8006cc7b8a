package escalation_test

import (
	"testing"

	"iamctl/audit/audittest"
	"iamctl/audit/config"
	"iamctl/audit/escalation"
	"iamctl/policy"
)

// Whom a holder becomes has the tags that the holder gave it before.
func TestRetagged(t *testing.T) {
	admin := document(allow("*"))
	const tag, user, key = "iam:TagRole", "iam:TagUser", "iam:CreateAccessKey"
	const own, of = "aws:PrincipalTag/team", "aws:ResourceTag/team"
	assume := func(name string) statement { return on(allow("sts:AssumeRole"), arn("role/"+name)) }
	asks := func(s statement) statement { return under(s, "StringEquals", own, "a") }
	becomes := func(list ...statement) *audittest.Builder {
		return audittest.New().User("ann", nil, document(append(list, assume("low"))...))
	}
	// ann may assume the low role, which may assume the open one if it has a tag.
	ann := func(list ...statement) *audittest.Builder {
		return becomes(list...).Role("/", "low", trust(""), document(asks(assume("open")))).Role("/", "open", trust(""), admin)
	}
	// the trust policy of the open role asks for the tag.
	trusting := func(list ...statement) *audittest.Builder {
		entry := asks(statement{"Effect": "Allow", "Principal": map[string]any{"AWS": arn("root")}, "Action": "sts:AssumeRole"})
		return becomes(list...).Role("/", "low", trust(""), document(assume("open"))).Role("/", "open", document(entry), admin)
	}
	// the open role must have the tag.
	other := func(list ...statement) *audittest.Builder {
		return becomes(list...).Role("/", "low", trust(""), document(under(assume("open"), "StringEquals", of, "a"))).Role("/", "open", trust(""), admin)
	}
	// the low role is an administrator with the tag.
	whole := func(list ...statement) *audittest.Builder {
		return becomes(list...).Role("/", "low", trust(""), document(asks(allow("*"))))
	}
	keys := func(list ...statement) *audittest.Builder {
		return audittest.New().User("ann", nil, document(append(list, on(allow(key), arn("user/bob")))...)).User("bob", nil, document(asks(allow("s3:*"))))
	}
	both := assume("open")
	both["Condition"] = map[string]any{"StringEquals": map[string]string{own: "a", of: "a"}}
	// what a trust policy lets in with the tag needs no permission
	entering := func(who string) string {
		return document(asks(statement{"Effect": "Allow", "Principal": map[string]any{"AWS": who}, "Action": "sts:AssumeRole"}))
	}
	const yes = "in 2 steps: it may change the tags of the role low and then assume it by iam:TagRole with sts:AssumeRole (sts-001), then assume the role open by sts:AssumeRole"
	const once = "an administrator in one step: it may change the tags of the role low and then assume it by iam:TagRole with sts:AssumeRole"
	low := func() statement { return on(allow(tag), arn("role/low")) }
	requested := func(operator, value string) statement { return under(low(), operator, "aws:RequestTag/team", value) }
	check(t, []row{
		{ann(low()), yes, false, "she may tag the role"},
		{ann(allow(tag)), yes, false, "any role"},
		{ann(), "", false, "she may tag nothing"},
		{ann(on(allow(tag), arn("role/high"))), "", false, "another role"},
		{ann(on(allow(user), arn("user/*"))), "", false, "users"},
		{ann(low(), deny(tag)), "", false, "she is denied it"},
		{ann(requested("StringEquals", "a")), yes, false, "with just this value"},
		{ann(requested("StringEquals", "b")), "", false, "with another value"},
		{ann(requested("StringNotEquals", "a")), "", false, "with any value but this"},
		{ann(requested("StringLike", "?")), yes, false, "with a pattern of values"},
		{ann(under(low(), "ForAllValues:StringEquals", "aws:TagKeys", "team")), yes, false, "with just this tag"},
		{ann(under(low(), "ForAllValues:StringEquals", "aws:TagKeys", "cost")), "", false, "with another tag"},
		{ann(under(low(), "StringEquals", "aws:RequestTag/cost", "a")), yes, false, "with another tag too"},
		{ann(low(), under(deny(tag), "ForAnyValue:StringEqualsIgnoreCase", "aws:TagKeys", "team")), "", false, "not with this tag"},
		{ann(low(), under(deny(tag), "ForAnyValue:StringEquals", "aws:TagKeys", "team")), yes, false, "not with this tag, unless it is written in another case"},
		{ann(low()).With(labelled("low", "team", "b")), yes, false, "it has another value, which she writes over"},
		{ann(under(low(), "Null", of, "true")).With(labelled("low", "team", "b")), "", false, "she may tag only what has no such tag, and it has one"},
		{ann(under(low(), "Null", of, "true")), yes, false, "she may tag only what has no such tag"},
		{ann(under(low(), "StringEquals", of, "c")).With(labelled("low", "team", "b")), "", false, "she may tag what has a value, and it has another"},
		{ann(under(low(), "StringEquals", of, "b")).With(labelled("low", "team", "b")), yes, false, "she may tag what has the value that it has"},
		{ann(low()).With(labelled("low", "team", "a")), "in 2 steps: it may assume the role low by sts:AssumeRole (sts-001), then assume the role open", false, "the role has the tag"},
		{audittest.New().User("ann", nil, document(low())).Role("/", "low", trust(""), document(asks(assume("open")))).Role("/", "open", trust(""), admin), "", false, "she may not assume the role"},
		{audittest.New().User("ann", nil, document(low(), assume("low"))).Role("/", "low", trust("ec2.amazonaws.com"), document(asks(assume("open")))).Role("/", "open", trust(""), admin), "", false, "the role does not let her in"},
		{audittest.New().User("ann", nil, document(low())).Role("/", "low", trust(arn("user/ann")), document(asks(assume("open")))).Role("/", "open", trust(""), admin), yes[:len("in 2 steps: it may change the tags of the role low")], false, "the role lets her in by name"},
		{becomes(low()).Role("/", "low", trust(""), document(asks(assume("open")))).Role("/", "open", trust("ec2.amazonaws.com"), admin), "it gains permissions in one step", false, "the open role does not let it in"},
		{becomes(low()).Role("/", "low", trust(""), document(asks(assume("open")), deny("sts:AssumeRole"))).Role("/", "open", trust(""), admin), "", false, "it is denied the step"},
		{becomes(allow(tag)).Role("/", "low", trust(""), document(on(allow("sts:AssumeRole"), arn("role/${aws:PrincipalTag/team}")))).Role("/", "open", trust(""), admin), yes, false, "the tag names the role"},
		{ann(low()).Policy("limit", document(allow("sts:*"))).With(audittest.Bounded("ann", "limit")), "", false, "her boundary keeps her from that"},
		{ann(low()).Policy("limit", document(allow("s3:*"))).With(audittest.Bounded("low", "limit")), "", false, "the boundary of the role keeps it from that"},

		{trusting(low()), yes, false, "a trust policy asks for the tag"},
		{trusting(requested("StringEquals", "b")), "", false, "a trust policy, and another value"},
		{trusting(on(allow(tag), arn("role/open"))), "", false, "a trust policy, and the role that it is of"},
		{becomes(low()).Role("/", "low", trust("")).Role("/", "open", entering(arn("role/low")), admin), yes[:len("in 2 steps: it may change the tags of the role low")], false, "a trust policy names the role"},
		{becomes(low()).Role("/", "low", trust("")).Role("/", "open", entering("*"), admin), yes[:len("in 2 steps: it may change the tags of the role low")], false, "a trust policy lets in everybody with the tag"},
		{other(on(allow(tag), arn("role/open"))), "in 2 steps: it may change the tags of the role open and then assume the role low by iam:TagRole with sts:AssumeRole (sts-001), then assume the role open", false, "whom the step is about"},
		{other(low()), "", false, "whom the step is not about"},
		{other(allow(tag)), "in 2 steps: it may change the tags of the role open and then assume the role low", false, "any role, and just one matters"},
		{becomes(allow(tag)).Role("/", "low", trust(""), document(both)).Role("/", "open", trust(""), admin), "change the tags of the role open and of the role low and then assume it", false, "both"},

		{whole(low()), once, false, "an administrator with the tag"},
		{whole(requested("StringEquals", "b")), "", false, "none with another"},
		{whole(), "", false, "none without"},

		{keys(on(allow(user), arn("user/bob"))), "it gains permissions in one step: it may change the tags of the user bob and then make itself a key or a password of it by iam:CreateAccessKey with iam:TagUser", false, "a user may do more with the tag"},
		{keys(on(allow(user), arn("user/eve"))), "", false, "another user"},
		{keys(on(allow(tag), arn("user/bob"))), "", false, "roles"},
		{keys(on(allow(user), arn("user/bob")), allow("s3:*")), "", false, "a user may do no more than she"},
		{keys(under(on(allow(user), arn("user/bob")), "StringEquals", "aws:RequestTag/team", "b")), "", false, "a user may do no more with another value"},
		{audittest.New().User("ann", nil, document(on(allow(user, key), arn("user/bob")))).User("bob", nil, document(asks(assume("open")))).Role("/", "open", trust(""), admin), "in 2 steps: it may change the tags of the user bob and then make itself a key or a password of it", false, "a user may assume the role"},
		{audittest.New().Role("/", "ann", trust("ec2.amazonaws.com"), document(low(), assume("low"))).Role("/", "low", trust(""), document(asks(assume("open")))).Role("/", "open", trust(""), admin), yes, false, "a role tags another"},
		{audittest.New().Role("/", "ann", trust(""), document(allow(tag, "sts:AssumeRole"), asks(allow("s3:*")))).Role("/", "bob", trust(""), document(allow(tag, "sts:AssumeRole"), asks(allow("s3:*")))), "", false, "two roles may tag each other, and themselves"},
	})
}

// Sessions of a role have the tags that it has when it is assumed.
func TestRetaggedThenAssumed(t *testing.T) {
	const own, of = "aws:PrincipalTag/team", "aws:ResourceTag/team"
	open := document(under(on(allow("sts:AssumeRole"), arn("role/open")), "StringEquals", own, "a"))
	tagging := func(open string, list ...statement) *audittest.Builder {
		return audittest.New().User("ann", nil, document(append(list, on(allow("iam:TagRole", "iam:UntagRole"), arn("role/low")))...)).
			Role("/", "low", trust(""), open).Role("/", "open", trust(""), document(allow("*")))
	}
	ann := func(list ...statement) *audittest.Builder { return tagging(open, list...) }
	without := func(list ...statement) *audittest.Builder {
		return tagging(document(under(on(allow("sts:AssumeRole"), arn("role/open")), "Null", own, "true")), list...)
	}
	low := func() statement { return on(allow("sts:AssumeRole"), arn("role/low")) }
	const yes = "in 2 steps: it may change the tags of the role low"
	check(t, []row{
		{ann(low()), yes, false, "she needs no tag to assume it"},
		{ann(under(low(), "StringEquals", of, "a")), yes, false, "she needs the same"},
		{ann(under(low(), "StringLike", of, "a*")), yes, false, "a pattern of the same"},
		{ann(under(low(), "StringEquals", of, "b")), "", false, "another"},
		{ann(under(low(), "StringEquals", of, "b")).With(labelled("low", "team", "b")), "", false, "the other that it has"},
		{ann(under(low(), "StringNotEquals", of, "b")), yes, false, "any other"},
		{ann(under(low(), "StringNotEquals", of, "a")), "", false, "any but the same"},
		{ann(under(low(), "Null", of, "true")), "", false, "none"},
		{ann(under(low(), "Null", of, "false")), yes, false, "some"},
		{ann(under(low(), "StringEquals", "aws:ResourceTag/cost", "b")).With(labelled("low", "cost", "b")), yes, false, "another tag, which it has"},
		{ann(low(), under(on(deny("sts:AssumeRole"), arn("role/low")), "StringEquals", of, "a")), "", false, "she is denied it with the same"},
		{audittest.New().User("ann", nil, document(on(allow("iam:TagRole"), arn("role/low")), under(on(deny("sts:AssumeRole"), arn("role/low")), "StringEquals", of, "a"))).
			Role("/", "low", trust(arn("user/ann")), open).Role("/", "open", trust(""), document(allow("*"))), "", false, "she is let in by name, and denied it with the same"},
		{audittest.New().User("ann", nil, document(on(allow("iam:TagRole"), arn("role/low")), under(on(deny("sts:AssumeRole"), arn("role/low")), "StringEquals", of, "b"))).
			Role("/", "low", trust(arn("user/ann")), open).Role("/", "open", trust(""), document(allow("*"))), yes, false, "she is let in by name, and denied it with another"},
		{ann(low()).Policy("limit", document(under(allow("sts:*"), "StringEquals", of, "b"), allow("iam:*"))).With(audittest.Bounded("ann", "limit")), "", false, "her boundary asks for another"},
		{ann(low()).Policy("limit", document(under(allow("sts:*"), "StringEquals", of, "a"), allow("iam:*"))).With(audittest.Bounded("ann", "limit")), yes, false, "her boundary asks for the same"},
		{without(low()).With(labelled("low", "team", "b")), yes, false, "the step asks for none, and she needs none"},
		{without(under(low(), "Null", of, "false")).With(labelled("low", "team", "b")), "", false, "the step asks for none, and she needs some"},
		{ann(under(low(), "StringEquals", of, "${aws:PrincipalTag/team}")).With(labelled("ann", "team", "b")), "", false, "that which she has, another"},
		{ann(under(low(), "StringEquals", of, "${aws:PrincipalTag/team}")).With(labelled("ann", "team", "a")), yes, false, "that which she has, the same"},
	})
}

// The request that changes a tag gives it the value with which the next step is allowed.
func TestRequestedTag(t *testing.T) {
	const own, of = "aws:PrincipalTag/team", "aws:ResourceTag/team"
	assume := func(name string) statement { return on(allow("sts:AssumeRole"), arn("role/"+name)) }
	tag := func() statement { return under(allow("iam:TagRole"), "StringLike", "aws:RequestTag/team", "a*") }
	account := func(ann, low string) *audittest.Builder {
		return audittest.New().User("ann", nil, ann).Role("/", "low", trust(""), low).Role("/", "open", trust(""), document(allow("*")))
	}
	for name, b := range map[string]*audittest.Builder{
		"of whom she becomes":          account(document(tag(), assume("low")), document(under(assume("open"), "StringLike", own, "ab?"))),
		"of whom that assumes":         account(document(tag(), assume("low")), document(under(assume("open"), "StringLike", of, "ab?"))),
		"of whom she assumes after it": account(document(assume("low"), under(assume("open"), "StringLike", of, "ab?")), document(tag())),
	} {
		found := b.Check(t, &escalation.Rules[1], config.Config{})
		if len(found) != 1 {
			t.Fatalf("a tag %s: found %v", name, audittest.Messages(found))
		}
		var set, asked string
		for _, s := range found[0].Steps {
			for key, values := range s.Request.Context {
				switch policy.Fold(key) {
				case "aws:requesttag/team":
					set = values[0]
				case "aws:principaltag/team", "aws:resourcetag/team":
					asked = values[0]
				}
			}
		}
		if set == "" || set != asked {
			t.Errorf("a tag %s is set to %q and asked to be %q", name, set, asked)
		}
	}
}
