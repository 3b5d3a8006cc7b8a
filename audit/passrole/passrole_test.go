package passrole_test

import (
	"slices"
	"strings"
	"testing"

	"iamctl/audit/audittest"
	"iamctl/audit/config"
	"iamctl/audit/passrole"
	"iamctl/inventory"
	"iamctl/verdict/severity"
)

const (
	own     = "arn:aws:iam::" + audittest.ID + ":role/"
	foreign = "arn:aws:iam::222222222222:role/"
)

func document(statements ...string) string {
	return `{"Version": "2012-10-17", "Statement": [{` + strings.Join(statements, "}, {") + `}]}`
}

func allow(actions, resource, condition string) string {
	return `"Effect": "Allow", "Action": [` + actions + `], "Resource": [` + resource + `], "Condition": {` + condition + `}`
}

func trust(services string) string {
	return document(`"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": [` + services + `]}`)
}

// TestRules: each statement violates the rules that are named, and no others.
func TestRules(t *testing.T) {
	const (
		pass   = `"iam:PassRole"`
		toEC2  = `"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}`
		toLike = `"StringLike": {"iam:PassedToService": "*.amazonaws.com"}`
		web    = `"` + own + `web"`
	)
	for _, tt := range []struct {
		statements []string
		want       string
		reason     string
	}{
		{[]string{allow(pass, web, toEC2)}, "", "one role to the one service that it trusts"},
		{[]string{allow(pass, web, "")}, "", "one role, named: what it trusts is the limit"},
		{[]string{allow(pass, `"*"`, toEC2)}, "PASSROLE-ANY", "every role"},
		{[]string{allow(pass, `"`+own+`*"`, toEC2)}, "PASSROLE-ANY", "every role, by its ARN"},
		{[]string{allow(pass, `"arn:aws:iam::*:role/*"`, toEC2)}, "PASSROLE-ANY", "every role of every account"},
		{[]string{allow(`"*"`, `"*"`, "")}, "PASSROLE-ANY PASSROLE-NO-SERVICE", "an administrator"},
		{[]string{allow(`"iam:*"`, `"*"`, "")}, "PASSROLE-ANY PASSROLE-NO-SERVICE", "an administrator of IAM"},
		{[]string{`"Effect": "Allow", "NotAction": "s3:*", "Resource": "*"`}, "PASSROLE-ANY PASSROLE-NO-SERVICE", "everything but S3"},
		{[]string{`"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"`}, "", "everything but IAM"},
		{[]string{allow(pass, `"*"`, ""), `"Effect": "Deny", "Action": "iam:PassRole", "Resource": "*"`}, "", "denied"},
		{[]string{allow(pass, `"*"`, toEC2), `"Effect": "Deny", "Action": "iam:PassRole", "NotResource": "` + own + `web*"`}, "", "denied but for some, to a service"},
		{[]string{allow(pass, `"`+own+`web*"`, "")}, "PASSROLE-NO-SERVICE", "a wildcard, any service"},
		{[]string{allow(pass, web+`, "arn:aws:ec2:*:*:*"`, "")}, "", "a wildcard that matches no role, beside one that is named"},
		{[]string{allow(pass, `"*"`, ""), `"Effect": "Deny", "Action": "iam:PassRole", "Resource": "*", "Condition": {"StringNotEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}`}, "PASSROLE-ANY", "all services but one denied"},
		{[]string{allow(pass, `"*"`, ""), `"Effect": "Deny", "Action": "iam:PassRole", "NotResource": ` + web}, "", "all roles but one denied"},
		{[]string{allow(pass, `"`+own+`app/*"`, toEC2)}, "", "a path, one service"},
		{[]string{allow(pass, `"`+own+`web*"`, toLike)}, "PASSROLE-NO-SERVICE", "a pattern of all services is none"},
		{[]string{allow(pass, `"`+own+`web*"`, `"StringEqualsIfExists": {"iam:PassedToService": "ec2.amazonaws.com"}`)}, "", "the key is always there"},
		{[]string{allow(pass, `"`+own+`web*"`, `"StringNotEquals": {"iam:PassedToService": "lambda.amazonaws.com"}`)}, "PASSROLE-NO-SERVICE", "any service but one"},
		{[]string{allow(`"iam:PassRole", "ec2:RunInstances"`, web, toEC2)}, "PASSROLE-MIXED", "together with what uses it"},
		{[]string{allow(`"iam:Pass*"`, web, toEC2)}, "", "a pattern of that action alone"},
		{[]string{allow(`"iam:PassRole", "iam:passR?le"`, web, toEC2)}, "", "the action and such a pattern"},
		{[]string{allow(`"iam:P*"`, web, toEC2)}, "PASSROLE-MIXED", "a pattern of others too"},
		{[]string{allow(`"iam:PassRole", "iam:PassKey"`, web, toEC2)}, "PASSROLE-MIXED", "together with one that begins like it"},
		{[]string{allow(`"iam:PassRole", "IAM:passrole"`, web, toEC2)}, "", "the same action twice"},
		{[]string{allow(pass, web, toEC2+`, "StringLike": {"iam:ResourceTag/team": "web"}`)}, "PASSROLE-TAG-CONDITION", "a tag of the role"},
		{[]string{allow(pass, web, `"StringEquals": {"aws:ResourceTag/team": "web"}`)}, "PASSROLE-TAG-CONDITION", "a tag of the role, by the global key"},
		{[]string{allow(pass, web, ""), strings.Replace(allow(pass, `"*"`, `"StringEquals": {"iam:ResourceTag/team": "ops"}`), "Allow", "Deny", 1)}, "PASSROLE-TAG-CONDITION", "a Deny by a tag of the role"},
		{[]string{allow(pass, web, ""), strings.Replace(allow(pass, `"`+own+`ops"`, `"StringEquals": {"iam:ResourceTag/team": "ops"}`), "Allow", "Deny", 1)}, "", "such a Deny, of roles that nobody may pass"},
		{[]string{allow(pass, web, ""), strings.Replace(allow(`"*"`, `"*"`, `"StringEquals": {"aws:ResourceTag/team": "ops"}`), "Allow", "Deny", 1)}, "", "a Deny of everything, which does not name it"},
		{[]string{allow(pass, web, ""), `"Effect": "Deny", "Action": "iam:PassRole", "NotResource": "` + own + `ops", "Condition": {"StringEquals": {"iam:ResourceTag/team": "ops"}}`}, "PASSROLE-TAG-CONDITION", "a Deny of all roles but some"},
		{[]string{allow(pass, web, ""), `"Effect": "Deny", "Action": "iam:PassRole", "NotResource": ` + web + `, "Condition": {"StringEquals": {"iam:ResourceTag/team": "ops"}}`}, "", "a Deny of all roles but those that may be passed"},
		{[]string{allow(pass, web, `"StringEquals": {"aws:PrincipalTag/team": "web"}`)}, "", "a tag of who asks"},
		{[]string{allow(pass, web, `"StringEquals": {"iam:PassedToService": "lambda.amazonaws.com"}`)}, "PASSROLE-UNTRUSTED-SERVICE", "a service that the role does not trust"},
		{[]string{allow(pass, web, `"StringEquals": {"iam:PassedToService": ["lambda.amazonaws.com", "ec2.amazonaws.com"]}`)}, "", "one of two that it trusts"},
		{[]string{allow(pass, web, `"StringEquals": {"iam:PassedToService": "lambda.amazonaws.com"}`), `"Effect": "Deny", "Action": "iam:PassRole", "Resource": ` + web}, "", "and denied"},
		{[]string{allow(pass, web, `"StringLike": {"iam:PassedToService": "lambda*"}`)}, "PASSROLE-UNTRUSTED-SERVICE", "a pattern of services of which the role trusts none"},
		{[]string{allow(pass, web, `"StringLike": {"iam:PassedToService": "ec2*"}`)}, "", "a pattern of services of which the role trusts one"},
		{[]string{allow(pass, `"`+own+`none-*"`, `"StringEquals": {"iam:PassedToService": "lambda.amazonaws.com"}`)}, "", "a wildcard for roles that are to come"},
		{[]string{allow(pass, `"`+own+`w*"`, `"StringEquals": {"iam:PassedToService": "lambda.amazonaws.com"}`)}, "PASSROLE-UNTRUSTED-SERVICE", "a wildcard whose roles do not trust the service"},
		{[]string{allow(pass, `"*"`, `"StringEquals": {"iam:PassedToService": "lambda.amazonaws.com"}`)}, "PASSROLE-ANY", "every role: that none trusts the service yet is beside the point"},
		{[]string{allow(pass, web, toEC2+`, "StringLike": {"aws:CalledViaFirst": "x"}`), allow(`"iam:*"`, web, "")}, "", "a statement without a condition beside one with"},
		{[]string{allow(`"iam:PassRole", "ec2:*"`, web, `"StringLike": {"aws:RequestTag/a": "*"}`), allow(pass, web, "")}, "PASSROLE-MIXED", "another statement allows the same without a condition"},
		{[]string{allow(pass, `"`+foreign+`web"`, toEC2)}, "PASSROLE-OTHER-ACCOUNT", "a role of another account"},
		{[]string{allow(pass, `"`+foreign+`*"`, "")}, "PASSROLE-OTHER-ACCOUNT", "all roles of another account, any service"},
		{[]string{allow(pass, `"`+foreign+`*", "`+own+`w*"`, "")}, "PASSROLE-NO-SERVICE PASSROLE-OTHER-ACCOUNT", "and some of the own, any service"},
		{[]string{allow(`"iam:GetRole"`, `"`+foreign+`web"`, "")}, "", "another action on it"},
	} {
		b := audittest.New().Role("/", "web", trust(`"ec2.amazonaws.com"`)).User("ann", nil, document(tt.statements...))
		var got []string
		for i := range passrole.Rules {
			r := &passrole.Rules[i]
			if found := b.Check(t, r, config.Config{}); len(found) > 0 {
				got = append(got, r.ID)
				if len(found) > 1 || found[0].Entity.Name != "ann" {
					t.Errorf("%s: %s found %v", tt.reason, r.ID, audittest.Messages(found))
				}
			}
		}
		slices.Sort(got)
		if text := strings.Join(got, " "); text != tt.want {
			t.Errorf("%s: found %q, want %q", tt.reason, text, tt.want)
		}
	}
}

// TestManyServices: what a condition or a Deny keeps out is no service of the role's.
func TestManyServices(t *testing.T) {
	r := &passrole.Rules[len(passrole.Rules)-1]
	for _, tt := range []struct {
		trust  string
		want   int
		reason string
	}{
		{trust(`"ec2.amazonaws.com"`), 0, "one service"},
		{trust(`"ec2.amazonaws.com", "lambda.amazonaws.com"`), 1, "two"},
		{trust(`"states.amazonaws.com", "states.us-east-1.amazonaws.com", "States.eu-west-1.amazonaws.com"`), 0, "one in several regions"},
		{trust(`"ec2.amazonaws.com", "ec2.amazonaws.com.cn"`), 0, "one as China has it, too"},
		{trust(`"states.us-east-1.amazonaws.com", "lambda.us-east-1.amazonaws.com"`), 1, "two in one region"},
		{document(`"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": ["ec2.amazonaws.com", "lambda.amazonaws.com"]}`,
			`"Effect": "Deny", "Action": "sts:*", "Principal": {"Service": "lambda.amazonaws.com"}`), 0, "one of them denied"},
		{document(`"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "ec2.amazonaws.com", "AWS": "arn:aws:iam::222222222222:root"}`), 0, "a service and an account"},
	} {
		if found := audittest.New().Role("/", "web", tt.trust).Check(t, r, config.Config{}); r.ID != "ROLE-MANY-SERVICES" || len(found) != tt.want {
			t.Errorf("%s: %s found %v", tt.reason, r.ID, audittest.Messages(found))
		}
	}
}

// TestGroupsAndBoundaries: a finding is about who has the permission, and what a boundary
// keeps back is none.
func TestGroupsAndBoundaries(t *testing.T) {
	any := &passrole.Rules[0]
	all := document(allow(`"iam:PassRole"`, `"*"`, ""))
	found := audittest.New().User("ann", []string{"ops"}).Group("ops", all).Check(t, any, config.Config{})
	if got := audittest.Messages(found); len(got) != 1 || !strings.HasPrefix(got[0], "ops: ") {
		t.Errorf("through a group: found %v", got)
	}
	found = audittest.New().Policy("pass", all).Check(t, any, config.Config{})
	if got := audittest.Messages(found); len(got) != 1 || !strings.HasPrefix(got[0], audittest.PolicyARN("pass")) {
		t.Errorf("a policy that nobody has: found %v", got)
	}
	named := audittest.New().User("ann", nil, document(allow(`"iam:PassRole"`, `"*"`, `"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}`)))
	if found := named.Check(t, any, config.Config{}); len(found) != 1 || found[0].Severity != severity.Medium || !strings.HasSuffix(found[0].Message, "to some services") {
		t.Errorf("to a service that is named: found %v", found)
	}
	aws := audittest.New().User("ann", nil).With(func(a *inventory.Account) {
		const arn = "arn:aws:iam::aws:policy/Passing"
		a.Users[0].Attached = []inventory.PolicyRef{{Name: "Passing", ARN: arn}}
		a.Policies = append(a.Policies, inventory.Policy{Name: "Passing", ARN: arn, Path: "/", DefaultVersion: "v1", Document: inventory.Document(document(allow(`"iam:PassRole", "ec2:*"`, `"*"`, "")))})
	})
	for i := range passrole.Rules {
		if found := aws.Check(t, &passrole.Rules[i], config.Config{}); len(found) > 0 != (i == 0) {
			t.Errorf("a policy of AWS's: %s found %v", passrole.Rules[i].ID, audittest.Messages(found))
		}
	}
	b := audittest.New().Policy("limit", document(allow(`"s3:*"`, `"*"`, ""))).User("ann", nil, all).With(audittest.Bounded("ann", "limit"))
	if found := b.Check(t, any, config.Config{}); len(found) > 0 {
		t.Errorf("under a boundary: found %v", audittest.Messages(found))
	}
}
