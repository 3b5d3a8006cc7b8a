package eval_test

import (
	"testing"

	"iamctl/policy"
	"iamctl/policy/eval"

	"github.com/google/go-cmp/cmp"
)

func TestControl(t *testing.T) {
	at := func(level, document, index int) []eval.Statement {
		return []eval.Statement{{Level: level, Document: document, Index: index}}
	}
	level := documents
	for _, tt := range []struct {
		reason   string
		identity []*policy.Document
		control  [][]*policy.Document
		want     eval.Outcome
		by       []eval.Statement
	}{
		{"no organisation", documents(allowGet), nil, eval.Allowed, at(0, 0, 0)},
		{"each level allows it", documents(allowGet), [][]*policy.Document{level(allowAll), level(allowPut, allowGet)}, eval.Allowed, at(0, 0, 0)},
		{"a level without policies allows nothing", documents(allowGet), [][]*policy.Document{level(allowAll), nil}, eval.NotAllowed, at(2, -1, -1)},
		{"the first level that does not allow it decides", documents(allowGet), [][]*policy.Document{level(allowAll), level(allowPut), level(allowPut)}, eval.NotAllowed, at(2, -1, -1)},
		{"what the role may not do the levels do not decide", documents(allowPut), [][]*policy.Document{level(allowPut)}, eval.NotAllowed, nil},
		{"levels give nothing", nil, [][]*policy.Document{level(allowAll)}, eval.NotAllowed, nil},
		{"a Deny of a level denies", documents(allowAll), [][]*policy.Document{level(allowAll), level(allowAll, denyAll)}, eval.Denied, at(2, 1, 0)},
		{"an unclear Deny of a level matters", documents(allowAll), [][]*policy.Document{level(allowAll, denyPerhaps)}, eval.Undecided, at(1, 1, 0)},
		{"an unclear Allow of a level matters", documents(allowAll), [][]*policy.Document{level(allowPerhaps)}, eval.Undecided, at(1, 0, 0)},
		{"a wildcard in the middle of an action", documents(allowAll), [][]*policy.Document{level(allowAll, `{"Effect": "Deny", "Action": "s3:*Object", "Resource": "*"}`)}, eval.Denied, at(1, 1, 0)},
		{"NotResource and conditions in an Allow", documents(allowAll), [][]*policy.Document{level(`{"Effect": "Allow", "NotAction": "iam:*", "NotResource": "arn:aws:s3:::other", "Condition": {"StringEquals": {"aws:PrincipalTag/team": "a"}}}`)}, eval.Allowed, at(0, 0, 0)},
		{"such a policy has no Principal", documents(allowAll), [][]*policy.Document{level(`{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}`)}, eval.Undecided, at(1, 0, 0)},
	} {
		p := &eval.Permissions{Identity: tt.identity, Control: tt.control}
		r := &eval.Request{Action: "s3:GetObject", Resource: "arn:aws:s3:::a/b", Context: map[string][]string{"aws:PrincipalTag/team": {"a"}}}
		got := p.Decide(r)
		if got.Outcome != tt.want || cmp.Diff(tt.by, got.By) != "" {
			t.Errorf("%v by %v (%s), want %v by %v: %s", got.Outcome, got.By, got.Reason, tt.want, tt.by, tt.reason)
		}
		if again := p.Asked(r.Action).Decide(r); cmp.Diff(got, again) != "" {
			t.Errorf("%s: asked for the action alone it is %v", tt.reason, again)
		}
	}
}

func TestAdmission(t *testing.T) {
	const (
		trust    = `{"Effect": "Allow", "Principal": {"AWS": "222222222222"}, "Action": "sts:AssumeRole"}`
		anything = `{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}`
	)
	for _, tt := range []struct {
		reason  string
		control [][]*policy.Document
		want    eval.Outcome
	}{
		{"no organisation", nil, eval.Allowed},
		{"RCPFullAWSAccess", [][]*policy.Document{documents(anything), documents(anything)}, eval.Allowed},
		{"a level without policies", [][]*policy.Document{nil}, eval.NotAllowed},
		{"another role", [][]*policy.Document{documents(anything, `{"Effect": "Deny", "Principal": "*", "Action": "sts:*", "Resource": "arn:aws:iam::*:role/other"}`)}, eval.Allowed},
		{"the role", [][]*policy.Document{documents(anything, `{"Effect": "Deny", "Principal": "*", "Action": "sts:*", "Resource": "arn:aws:iam::*:role/app"}`)}, eval.Denied},
		{"others than who asks", [][]*policy.Document{documents(anything, `{"Effect": "Deny", "Principal": "*", "Action": "sts:*", "Resource": "*", "Condition": {"StringNotEquals": {"aws:PrincipalAccount": "222222222222"}}}`)}, eval.Allowed},
		{"who asks", [][]*policy.Document{documents(anything, `{"Effect": "Deny", "Principal": "*", "Action": "sts:*", "Resource": "*", "Condition": {"StringEquals": {"aws:PrincipalAccount": "222222222222"}}}`)}, eval.Denied},
		{"a policy without a Principal", [][]*policy.Document{documents(anything, denyAll)}, eval.Undecided},
	} {
		a := &eval.Admission{Trust: documents(trust)[0], Control: tt.control, Role: "arn:aws:iam::111111111111:role/app"}
		r := &eval.Request{Action: "sts:AssumeRole", Principal: policy.Principal{Type: "AWS", Value: "arn:aws:iam::222222222222:role/ci"}}
		if got := a.Decide(r); got.Outcome != tt.want {
			t.Errorf("%v (%s), want %v: %s", got.Outcome, got.Reason, tt.want, tt.reason)
		}
	}
}
