package escalation_test

import (
	"testing"

	"iamctl/audit/audittest"
)

// What a trust policy asks for of the session must be allowed to set.
func TestSetting(t *testing.T) {
	const identity, tag, source = "sts:SetSourceIdentity", "sts:TagSession", "sts:SourceIdentity"
	boss := func(asks statement, list ...statement) *audittest.Builder {
		return audittest.New().User("ann", nil, document(list...)).Role("/", "boss", document(asks), document(allow("*")))
	}
	of := func(who, operator, key, value string, actions ...string) statement {
		s := under(statement{"Effect": "Allow", "Principal": map[string]any{"AWS": arn(who)}}, operator, key, value)
		s["Action"] = append(actions, "sts:AssumeRole")
		return s
	}
	assume := func() statement { return allow("sts:AssumeRole") }
	check(t, []row{
		{boss(of("root", "StringLike", source, "*", identity), assume(), allow(identity)), "boss", false, "both let her set an identity"},
		{boss(of("root", "StringLike", source, "*", identity), assume()), "", false, "her permissions do not"},
		{boss(of("root", "StringLike", source, "*", identity), allow("sts:*"), deny(identity)), "", false, "they deny it"},
		{boss(of("root", "StringEquals", source, "x"), allow("sts:*")), "", false, "the trust policy does not"},
		{boss(of("root", "StringLikeIfExists", source, "*", identity), assume()), "boss", false, "she need not set one"},
		{boss(of("root", "StringNotEquals", source, "x"), assume()), "boss", false, "she must not set one"},
		{boss(of("user/ann", "StringLike", source, "*", identity), assume()), "boss", false, "the trust policy lets her by her name"},
		{boss(of("user/ann", "StringLike", source, "*", identity), deny(identity)), "", false, "by her name, and it is denied"},
		{boss(of("root", "StringEquals", source, "ann", identity), assume(), under(allow(identity), "StringEquals", source, "ann")), "boss", false, "she may set the one"},
		{boss(of("root", "StringEquals", source, "ann", identity), assume(), under(allow(identity), "StringEquals", source, "bob")), "", false, "she may set another one"},
		{boss(of("root", "StringEquals", source, "ann", identity), assume(), under(allow(identity), "StringEquals", source, "${aws:username}")), "boss", false, "she may set her name"},
		{boss(of("root", "StringEquals", source, "bob", identity), assume(), under(allow(identity), "StringEquals", source, "${aws:username}")), "", false, "she may set her name, and that is another"},
		{boss(of("root", "StringEqualsIgnoreCase", source, "ANN", identity), assume(), under(allow(identity), "StringEquals", source, "ann")), "boss", false, "she may set it in other letters"},
		{boss(of("root", "StringLike", source, "a*", identity), assume(), under(allow(identity), "StringEquals", source, "ann")), "boss", false, "she may set one of them"},
		{boss(of("root", "StringEqualsIfExists", source, "bob", identity), assume(), under(allow(identity), "StringEquals", source, "ann")), "boss", false, "she need not set it"},
		{boss(of("root", "StringEquals", source, "ann", identity), assume(), allow(identity), under(deny(identity), "StringEquals", source, "ann")), "", false, "she may set any other one"},
		{boss(of("user/ann", "StringEquals", source, "bob", identity), under(deny(identity), "StringEquals", source, "bob")), "", false, "by her name, and this one is denied"},
		{boss(of("root", "StringEquals", "aws:RequestTag/t", "1", tag), allow("sts:*")), "boss", false, "she may pass a tag"},
		{boss(of("root", "StringEquals", "aws:RequestTag/t", "1", tag), allow("sts:*"), deny(tag)), "", false, "she may pass none"},
		{boss(of("root", "StringEquals", "sts:ExternalId", "1"), allow("sts:*"), deny(tag, identity)), "boss", false, "a key that needs no permission"},
	})
}
