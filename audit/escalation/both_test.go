package escalation_test

import (
	"testing"

	"iamctl/audit/audittest"
	"iamctl/inventory"
)

// One request must pass the holder's permissions and the trust policy.
func TestOneRequest(t *testing.T) {
	type conditions map[string]map[string]any
	where := func(s statement, c conditions) statement {
		if c != nil {
			s["Condition"] = map[string]map[string]any(c)
		}
		return s
	}
	is := func(operator, key string, value any) conditions { return conditions{operator: {key: value}} }
	in := func(who string, c conditions) statement {
		return where(statement{"Effect": "Allow", "Principal": map[string]any{"AWS": who}, "Action": "sts:AssumeRole"}, c)
	}
	account := func(hers conditions, trust ...statement) *audittest.Builder {
		return audittest.New().User("ann", nil, document(where(on(allow("sts:AssumeRole"), arn("role/r")), hers))).Role("/", "r", document(trust...), document(allow("*")))
	}
	root := arn("root")
	const yes, id, mfa, ip, name = "assume the role r", "sts:ExternalId", "aws:MultiFactorAuthPresent", "aws:SourceIp", "sts:RoleSessionName"
	old := func(a *inventory.Account) {
		a.Roles[0].Trust = inventory.Document(`{"Version": "2008-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "` + root + `"}, "Action": "sts:AssumeRole", "Condition": {"StringEquals": {"sts:ExternalId": "${aws:userid}"}}}]}`)
	}
	check(t, []row{
		{account(is("StringEquals", id, "a"), in(root, is("StringEquals", id, "a"))), yes, false, "the same external id"},
		{account(is("StringEquals", id, "a"), in(root, is("StringEquals", id, "b"))), "", false, "two external ids"},
		{account(is("StringEquals", id, []string{"a", "b"}), in(root, is("StringEquals", id, []string{"b", "c"}))), yes, false, "lists with one in common"},
		{account(is("StringLike", id, "a*"), in(root, is("StringLike", id, "*b"))), yes, false, "patterns that meet"},
		{account(is("StringLike", id, "a*"), in(root, is("StringLike", id, "b*"))), "", false, "patterns that do not meet"},
		{account(is("StringEquals", id, "a"), in(root, nil)), yes, false, "one side alone asks"},
		{account(nil, in(root, is("StringEquals", id, "a"))), yes, false, "the other side alone asks"},
		{account(is("StringEquals", id, "a"), in(root, is("StringEquals", id, "b")), in(root, is("StringEquals", id, "a"))), yes, false, "the second statement lets it in"},
		{account(is("StringEquals", id, "a"), in(root, is("StringEquals", id, "b")), in(arn("user/bob"), is("StringEquals", id, "a"))), "", false, "the second statement is for another"},
		{account(is("StringEquals", id, "a"), in(arn("user/ann"), is("StringEquals", id, "b"))), yes + ", whose trust policy names it", false, "she is named, and needs no permission"},
		{account(is("StringEquals", id, "a"), in(arn("user/ann"), is("StringEquals", id, "a"))), yes, false, "she is named, and has the permission"},
		{account(is("StringEquals", id, "a"), in(root, nil), where(statement{"Effect": "Deny", "Principal": "*", "Action": "sts:AssumeRole"}, is("StringEquals", id, "a"))), "", false, "what she needs is denied"},
		{account(is("StringEquals", id, "a"), in(root, nil), where(statement{"Effect": "Deny", "Principal": "*", "Action": "sts:AssumeRole"}, is("StringNotEquals", id, "a"))), yes, false, "all but what she needs is denied"},
		{account(is("StringEquals", id, "a"), in(root, nil), where(statement{"Effect": "Deny", "Principal": map[string]any{"AWS": arn("user/bob")}, "Action": "sts:AssumeRole"}, is("StringEquals", id, "a"))), yes, false, "what she needs is denied to another"},
		{account(is("StringNotEquals", id, "a"), in(root, is("StringNotEquals", id, "b"))), yes, false, "two external ids that it must not be"},
		{account(is("StringNotEquals", id, "a"), in(root, conditions{"StringNotEquals": {id: "b"}, "StringEquals": {id: []string{"a", "b"}}})), "", false, "and no other that it may be"},
		{account(conditions{"Null": {id: "false"}, "StringEquals": {id: "a"}}, in(root, is("StringEquals", id, "a"))), yes, false, "it must be there"},
		{account(is("Null", id, "true"), in(root, is("Null", id, "false"))), "", false, "it must be there, and must not"},
		{account(is("Null", id, "true"), in(root, is("StringEquals", id, "a"))), "", false, "it must be one, and must not be there"},
		{account(is("Bool", mfa, "true"), in(root, is("Bool", mfa, "false"))), "", false, "with MFA and without"},
		{account(is("Bool", mfa, "true"), in(root, is("BoolIfExists", mfa, "false"))), "", false, "with MFA and without, or where nothing is said of it"},
		{account(is("Bool", mfa, "true"), in(root, is("Bool", mfa, "true"))), yes, false, "with MFA on both sides"},
		{account(is("IpAddress", ip, "10.0.0.0/8"), in(root, is("IpAddress", ip, "192.168.0.0/16"))), "", false, "from two networks"},
		{account(is("IpAddress", ip, "10.0.0.0/8"), in(root, is("IpAddress", ip, "10.1.0.0/16"))), yes, false, "from a part of a network"},
		{account(is("StringEquals", name, "a"), in(root, is("StringEquals", name, "b"))), "", false, "two names of a session"},
		{account(is("StringLike", name, "ann-*"), in(root, is("StringLike", name, "${aws:username}-*"))), yes, false, "the name of a session by hers"},
		{account(is("StringLike", name, "bob-*"), in(root, is("StringLike", name, "${aws:username}-*"))), "", false, "the name of a session by another's"},
		{account(is("StringEquals", id, "${aws:username}"), in(root, is("StringEquals", id, "ann"))), yes, false, "an external id by her name"},
		{account(is("StringEquals", id, "${aws:username}"), in(root, is("StringEquals", id, "bob"))), "", false, "an external id by another's name"},
		{account(is("StringEquals", id, "${$}{aws:userid}")).With(old), yes, false, "an old trust policy has no variables"},
		{account(is("StringEquals", id, "a")).With(old), "", false, "nor is its text another"},
		{account(is("StringEquals", "aws:PrincipalTag/t", "a"), in(root, is("StringEquals", "aws:PrincipalTag/t", "b"))).With(labelled("ann", "t", "a")), "", false, "two values of a tag of hers"},
		{account(is("DateLessThan", "aws:CurrentTime", "2026-06-01T00:00:00Z"), in(root, is("DateGreaterThan", "aws:CurrentTime", "2026-07-01T00:00:00Z"))), "", false, "until one day, and from a later one on"},
		{account(is("DateLessThan", "aws:CurrentTime", "2026-08-01T00:00:00Z"), in(root, is("DateGreaterThan", "aws:CurrentTime", "2026-07-01T00:00:00Z"))), yes, false, "between two days"},
		{account(is("StringEquals", id, "a"), in(root, is("StringEquals", id, "b"))).With(func(a *inventory.Account) {
			a.Users[0].Inline[0].Document = inventory.Document(document(allow("sts:AssumeRole"), under(deny("sts:AssumeRole"), "StringEquals", id, "b")))
		}), "", false, "the one external id is denied to her"},
	})
}
