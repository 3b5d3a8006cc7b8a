package audit_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"iamctl/audit"
	"iamctl/audit/account"
	"iamctl/audit/audittest"
	"iamctl/audit/config"
	"iamctl/audit/rule"
	"iamctl/policy"
)

// broken are statements of trust policies, each a finding whose fix is whole, or none.
var broken = []string{
	`{"Sid": "A", "Effect": "Allow", "Principal": {"Service": "scheduler.amazonaws.com"}, "Action": "sts:AssumeRole"}`,
	`{"Sid": "B", "Effect": "Allow", "Principal": {"Service": ["states.amazonaws.com", "ec2.amazonaws.com", "ssm.amazonaws.com"]}, "Action": "sts:AssumeRole"}`,
	`{"Sid": "C", "Effect": "Allow", "Principal": {"AWS": "AROAEXAMPLEID1DELETED", "Service": ["states.amazonaws.com", "ec2.amazonaws.com"]}, "Action": "sts:AssumeRole"}`,
	`{"Sid": "D", "Effect": "Allow", "Principal": {"AWS": ["AIDAEXAMPLEID2DELETED", "arn:aws:iam::111111111111:root"]}, "Action": "sts:AssumeRole"}`,
	`{"Sid": "E", "Effect": "Allow", "Principal": {"AWS": "AROAEXAMPLEID3DELETED"}, "Action": "sts:AssumeRole"}`,
	`{"Sid": "F", "Effect": "Allow", "Principal": {"AWS": "111111111111"}, "Action": "sts:AssumeRole", "Condition": {"StringEquals": {"sts:ExternalId": "*"}}}`,
	`{"Sid": "G", "Effect": "Allow", "Principal": {"Service": "scheduler.amazonaws.com"}, "Action": "sts:AssumeRole", "Condition": {"Null": {"aws:SourceIp": ["true", "false"]}, "StringEquals": {"sts:ExternalId": "*"}}}`,
	`{"Sid": "H", "Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}`,
	`{"Sid": "I", "Effect": "Deny", "Principal": {"AWS": "AROAEXAMPLEID4DELETED"}, "Action": "sts:AssumeRole"}`,
}

// rewriting are the rules whose fix is a whole trust policy.
var rewriting = []string{"TRUST-DEAD", "TRUST-DELETED", "TRUST-DEPUTY"}

func ofTrust(trust string, accepted func(*audit.Finding) bool) []audit.Finding {
	rules := slices.DeleteFunc(audit.Rules(), func(r rule.Rule) bool { return !slices.Contains(rewriting, r.ID) })
	a := audittest.New().Role("/", "r", trust).Account()
	return audit.Run([]*account.Account{a}, audit.Options{
		Rules: rules, Config: &config.Config{}, Day: time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC), Accepted: accepted,
	})
}

// put returns the trust policy that a fix puts in the place of any other.
func put(t audittest.Failer, f *audit.Finding) string {
	_, document, ok := strings.Cut(f.Fix, "aws iam update-assume-role-policy --role-name r --policy-document ")
	document = strings.ReplaceAll(strings.Trim(document, "'"), `'\''`, "'")
	if _, _, err := policy.Parse(document); !ok || err != nil {
		t.Errorf("%s is mended by %s: %v", f.Message, f.Fix, err)
	}
	return document
}

// All fixes of one trust policy, run in any order, leave nothing to find that they are for.
func TestFixesOfOnePolicy(t *testing.T) {
	several := 0
	rapid.Check(t, func(rt *rapid.T) {
		statements := rapid.SliceOfNDistinct(rapid.SampledFrom(broken), 1, 5, rapid.ID[string]).Draw(rt, "statements")
		found := ofTrust(`{"Version": "2012-10-17", "Statement": [`+strings.Join(statements, ", ")+`]}`, nil)
		whole := slices.DeleteFunc(slices.Clone(found), func(f audit.Finding) bool { return f.Choice })
		if len(whole) == 0 {
			return
		}
		order := rapid.Permutation(whole).Draw(rt, "order")
		now := put(rt, &order[len(order)-1]) // each takes the place of the one before
		choices := len(found) - len(whole)
		if left := ofTrust(now, nil); len(left) > choices {
			rt.Errorf("%d of %d findings are left by %s: %s", len(left), len(found), now, left[0].Message)
		}
		if len(whole) > 1 {
			several++
		}
	})
	if several == 0 {
		t.Error("no policy had several findings")
	}
}

// A fix says what else it mends, and nothing of what somebody accepted is in that of others.
func TestFixesSayWhatElse(t *testing.T) {
	trust := `{"Version": "2012-10-17", "Statement": [` + broken[0] + `, ` + broken[4] + `, ` + broken[7] + `]}`
	for _, tt := range []struct {
		reason, accepted string
		also             map[string]string
		left             string // rules that are left by the fix of TRUST-DELETED
	}{
		{"nothing is accepted", "", map[string]string{"TRUST-DEPUTY": "TRUST-DELETED in statement 2", "TRUST-DELETED": "TRUST-DEPUTY in statement 1"}, ""},
		{"the deputy is accepted", "TRUST-DEPUTY", map[string]string{"TRUST-DEPUTY": "TRUST-DELETED in statement 2", "TRUST-DELETED": ""}, "TRUST-DEPUTY"},
	} {
		found := ofTrust(trust, func(f *audit.Finding) bool { return f.Rule.ID == tt.accepted })
		for i := range found {
			f := &found[i]
			want, ok := tt.also[f.Rule.ID]
			if got := strings.Join(f.Also, ", "); !ok || got != want {
				t.Errorf("%s: the fix of %s mends %q too, want %q", tt.reason, f.Rule.ID, got, want)
			}
			if f.Rule.ID != "TRUST-DELETED" {
				continue
			}
			var left []string
			for _, g := range ofTrust(put(t, f), nil) {
				left = append(left, g.Rule.ID)
			}
			if strings.Join(left, ", ") != tt.left {
				t.Errorf("%s: the fix of %s leaves %q, want %q", tt.reason, f.Rule.ID, left, tt.left)
			}
		}
		if len(found) != len(tt.also) {
			t.Errorf("%s: %d findings, want %d", tt.reason, len(found), len(tt.also))
		}
	}
}

// Where no statement would be left, what the role is to trust is a choice.
func TestFixesThatLeaveNothing(t *testing.T) {
	found := ofTrust(`{"Version": "2012-10-17", "Statement": [`+broken[4]+`, `+broken[5]+`]}`, nil)
	if len(found) < 2 {
		t.Fatalf("%d findings", len(found))
	}
	for _, f := range found {
		if !f.Choice || len(f.Also) > 0 || !strings.Contains(f.Fix, "<TRUST_POLICY>") {
			t.Errorf("%s is mended by %s, which mends %q too", f.Rule.ID, f.Fix, f.Also)
		}
	}
}
