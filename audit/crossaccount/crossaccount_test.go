package crossaccount_test

import (
	"strings"
	"testing"

	"iamctl/audit/audittest"
	"iamctl/audit/config"
	"iamctl/audit/crossaccount"
)

const (
	friendly = "222222222222"
	foreign  = "333333333333"
)

// trust is a trust policy of statements without their braces.
func trust(statements ...string) string {
	return `{"Version": "2012-10-17", "Statement": [{` + strings.Join(statements, "}, {") + `}]}`
}

func allow(principal, condition string) string {
	return `"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": ` + principal + `, "Condition": {` + condition + `}`
}

func TestUntrusted(t *testing.T) {
	aws := func(value string) string { return `{"AWS": "` + value + `"}` }
	const root = "arn:aws:iam::" + foreign + ":root"
	conf := config.Config{FriendlyAccounts: []string{friendly}, OrganizationID: "o-own"}
	for _, tt := range []struct {
		statements []string
		want       string // a part of the one message, "" for no finding
		reason     string
	}{
		{[]string{allow(aws(root), "")}, "unknown account 333333333333, without an external id", "another account's root"},
		{[]string{allow(aws(foreign), "")}, "unknown account 333333333333", "by its id"},
		{[]string{allow(aws("arn:aws:iam::"+foreign+":role/x"), "")}, "unknown account 333333333333", "a role of it"},
		{[]string{allow(aws("arn:aws:sts::"+foreign+":assumed-role/x/y"), "")}, "unknown account 333333333333", "a session of it"},
		{[]string{allow(aws(root), `"StringEquals": {"sts:ExternalId": "s3cret"}`)}, "with an external id", "a third party as AWS asks for it"},
		{[]string{allow(aws(root), `"StringEqualsIfExists": {"sts:ExternalId": "s3cret"}`)}, "without an external id", "an external id that may be left out is none"},
		{[]string{allow(aws("arn:aws:iam::"+audittest.ID+":root"), "")}, "", "the own account"},
		{[]string{allow(aws("arn:aws:iam::"+friendly+":root"), "")}, "", "a friendly account"},
		{[]string{allow(`{"Service": "ec2.amazonaws.com"}`, `"StringEquals": {"aws:SourceAccount": "`+foreign+`"}`)}, "", "a service is no account, whatever calls it"},
		{[]string{allow(`"*"`, "")}, "any account of AWS, without an external id", "everybody"},
		{[]string{allow(aws("*"), "")}, "any account of AWS", "everybody, in the other form"},
		{[]string{allow(`"*"`, `"StringEquals": {"aws:PrincipalOrgID": "o-own"}`)}, "", "the own organisation"},
		{[]string{allow(`"*"`, `"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-own"}`)}, "any account of AWS", "accounts without an organisation have no such key"},
		{[]string{allow(`"*"`, `"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": "o-own/*"}`)}, "", "the own organisation, by path"},
		{[]string{allow(`"*"`, `"StringEquals": {"aws:PrincipalOrgID": "o-other"}`)}, "organisation o-other, which", "another organisation"},
		{[]string{allow(`"*"`, `"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": "o-other/r-ab12/*"}`)}, "organisation o-other, which", "another organisation, by path"},
		{[]string{allow(`"*"`, `"StringLike": {"aws:PrincipalOrgID": "o-*"}`)}, "any account of organisations that it does not name, without", "a pattern of organisations names none"},
		{[]string{allow(`"*"`, `"StringEquals": {"aws:PrincipalAccount": "`+friendly+`"}`)}, "", "a friendly account, by a condition"},
		{[]string{allow(`"*"`, `"StringEquals": {"aws:PrincipalAccount": "`+foreign+`"}`)}, "unknown account 333333333333", "a foreign account, by a condition"},
		{[]string{allow(`"*"`, `"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::`+foreign+`:role/x"}`)}, "unknown account 333333333333", "a foreign role, by a condition"},
		{[]string{allow(aws(root), ""), `"Effect": "Deny", "Action": "sts:AssumeRole", "Principal": "*", "Condition": {"StringNotEquals": {"aws:PrincipalAccount": "` + friendly + `"}}`}, "", "a Deny of all but a friendly account"},
		{[]string{allow(aws(root), ""), `"Effect": "Deny", "Action": "sts:TagSession", "Principal": "*"`}, "unknown account", "a Deny of another action"},
		{[]string{allow(aws(root), `"StringEquals": {"aws:PrincipalAccount": "`+friendly+`"}`)}, "", "a condition that no principal of the account meets"},
		{[]string{allow(aws("arn:aws:iam::464622532012:root"), "")}, "of the vendor Datadog", "a vendor that is known"},
		{[]string{allow(aws("arn:aws:iam::127311923021:root"), "")}, "of the AWS service", "an account of AWS's"},
		{[]string{allow(aws("AROAEXAMPLEIDOFADELETEDROLE"), "")}, "", "a deleted principal is nobody"},
		{[]string{`"Effect": "Allow", "Action": "sts:AssumeRole", "NotPrincipal": {"AWS": "arn:aws:iam::` + friendly + `:root"}`}, "any account of AWS", "everybody but one"},
	} {
		found := audittest.New().Role("/", "r", trust(tt.statements...)).Check(t, &crossaccount.Untrusted, conf)
		got := strings.Join(audittest.Messages(found), "\n")
		switch {
		case tt.want == "" && len(found) > 0:
			t.Errorf("%s: found %s", tt.reason, got)
		case tt.want != "" && (len(found) != 1 || !strings.Contains(got, tt.want)):
			t.Errorf("%s: found %q, want %q", tt.reason, got, tt.want)
		}
	}
}

func TestUntrustedRanks(t *testing.T) {
	list := `{"AWS": ["127311923021", "464622532012", "333333333333", "222222222222"]}`
	found := audittest.New().Role("/", "r", trust(allow(list, ""))).Check(t, &crossaccount.Untrusted, config.Config{FriendlyAccounts: []string{friendly}})
	ranks := map[string]int{}
	for _, f := range found {
		ranks[f.Key] = f.Rank
	}
	if len(ranks) != 3 || ranks["333333333333"] >= ranks["464622532012"] || ranks["464622532012"] >= ranks["127311923021"] {
		t.Errorf("the accounts have the ranks %v; unknown ones are to be first, then vendors, then AWS", ranks)
	}
}
