package trust_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"iamctl/audit/audittest"
	_ "iamctl/internal/raced"
	"iamctl/policy"
)

// denies are statements that keep somebody out, or nobody.
var denies = []string{
	`{"Effect": "Deny", "Principal": "*", "Action": "sts:*"}`,
	`{"Effect": "Deny", "Principal": {"AWS": "arn:aws:iam::444444444444:root"}, "Action": "sts:AssumeRole"}`,
	`{"Effect": "Deny", "Principal": "*", "Action": "sts:AssumeRole", "Condition": {"StringNotEquals": {"aws:PrincipalAccount": "333333333333"}}}`,
	`{"Effect": "Deny", "Principal": "*", "Action": "*", "Condition": {"Null": {"aws:PrincipalOrgID": "true"}}}`,
	`{"Effect": "Deny", "Principal": "*", "Action": "sts:TagSession"}`,
	`{"Effect": "Deny", "Principal": "*", "Action": "*", "Condition": {"StringNotLike": {"token.actions.githubusercontent.com:sub": "repo:umbrella/*"}}}`,
	`{"Effect": "Deny", "Principal": "*", "Action": "*", "Condition": {"StringNotEquals": {"aws:SourceAccount": "444444444444"}}}`,
	`{"Effect": "Deny", "Principal": "*", "Action": "*", "Condition": {"ForAllValues:StringNotEquals": {"aws:TagKeys": "x"}}}`,
}

// A Deny never lets anybody in.
func TestDenyFindsNobody(t *testing.T) {
	byDeny := []string{"IAM-057", "TRUST-FOREIGN-PROVIDER", "TRUST-OIDC-TENANT", "TRUST-OIDC-AUD", "TRUST-SAML-AUD", "TRUST-DEPUTY", "TRUST-SESSION"}
	for i, r := range table(t) {
		var d struct {
			Version   string
			Statement []json.RawMessage
		}
		if err := json.Unmarshal(r.Policy, &d); err != nil {
			t.Fatal(err)
		}
		d.Statement = append(d.Statement, json.RawMessage(denies[i%len(denies)]))
		text, err := json.Marshal(d)
		if err != nil {
			t.Fatal(err)
		}
		for id := range check(t, account("r", string(text)), configured(&r)) {
			if slices.Contains(byDeny, id) && !slices.Contains(r.Want, id) {
				t.Errorf("%s, with %s: found %s", r.Reason, denies[i%len(denies)], id)
			}
		}
	}
}

// A role's name has no part in what is found.
func TestRename(t *testing.T) {
	for i, r := range table(t) {
		if i%7 != 0 {
			continue
		}
		was, now := check(t, account("r", string(r.Policy)), configured(&r)), check(t, account("deploy-prod", string(r.Policy)), configured(&r))
		if len(was) != len(now) {
			t.Errorf("%s: %d rules find something, %d under another name", r.Reason, len(was), len(now))
		}
		for id := range was {
			a, b := strings.Join(audittest.Messages(was[id]), "\n"), strings.Join(audittest.Messages(now[id]), "\n")
			if strings.ReplaceAll(a, "r: ", "") != strings.ReplaceAll(b, "deploy-prod: ", "") {
				t.Errorf("%s: %s says %q, under another name %q", r.Reason, id, a, b)
			}
		}
	}
}

// A fix without a choice takes its finding away, and brings no other.
func TestFix(t *testing.T) {
	fixed := 0
	for _, r := range table(t) {
		for id, list := range check(t, account("r", string(r.Policy)), configured(&r)) {
			if list[0].Choice {
				continue
			}
			_, document, ok := strings.Cut(list[0].Fix, " --policy-document ")
			document = strings.ReplaceAll(strings.Trim(document, "'"), `'\''`, "'")
			if _, _, err := policy.Parse(document); !ok || err != nil {
				t.Errorf("%s: %s is mended by %s: %v", r.Reason, id, list[0].Fix, err)
				continue
			}
			fixed++
			for now := range check(t, account("r", document), configured(&r)) {
				if now == id || !slices.Contains(r.Want, now) {
					t.Errorf("%s: %s is still found when %s is mended by %s", r.Reason, now, id, list[0].Fix)
				}
			}
		}
	}
	if fixed < 15 {
		t.Errorf("%d fixes need no choice", fixed)
	}
}
