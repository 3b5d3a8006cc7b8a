package eval_test

import (
	"strings"
	"testing"

	"iamctl/policy"
	"iamctl/policy/eval"
)

// FuzzDecide asks whatever is a document to the parser about whatever is a
// request: it must not panic, and a Deny of everything denies it.
func FuzzDecide(f *testing.F) {
	for _, seed := range [][5]string{
		{allowAll, "s3:GetObject", "*", "k", "v"},
		{denyPerhaps + "," + allowGet, "s3:GetObject", "arn:aws:s3:::app1", "aws:SourceIp", "10.0.0.1"},
		{`{"Effect": "Allow", "NotAction": "s?:*", "NotResource": "arn:aws:*:${k, 'x'}*"}`, "ec2:Run", "arn:aws:s3:::${k}", "k", "a*"},
		{`{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"ForAllValues:DateLessThan": {"k": "2026-01-01T12:00:00.5+01:00"}}}`, "a:b", "*", "k", "1767268800"},
		{`{"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"NotIpAddress": {"k": ["::1/3", "1.2.3.4"]}}}`, "a:b", "*", "K", "fe80::1%eth0"},
		{`{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"ArnNotLike": {"k": "arn:${k}:*"}, "NumericEquals": {"k": 1.50}}}`, "a:b", "*", "k", "arn:::::"},
		{`{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::1:role/a"}, "Action": "*"}`, "sts:AssumeRole", "arn:aws:sts::1:assumed-role/a/b", "k", ""},
		{`{"Effect": "Nothing", "Principle": 5}, 7`, ":", ":::::", "", ""},
	} {
		f.Add(seed[0], seed[1], seed[2], seed[3], seed[4])
	}
	f.Fuzz(func(t *testing.T, statements, action, resource, key, value string) {
		d, _, err := policy.Parse(`{"Version": "2012-10-17", "Statement": [` + statements + `]}`)
		if err != nil {
			t.Skip()
		}
		r := eval.Request{
			Principal: policy.Principal{Type: "AWS", Value: resource},
			Action:    action, Resource: resource,
			Context: map[string][]string{key: {value}, "many": {value, "x"}, "none": {}},
		}
		p := eval.Permissions{Identity: []*policy.Document{d}}
		for _, got := range []eval.Decision{p.Decide(&r), eval.Trust(d, &r)} {
			if (got.Outcome == eval.Undecided) && got.Reason == "" || (got.Outcome == eval.NotAllowed) != (got.By == nil) {
				t.Errorf("%s by %v, %q", got.Outcome, got.By, got.Reason)
			}
		}
		p.Identity = append(p.Identity, documents(denyAll)...)
		asks := strings.Index(action, ":") > 0 && !strings.ContainsAny(action, "*? ") && resource != ""
		if got := p.Decide(&r).Outcome; got == eval.Allowed || got == eval.NotAllowed && asks {
			t.Errorf("%s by a policy that denies everything", got)
		}
	})
}
