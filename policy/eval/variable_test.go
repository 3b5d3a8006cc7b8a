package eval_test

import (
	"testing"

	"iamctl/policy"
	"iamctl/policy/eval"
)

func TestVariablesInResources(t *testing.T) {
	context := map[string][]string{
		"aws:PrincipalTag/Team": {"red"}, "star": {"*"}, "two": {"a", "b"}, "none": {}, "colon": {"a:b"}, "blank": {""},
	}
	for _, tt := range []struct {
		reason, element, resource string
		want                      eval.Outcome
	}{
		{"a value", `"Resource": "arn:aws:s3:::home/${aws:PrincipalTag/Team}/*"`, "arn:aws:s3:::home/red/x", eval.Allowed},
		{"another value", `"Resource": "arn:aws:s3:::home/${aws:PrincipalTag/Team}/*"`, "arn:aws:s3:::home/blue/x", eval.NotAllowed},
		{"a key's letter case means nothing", `"Resource": "arn:aws:s3:::home/${AWS:principaltag/team}/*"`, "arn:aws:s3:::home/red/x", eval.Allowed},
		{"two of them", `"Resource": "arn:aws:s3:::${aws:PrincipalTag/Team}-${aws:PrincipalTag/Team}*"`, "arn:aws:s3:::red-redder", eval.Allowed},
		{"wildcards around it", `"Resource": "arn:aws:s3:::?*-${aws:PrincipalTag/Team}-*"`, "arn:aws:s3:::a-red-b", eval.Allowed},
		{"a value is no pattern", `"Resource": "arn:aws:s3:::${star}x"`, "arn:aws:s3:::abx", eval.NotAllowed},
		{"a value is literal", `"Resource": "arn:aws:s3:::${star}x*"`, "arn:aws:s3:::*xyz", eval.Allowed},
		{"also with colons", `"Resource": "arn:aws:s3:::${colon}*"`, "arn:aws:s3:::a:bc", eval.Allowed},
		{"and if it is empty", `"Resource": "arn:aws:s3:::x${blank}y"`, "arn:aws:s3:::xy", eval.Allowed},
		{"no value matches nothing", `"Resource": "arn:aws:s3:::${aws:username}*"`, "arn:aws:s3:::${aws:username}", eval.NotAllowed},
		{"but another pattern may", `"Resource": ["arn:aws:s3:::${aws:username}", "arn:aws:s3:::x"]`, "arn:aws:s3:::x", eval.Allowed},
		{"and excepts nothing", `"NotResource": "arn:aws:s3:::${aws:username}*"`, "arn:aws:s3:::x", eval.Allowed},
		{"a default", `"Resource": "arn:aws:s3:::${aws:username, 'nobody'}/*"`, "arn:aws:s3:::nobody/x", eval.Allowed},
		{"a default is not for what has a value", `"Resource": "arn:aws:s3:::${aws:PrincipalTag/Team, 'none'}/*"`, "arn:aws:s3:::none/x", eval.NotAllowed},
		{"a default with a brace", `"Resource": "arn:aws:s3:::${aws:username, 'a}b'}/*"`, "arn:aws:s3:::a}b/x", eval.Allowed},
		{"a wildcard in a default", `"Resource": "arn:aws:s3:::${aws:username, '*'}"`, "arn:aws:s3:::x", eval.Undecided},
		{"several values", `"Resource": "arn:aws:s3:::${two}"`, "arn:aws:s3:::a", eval.Undecided},
		{"a key without values", `"Resource": "arn:aws:s3:::${none}"`, "arn:aws:s3:::a", eval.Undecided},
		{"a literal star", `"Resource": "arn:aws:s3:::a${*}b"`, "arn:aws:s3:::a*b", eval.Allowed},
		{"which is no wildcard", `"Resource": "arn:aws:s3:::a${*}b"`, "arn:aws:s3:::axb", eval.NotAllowed},
		{"a literal question mark", `"Resource": "arn:aws:s3:::a${?}b"`, "arn:aws:s3:::a?b", eval.Allowed},
		{"which is no wildcard either", `"Resource": "arn:aws:s3:::a${?}b"`, "arn:aws:s3:::axb", eval.NotAllowed},
		{"a literal dollar", `"Resource": "arn:aws:s3:::a${$}{x}"`, "arn:aws:s3:::a${x}", eval.Allowed},
		{"what nothing closes is text", `"Resource": "arn:aws:s3:::a${b*"`, "arn:aws:s3:::a${bc", eval.Allowed},
		{"a dollar alone is text", `"Resource": "arn:aws:s3:::a$b"`, "arn:aws:s3:::a$b", eval.Allowed},
		{"none before the fifth colon", `"Resource": "arn:aws:s3:${aws:PrincipalTag/Team}::x"`, "arn:aws:s3:red::x", eval.Undecided},
		{"which does not matter elsewhere", `"Resource": "arn:aws:s3:${aws:PrincipalTag/Team}::x"`, "arn:aws:s3:red::y", eval.NotAllowed},
		{"but for the literal ones", `"Resource": "arn:aws:s3:${$}::x"`, "arn:aws:s3:$::x", eval.Allowed},
		{"of which there are three", `"Resource": "arn:aws:s3:${x}::x"`, "arn:aws:s3:x::x", eval.Undecided},
		{"a colon between two counts", `"Resource": "arn:aws:s3:${*}::${aws:PrincipalTag/Team}"`, "arn:aws:s3:*::red", eval.Allowed},
		{"nor as the whole", `"Resource": "${aws:PrincipalTag/Team}"`, "red", eval.Undecided},
		{"a variable without a name", `"Resource": "arn:aws:s3:::${}"`, "arn:aws:s3:::x", eval.Undecided},
		{"a default that is none", `"Resource": "arn:aws:s3:::${aws:username, x}"`, "arn:aws:s3:::x", eval.Undecided},
	} {
		p := eval.Permissions{Identity: documents(`{"Effect": "Allow", "Action": "*", ` + tt.element + `}`)}
		got := p.Decide(&eval.Request{Action: "s3:GetObject", Resource: tt.resource, Context: context})
		if got.Outcome != tt.want {
			t.Errorf("%s: %s and %s: got %s (%s), want %s", tt.reason, tt.element, tt.resource, got.Outcome, got.Reason, tt.want)
		}
	}
}

func TestVariablesInConditions(t *testing.T) {
	context := map[string][]string{"k": {"red"}, "tag": {"red"}, "star": {"r*"}, "yes": {"true"}, "arn": {"arn:aws:iam::1:role/red"}, "bool": {"true"}}
	checkConditions(t, "2012-10-17", []conditionCase{
		{"a value", `{"StringEquals": {"k": "${tag}"}}`, context, eval.Allowed},
		{"a part of one", `{"StringLike": {"k": "${tag}*"}}`, context, eval.Allowed},
		{"a wildcard before it", `{"StringLike": {"k": "*e${d}"}}`, map[string][]string{"k": {"red"}, "d": {"d"}}, eval.Allowed},
		{"letter case aside", `{"StringEqualsIgnoreCase": {"k": "R${tag}"}}`, map[string][]string{"k": {"RRED"}, "tag": {"red"}}, eval.Allowed},
		{"a value is no pattern", `{"StringLike": {"k": "${star}"}}`, context, eval.NotAllowed},
		{"in an ARN", `{"ArnLike": {"arn": "arn:aws:iam::*:role/${tag}"}}`, context, eval.Allowed},
		{"as an ARN", `{"ArnEquals": {"arn": "${arn}"}}`, context, eval.Allowed},
		{"in Bool", `{"Bool": {"bool": "${yes}"}}`, context, eval.Allowed},
		{"no value, positive", `{"StringEquals": {"k": "${nothing}"}}`, context, eval.NotAllowed},
		{"no value, positive pattern", `{"StringLike": {"k": "*${nothing}"}}`, context, eval.NotAllowed},
		{"no value, negated", `{"StringNotEquals": {"k": "${nothing}"}}`, context, eval.Allowed},
		{"no value, negated pattern", `{"StringNotLike": {"k": "${nothing}*"}}`, context, eval.Allowed},
		{"no value beside one that matches", `{"StringNotEquals": {"k": ["${nothing}", "red"]}}`, context, eval.NotAllowed},
		{"a literal star", `{"StringLike": {"k": "r${*}"}}`, context, eval.NotAllowed},
		{"a literal star in exact text", `{"StringEquals": {"k": "r${*}"}}`, map[string][]string{"k": {"r*"}}, eval.Allowed},
		{"a default", `{"StringEquals": {"k": "${nothing, 'red'}"}}`, context, eval.Allowed},
		{"a wildcard in a default of exact text", `{"StringEquals": {"k": "${nothing, 'r*'}"}}`, map[string][]string{"k": {"r*"}}, eval.Allowed},
	})
}

// TestOldVersions holds that text of the versions without variables is text.
func TestOldVersions(t *testing.T) {
	context := map[string][]string{"k": {"${tag}"}, "tag": {"red"}}
	for _, version := range []string{"2008-10-17", ""} {
		checkConditions(t, version, []conditionCase{
			{"a variable is text", `{"StringEquals": {"k": "${tag}"}}`, context, eval.Allowed},
			{"with wildcards", `{"StringLike": {"k": "${*}"}}`, context, eval.Allowed},
			{"and has no value", `{"StringEquals": {"tag": "${tag}"}}`, context, eval.NotAllowed},
		})
		d := statementsOf(version, `{"Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:::${tag}/${*}"}`)
		p := eval.Permissions{Identity: []*policy.Document{d}}
		for resource, want := range map[string]eval.Outcome{
			"arn:aws:s3:::${tag}/${x}": eval.Allowed, "arn:aws:s3:::red/*": eval.NotAllowed,
		} {
			if got := p.Decide(&eval.Request{Action: "s3:GetObject", Resource: resource, Context: context}); got.Outcome != want {
				t.Errorf("version %q: %s: got %s (%s), want %s", version, resource, got.Outcome, got.Reason, want)
			}
		}
	}
}
