package suggest_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/equivalency"
	"iamctl/equivalency/suggest"
)

const (
	devID = "123456789012"
	qaID  = "987654321098"
)

// account makes an account of texts, one a line: a field, a blank, a text. A text
// is of the role that is named above it; each of those above the first name is of
// a role of its own.
func account(tag, id string, lines ...string) suggest.Account {
	a := suggest.Account{Tag: tag, ID: id}
	role := ""
	for i, l := range lines {
		field, value, ok := strings.Cut(l, " ")
		if !ok {
			panic(l)
		}
		of := role
		switch {
		case field == "rolename":
			role, of = value, value
		case role == "":
			of = fmt.Sprint("numbered", i)
		}
		a.Names = append(a.Names, suggest.Text{Field: equivalency.Field(field), Value: value, Role: of, Weight: 1})
	}
	return a
}

func propose(t testing.TB, a, b suggest.Account, d *equivalency.Dictionary) []suggest.Proposal {
	t.Helper()
	out, err := suggest.Suggest(a, b, suggest.Options{Dictionary: d})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// short says a proposal in a line.
func short(p suggest.Proposal) string {
	s := fmt.Sprintf("%s: %s/%s %s, %d roles, %d texts, %d items", p.Placeholder, p.A.Value, p.B.Value, p.Confidence, p.Roles, p.Texts, p.Items)
	if p.Extends {
		s += ", extends"
	}
	if len(p.Requires) > 0 {
		s += ", requires " + strings.Join(p.Requires, " ")
	}
	if p.Instead != "" {
		s += ", instead of " + p.Instead
	}
	if p.A.Foreign+p.B.Foreign+p.Broken > 0 {
		s += fmt.Sprintf(", foreign %d and %d, broken %d", p.A.Foreign, p.B.Foreign, p.Broken)
	}
	if len(p.Collisions) > 0 {
		s += fmt.Sprintf(", collisions %d", len(p.Collisions))
	}
	return s
}

// each repeats a line for every name, in place of #.
func each(line string, names ...string) []string {
	var out []string
	for _, n := range names {
		out = append(out, strings.ReplaceAll(line, "#", n))
	}
	return out
}

// roleEach repeats a line for roles of these names.
func roleEach(line string, names ...string) []string {
	var out []string
	for _, n := range names {
		out = append(out, "rolename "+n, line)
	}
	return out
}

func manyRoles(word string, n int) []string {
	var out []string
	for i := range n {
		out = append(out, fmt.Sprintf("rolename %s-%d-x", word, i))
	}
	return out
}

func lines(parts ...any) []string {
	var out []string
	for _, p := range parts {
		switch p := p.(type) {
		case string:
			out = append(out, p)
		case []string:
			out = append(out, p...)
		}
	}
	return out
}

// scenarios are accounts and what is proposed for them.
var scenarios = []struct {
	reason     string
	tags       [2]string // dev and qa if empty
	a, b       []string
	dictionary string
	want       []string
}{
	{
		reason: "the example of AWS's blog",
		a:      lines("rolename app1_dev", "rolename AwsSecurityAudit", "arn arn:aws:s3:::app1-dev/*", "principal arn:aws:iam::"+devID+":root", "arn arn:aws:iam::"+devID+":role/app1_dev"),
		b:      lines("rolename app1_qa", "rolename AwsSecurityAudit", "arn arn:aws:s3:::app1-qa/*", "principal arn:aws:iam::"+qaID+":root", "arn arn:aws:iam::"+qaID+":role/app1_qa"),
		want:   []string{"accountname: dev/qa high, 1 roles, 2 texts, 2 items"},
	},
	{
		reason: "values that are no names of the accounts, in two roles",
		tags:   [2]string{"one", "two"},
		a:      lines("rolename app1-blue", "rolename app2-blue", "policyname blue-logs"),
		b:      lines("rolename app1-green", "rolename app2-green", "policyname green-logs"),
		want:   []string{"accountname: blue/green low, 2 roles, 1 texts, 1 items"},
	},
	{
		reason: "values that are no names of the accounts, in most roles of either",
		tags:   [2]string{"one", "two"},
		a:      lines("rolename audit", "rolename app0-blue", "rolename app1-blue", "rolename app2-blue", "rolename app3-blue", "policyname blue-logs"),
		b:      lines("rolename audit", "rolename app0-green", "rolename app1-green", "rolename app2-green", "rolename app3-green", "policyname green-logs"),
		want:   []string{"accountname: blue/green high, 4 roles, 1 texts, 1 items"},
	},
	{
		reason: "the same in the smaller part of the roles, which may be what these are about",
		tags:   [2]string{"one", "two"},
		a:      lines(each("rolename #", "a", "b", "c"), "rolename app1-blue", "rolename app2-blue", "rolename app3-blue", "policyname blue-logs"),
		b:      lines(each("rolename #", "a", "b", "c"), "rolename app1-green", "rolename app2-green", "rolename app3-green", "policyname green-logs"),
		want:   []string{"accountname: blue/green low, 3 roles, 1 texts, 1 items"},
	},
	{
		reason: "words for environments that are no names of the accounts",
		tags:   [2]string{"one", "two"},
		a:      lines(each("rolename #", "a", "b", "c"), "rolename app1-dev", "rolename app2-dev", "policyname dev-logs"),
		b:      lines(each("rolename #", "a", "b", "c"), "rolename app1-prod", "rolename app2-prod", "policyname prod-logs"),
		want:   []string{"accountname: dev/prod high, 2 roles, 1 texts, 1 items"},
	},
	{
		reason: "words for other environments than the accounts are",
		a:      lines(each("rolename #-dev", "a", "b", "c"), "rolename app1", "arn arn:aws:s3:::app1-test", "rolename app2", "arn arn:aws:s3:::app2-test"),
		b:      lines(each("rolename #-qa", "a", "b", "c"), "rolename app1", "arn arn:aws:s3:::app1-prod", "rolename app2", "arn arn:aws:s3:::app2-prod"),
		want: []string{
			"accountname: dev/qa high, 3 roles, 0 texts, 0 items",
			"accountname2: test/prod low, 0 roles, 2 texts, 2 items",
		},
	},
	{
		reason: "a role of each account alone, alike in all but one word",
		a: lines(each("rolename #-worker", "orders", "mail"), "rolename billing-worker",
			"arn arn:aws:s3:::billing-data/*", "arn arn:aws:sqs:eu-west-1:"+devID+":billing-jobs", "policyname billing-access"),
		b: lines(each("rolename #-worker", "orders", "mail"), "rolename payroll-worker",
			"arn arn:aws:s3:::payroll-data/*", "arn arn:aws:sqs:eu-west-1:"+qaID+":payroll-jobs", "policyname payroll-access"),
	},
	{
		reason: "an identifier in one text that many roles have",
		a:      roleEach("arn arn:aws:kms:eu-west-1:"+devID+":key/1111aaaa-22bb-33cc-44dd-555566667777", "app0", "app1", "app2"),
		b:      roleEach("arn arn:aws:kms:eu-west-1:"+qaID+":key/9999ffff-88ee-77dd-66cc-555544443333", "app0", "app1", "app2"),
		want:   []string{"identifier: 1111aaaa-22bb-33cc-44dd-555566667777/9999ffff-88ee-77dd-66cc-555544443333 low, 0 roles, 1 texts, 3 items"},
	},
	{
		reason: "identifiers of which each role has its own",
		a:      lines(roleEach("arn arn:aws:ec2:eu-west-1:"+devID+":subnet/subnet-0a1b2c3d", "app0"), roleEach("arn arn:aws:ec2:eu-west-1:"+devID+":subnet/subnet-0a1b2c4d", "app1")),
		b:      lines(roleEach("arn arn:aws:ec2:eu-west-1:"+qaID+":subnet/subnet-0f1b2c3d", "app0"), roleEach("arn arn:aws:ec2:eu-west-1:"+qaID+":subnet/subnet-0f1b2c4d", "app1")),
	},
	{
		reason: "identifiers that several roles have in one condition value, with their kind",
		a:      roleEach("condition vpce-0a1b2c3d4e5f67890", "app0", "app1"),
		b:      roleEach("condition vpce-0f1b2c3d4e5f67891", "app0", "app1"),
		want:   []string{"identifier: vpce-0a1b2c3d4e5f67890/vpce-0f1b2c3d4e5f67891 low, 0 roles, 1 texts, 2 items"},
	},
	{
		reason: "roles whose names end in their own identifiers and share another",
		a:      roleEach("principal arn:aws:iam::"+devID+":saml-provider/AWSSSO_fedcba9876543210_DO_NOT_DELETE", "SSO_A_0123456789abcdef", "SSO_B_1123456789abcde0"),
		b:      roleEach("principal arn:aws:iam::"+qaID+":saml-provider/AWSSSO_0f1e2d3c4b5a6978_DO_NOT_DELETE", "SSO_A_a1b2c3d4e5f60718", "SSO_B_b1b2c3d4e5f60718"),
		want:   []string{"identifier: fedcba9876543210/0f1e2d3c4b5a6978 low, 0 roles, 1 texts, 2 items"},
	},
	{
		reason: "a part of a word",
		tags:   [2]string{"one", "two"},
		a:      each("rolename app#-x", "1", "2", "3"),
		b:      each("rolename web#-x", "1", "2", "3"),
	},
	{
		reason: "two roles that have nothing to do with each other: words of one role alone",
		a:      lines("rolename app-read"),
		b:      lines("rolename app-write"),
	},
	{
		reason: "a renamed role with all that is its, or another role",
		a:      lines("rolename app-read", "policyname app-read-policy", "arn arn:aws:iam::"+devID+":role/app-read"),
		b:      lines("rolename app-write", "policyname app-write-policy", "arn arn:aws:iam::"+qaID+":role/app-write"),
	},
	{
		reason: "a word that both accounts use otherwise",
		a:      lines("rolename app-read", "rolename logs-read", each("rolename #-read", "x", "y", "z")),
		b:      lines("rolename app-write", "rolename logs-write", each("rolename #-read", "x", "y", "z")),
		want:   []string{"accountname: read/write low, 2 roles, 0 texts, 0 items, foreign 0 and 3, broken 3"},
	},
	{
		reason: "one word at several places of a text",
		a:      lines("arn arn:aws:s3:::dev-app1-dev/*", "rolename dev-logs"),
		b:      lines("arn arn:aws:s3:::qa-app1-qa/*", "rolename qa-logs"),
		want:   []string{"accountname: dev/qa high, 1 roles, 1 texts, 1 items"},
	},
	{
		reason: "humps and digits end words",
		a:      lines("rolename myDevRole", "rolename otherDevRole", "policyname dev2logs"),
		b:      lines("rolename myQaRole", "rolename otherQaRole", "policyname qa2logs"),
		want: []string{
			"Accountname: Dev/Qa high, 2 roles, 0 texts, 0 items",
			"accountname: dev/qa high, 0 roles, 1 texts, 1 items",
		},
	},
	{
		reason: "a value of several words on one side",
		tags:   [2]string{"a", "b"},
		a:      lines(each("rolename #-non-prod", "app1", "app2", "app3"), "arn arn:aws:s3:::non-prod-logs"),
		b:      lines(each("rolename #-prod", "app1", "app2", "app3"), "arn arn:aws:s3:::prod-logs"),
		want:   []string{"accountname: non-prod/prod high, 3 roles, 1 texts, 1 items"},
	},
	{
		reason: "what the values have in common stays out of them",
		a:      lines(each("rolename #-eu-dev", "app1", "app2"), "arn arn:aws:s3:::eu-dev-logs"),
		b:      lines(each("rolename #-eu-qa", "app1", "app2"), "arn arn:aws:s3:::eu-qa-logs"),
		want:   []string{"accountname: dev/qa high, 2 roles, 1 texts, 1 items"},
	},
	{
		reason: "values that differ in a number that stands elsewhere too",
		tags:   [2]string{"a", "b"},
		a:      each("rolename app#-dev1", "1", "2", "3", "4", "5", "6", "7", "8"),
		b:      each("rolename app#-dev2", "1", "2", "3", "4", "5", "6", "7", "8"),
		want:   []string{"accountname: dev1/dev2 low, 8 roles, 0 texts, 0 items"},
	},
	{
		reason: "a region in ARNs that differ in the environment too",
		a:      lines(each("arn arn:aws:sqs:eu-west-1:"+devID+":#-dev", "q1", "q2", "orders"), "rolename app-dev"),
		b:      lines(each("arn arn:aws:sqs:us-east-1:"+qaID+":#-qa", "q1", "q2", "orders"), "rolename app-qa"),
		want: []string{
			"accountname: dev/qa high, 1 roles, 0 texts, 0 items",
			"region: eu-west-1/us-east-1 high, 0 roles, 3 texts, 3 items, requires accountname",
		},
	},
	{
		reason: "a region that both accounts use",
		a:      lines(each("arn arn:aws:sqs:eu-west-1:"+devID+":#", "q1", "q2"), "arn arn:aws:sns:us-east-1:"+devID+":alarms"),
		b:      lines(each("arn arn:aws:sqs:us-east-1:"+qaID+":#", "q1", "q2"), "arn arn:aws:sns:us-east-1:"+qaID+":alarms"),
		want:   []string{"region: eu-west-1/us-east-1 low, 0 roles, 2 texts, 2 items, foreign 1 and 0, broken 1"},
	},
	{
		reason: "the id of an account that each trusts",
		a:      lines("principal arn:aws:iam::111122223333:root", "principal arn:aws:iam::111122223333:role/ci"),
		b:      lines("principal arn:aws:iam::444455556666:root", "principal arn:aws:iam::444455556666:role/ci"),
		want:   []string{"accountid: 111122223333/444455556666 low, 0 roles, 2 texts, 2 items"},
	},
	{
		reason: "each account trusts the other: that is to stay visible",
		a:      lines("principal arn:aws:iam::"+qaID+":root", "principal arn:aws:iam::"+qaID+":role/ci"),
		b:      lines("principal arn:aws:iam::"+devID+":root", "principal arn:aws:iam::"+devID+":role/ci"),
	},
	{
		reason: "each account names the other in its names",
		a:      lines("rolename peer-qa", "rolename link-to-qa"),
		b:      lines("rolename peer-dev", "rolename link-to-dev"),
		want:   []string{"accountname: qa/dev low, 2 roles, 0 texts, 0 items"},
	},
	{
		reason: "AWS's own words are no account's",
		a: lines("principal ec2.amazonaws.com", "principal lambda.amazonaws.com", "principal arn:aws:iam::"+devID+":role/app",
			"principal arn:aws:iam::"+devID+":role/ci", "arn arn:aws:sqs:eu-west-1:"+devID+":q"),
		b: lines("principal ecs.amazonaws.com", "principal glue.amazonaws.com", "principal arn:aws:iam::"+qaID+":user/app",
			"principal arn:aws:iam::"+qaID+":user/ci", "arn arn:aws:sns:eu-west-1:"+qaID+":q"),
	},
	{
		reason: "names that share nothing",
		tags:   [2]string{"a", "b"},
		a:      lines("rolename alpha", "rolename beta", "arn arn:aws:s3:::alpha"),
		b:      lines("rolename gamma", "rolename delta", "arn arn:aws:s3:::gamma"),
	},
	{
		reason:     "what the dictionary has is not proposed again, and what it lacks is",
		dictionary: `{"version": 2, "equivalencies": [{"placeholder": "accountname", "values": {"dev": "dev", "qa": "qa"}}]}`,
		a:          lines(each("rolename #-accountname-blue", "app1", "app2"), "rolename app-dev"),
		b:          lines(each("rolename #-accountname-green", "app1", "app2"), "rolename app-qa"),
		want:       []string{"accountname2: blue/green low, 2 roles, 0 texts, 0 items"},
	},
	{
		reason:     "an account that an entry lacks is added to it",
		tags:       [2]string{"dev", "prod"},
		dictionary: `{"version": 2, "equivalencies": [{"placeholder": "accountname", "values": {"dev": "dev", "qa": "qa"}}]}`,
		a:          each("rolename #-accountname", "app1", "app2"),
		b:          each("rolename #-prod", "app1", "app2"),
		want:       []string{"accountname: dev/prod high, 2 roles, 0 texts, 0 items, extends"},
	},
	{
		reason:     "shared things are left alone",
		dictionary: `{"version": 2, "shared": ["app-read", "logs-read"]}`,
		a:          each("rolename #-read", "app", "logs"),
		b:          each("rolename #-write", "app", "logs"),
	},
	{
		reason:     "a placeholder that could come of another entry",
		dictionary: `{"version": 2, "equivalencies": [{"placeholder": "accountname", "values": {"dev": "dev", "qa": "qa"}}]}`,
		a:          lines(each("rolename #-blue", "app1", "app2"), "rolename dev2"),
		b:          lines(each("rolename #-green", "app1", "app2"), "rolename accountname3"),
		want:       []string{"accountname4: blue/green low, 2 roles, 0 texts, 0 items"},
	},
	{
		reason: "a value that pairs up with two",
		tags:   [2]string{"a", "b"},
		a:      each("rolename #-blue", "app1", "app2", "app3", "app4"),
		b:      lines(each("rolename #-green", "app1", "app2", "app3"), each("rolename #-red", "app3", "app4")),
		want: []string{
			"accountname: blue/green low, 3 roles, 0 texts, 0 items",
			"accountname2: blue/red low, 2 roles, 0 texts, 0 items, instead of accountname",
		},
	},
	{
		reason: "an identifier in hex that differs by account",
		a:      lines("principal arn:aws:iam::"+devID+":oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/9F86D081884C", "condition oidc.eks.eu-west-1.amazonaws.com/id/9F86D081884C:sub"),
		b:      lines("principal arn:aws:iam::"+qaID+":oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/A665A4592042", "condition oidc.eks.eu-west-1.amazonaws.com/id/A665A4592042:sub"),
		want:   []string{"identifier: 9F86D081884C/A665A4592042 low, 0 roles, 2 texts, 2 items"},
	},
	{
		reason: "an identifier in hex that differs by account, in several trust policies",
		a: lines(each("condition oidc.eks.eu-west-1.amazonaws.com/id/9F86D081884C/#", "app", "logs"),
			"arn arn:aws:iam::"+devID+":oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/9F86D081884C"),
		b: lines(each("condition oidc.eks.eu-west-1.amazonaws.com/id/A665A4592042/#", "app", "logs"),
			"arn arn:aws:iam::"+qaID+":oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/A665A4592042"),
		want: []string{"identifier: 9F86D081884C/A665A4592042 low, 0 roles, 3 texts, 3 items"},
	},
	{
		reason: "names of roles are compared without regard to letter case",
		a:      lines("rolename APP1-dev", "rolename Both"),
		b:      lines("rolename app1-qa", "rolename both"),
		want:   []string{"accountname: dev/qa high, 1 roles, 0 texts, 0 items"},
	},
	{
		reason: "the shortest values that do, where longer ones do as well",
		tags:   [2]string{"a", "b"},
		a:      each("rolename x-dev1-#", "app1", "app2"),
		b:      each("rolename x-dev2-#", "app1", "app2"),
		want:   []string{"accountname: dev1/dev2 low, 2 roles, 0 texts, 0 items"},
	},
	{
		reason:     "a value that could come to stand where a placeholder is put in",
		dictionary: `{"version": 2, "equivalencies": [{"placeholder": "env-b", "values": {"dev": "old", "qa": "new"}}]}`,
		a:          each("rolename #-b-c", "app", "logs"),
		b:          each("rolename #-d-e", "app", "logs"),
	},
	{
		reason: "a region that the other account uses for something else",
		a:      lines(each("arn arn:aws:sqs:eu-west-1:"+devID+":#", "q1", "q2"), "arn arn:aws:sns:us-east-1:"+devID+":alarms"),
		b:      each("arn arn:aws:sqs:us-east-1:"+qaID+":#", "q1", "q2"),
		want:   []string{"region: eu-west-1/us-east-1 low, 0 roles, 2 texts, 2 items, foreign 1 and 0, broken 0"},
	},
	{
		reason: "a region is no counterpart of a word",
		a:      each("rolename #-eu-west-1", "app", "logs"),
		b:      each("rolename #-blue", "app", "logs"),
	},
	{
		reason: "values of which hardly any has a counterpart",
		tags:   [2]string{"a", "b"},
		a:      lines(each("rolename #-blue", "app", "logs"), manyRoles("blue", 50)),
		b:      each("rolename #-green", "app", "logs"),
		want:   []string{"accountname: blue/green low, 2 roles, 0 texts, 0 items"},
	},
	{
		reason: "what brings more together stands first, whatever it requires",
		a:      lines(each("arn arn:aws:sqs:eu-west-1:"+devID+":#-dev", "q1", "q2", "orders"), "policyname app-dev"),
		b:      lines(each("arn arn:aws:sqs:us-east-1:"+qaID+":#-qa", "q1", "q2", "orders"), "policyname app-qa"),
		want: []string{
			"region: eu-west-1/us-east-1 high, 0 roles, 3 texts, 3 items, requires accountname",
			"accountname: dev/qa high, 0 roles, 1 texts, 1 items",
		},
	},
	{
		reason:     "two roles that an extended entry would make one",
		tags:       [2]string{"dev", "prod"},
		dictionary: `{"version": 2, "equivalencies": [{"placeholder": "accountname", "values": {"dev": "dev"}}]}`,
		a:          each("rolename #-accountname", "app1", "app2", "app3"),
		b:          lines(each("rolename #-prod", "app1", "app2"), "rolename App1-AccountName"),
		want:       []string{"accountname: dev/prod low, 2 roles, 0 texts, 0 items, extends, collisions 1"},
	},
	{
		reason:     "values that the dictionary limits to a field",
		dictionary: `{"version": 2, "equivalencies": [{"placeholder": "env", "values": {"dev": "dev", "qa": "qa"}, "fields": ["rolename"]}]}`,
		a:          lines(each("rolename #-dev-blue", "app1", "app2"), "arn arn:aws:s3:::app1-dev-blue"),
		b:          lines(each("rolename #-qa-green", "app1", "app2"), "arn arn:aws:s3:::app1-qa-green"),
		want:       []string{"accountname: blue/green low, 2 roles, 0 texts, 0 items"},
	},
	{
		reason:     "the longer of two values of the dictionary goes first",
		dictionary: `{"version": 2, "equivalencies": [{"placeholder": "env", "values": {"dev": ["prod", "prod-eu"], "qa": "q"}}]}`,
		a:          each("rolename #-prod-eu-blue", "app1", "app2"),
		b:          each("rolename #-q-green", "app1", "app2"),
		want:       []string{"accountname: blue/green low, 2 roles, 0 texts, 0 items"},
	},
	{
		reason:     "a shared literal that holds an account's value",
		dictionary: `{"version": 2, "equivalencies": [{"placeholder": "env", "values": {"dev": "dev", "qa": "qa"}}], "shared": ["dev-tools"]}`,
		a:          each("rolename dev-tools-#-blue", "app1", "app2"),
		b:          each("rolename dev-tools-#-green", "app1", "app2"),
		want:       []string{"accountname: blue/green low, 2 roles, 0 texts, 0 items"},
	},
	{
		reason: "a value that is also the name of a service",
		a:      lines("rolename app-logs", "rolename ci-logs", "rolename x-logs", "arn arn:aws:logs:eu-west-1:"+devID+":log-group:logs-x", "arn arn:aws:s3:::app-${logs}-logs"),
		b:      lines("rolename app-audit", "rolename ci-audit", "rolename x-audit", "arn arn:aws:logs:eu-west-1:"+qaID+":log-group:audit-x", "arn arn:aws:s3:::app-${logs}-audit"),
		want:   []string{"accountname: logs/audit high, 3 roles, 2 texts, 2 items"},
	},
	{
		reason:     "a doubtful value that no entry could have",
		dictionary: `{"version": 2, "equivalencies": [{"placeholder": "env-b", "values": {"dev": "old", "qa": "new"}}]}`,
		a:          lines("rolename x-y-z-b-c", "rolename x-y-b-c"),
		b:          lines("rolename x-y-z-d-e", "rolename x-y-d-e"),
	},
	{
		reason: "a value that pairs up with another once",
		a:      each("rolename #-blue", "app1", "app2", "app3", "app4", "app5", "app6"),
		b:      lines(each("rolename #-green", "app1", "app2", "app3", "app4", "app5"), "rolename app6-red"),
		want:   []string{"accountname: blue/green low, 5 roles, 0 texts, 0 items"},
	},
	{
		reason: "a placeholder that could come of another proposal",
		a:      lines(each("rolename #-dev", "app1", "app2", "app3"), each("rolename #-blue", "x", "y")),
		b:      lines(each("rolename #-qa", "app1", "app2", "app3"), each("rolename #-green", "x", "y"), "policyname qa2"),
		want: []string{
			"accountname: dev/qa high, 3 roles, 0 texts, 0 items",
			"accountname3: blue/green low, 2 roles, 0 texts, 0 items",
		},
	},
	{
		reason: "an id where nothing else is said",
		a:      lines("principal arn:aws:iam::111122223333:root", "condition 111122223333"),
		b:      lines("principal arn:aws:iam::444455556666:root", "condition 444455556666"),
		want:   []string{"accountid: 111122223333/444455556666 low, 0 roles, 2 texts, 2 items"},
	},
	{
		reason:     "an entry is extended once",
		tags:       [2]string{"dev", "prod"},
		dictionary: `{"version": 2, "equivalencies": [{"placeholder": "accountname", "values": {"dev": "dev", "qa": "qa"}}]}`,
		a:          each("rolename #-accountname", "app1", "app2", "app3", "app4", "app5", "app6"),
		b:          lines(each("rolename #-prod", "app1", "app2", "app3", "app4", "app5"), "rolename app6-x"),
		want:       []string{"accountname: dev/prod high, 5 roles, 0 texts, 0 items, extends"},
	},
	{
		reason: "placeholders that differ in letter case alone stand for values that do",
		a:      lines(each("rolename #DevRole", "my", "our", "your"), each("rolename #-blue", "x", "y")),
		b:      lines(each("rolename #QaRole", "my", "our", "your"), each("rolename #-green", "x", "y")),
		want: []string{
			"Accountname: Dev/Qa high, 3 roles, 0 texts, 0 items",
			"accountname2: blue/green low, 2 roles, 0 texts, 0 items",
		},
	},
	{
		reason:     "a value that is a whole ARN",
		dictionary: `{"version": 2, "equivalencies": [{"placeholder": "BUCKET", "values": {"dev": "arn:aws:s3:::dev-x", "qa": "arn:aws:s3:::qa-x"}}]}`,
		a:          lines("arn arn:aws:s3:::dev-x", "arn arn:aws:s3:::dev-x/*"),
		b:          lines("arn arn:aws:s3:::qa-x", "arn arn:aws:s3:::qa-x/*"),
	},
	{
		reason: "values that could overlap in a name",
		tags:   [2]string{"a", "b"},
		a:      lines(each("rolename #-x-y", "app1", "app2", "app3"), each("rolename #-y-z", "logs", "ci")),
		b:      lines(each("rolename #-p-q", "app1", "app2", "app3"), each("rolename #-r-s", "logs", "ci")),
		want:   []string{"accountname: x-y/p-q low, 3 roles, 0 texts, 0 items"},
	},
	{
		reason:     "an entry for some fields or parts of words is not extended",
		tags:       [2]string{"dev", "prod"},
		dictionary: `{"version": 2, "equivalencies": [{"placeholder": "P", "values": {"dev": "red"}, "fields": ["rolename"]}, {"placeholder": "q", "values": {"dev": "blue"}, "match": "substring"}]}`,
		a:          lines(each("rolename #-P", "app1", "app2"), each("rolename #-q", "logs1", "logs2")),
		b:          lines(each("rolename #-x", "app1", "app2"), each("rolename #-z", "logs1", "logs2")),
	},
	{
		reason: "tag keys alone, of which AWS's part is no word",
		a:      each("conditionkey aws:resourcetag/dev-#", "owner", "team", "app"),
		b:      each("conditionkey aws:resourcetag/qa-#", "owner", "team", "app"),
		want:   []string{"accountname: dev/qa high, 0 roles, 3 texts, 3 items"},
	},
	{
		reason: "tag keys of roles that pair, in the letters of the other texts",
		a:      lines(each("rolename #", "app1", "app2", "app3"), "arn arn:aws:s3:::x-Dev", "conditionkey aws:resourcetag/dev-owner", "rolename app2", "conditionkey kms:encryptioncontext:dev"),
		b:      lines(each("rolename #", "app1", "app2", "app3"), "arn arn:aws:s3:::x-Qa", "conditionkey aws:resourcetag/qa-owner", "rolename app2", "conditionkey kms:encryptioncontext:qa"),
		want:   []string{"Accountname: Dev/Qa high, 0 roles, 3 texts, 3 items"},
	},
	{
		reason: "a word in a key that is spelled in two ways elsewhere stays as the key has it",
		a:      lines(each("rolename #", "app1", "app2"), "arn arn:aws:s3:::x-Red", "arn arn:aws:s3:::y-red", "conditionkey aws:resourcetag/red-owner", "rolename app1", "arn arn:aws:s3:::x-Red", "arn arn:aws:s3:::y-red"),
		b:      lines(each("rolename #", "app1", "app2"), "arn arn:aws:s3:::x-Blue", "arn arn:aws:s3:::y-blue", "conditionkey aws:resourcetag/blue-owner", "rolename app1", "arn arn:aws:s3:::x-Blue", "arn arn:aws:s3:::y-blue"),
		want:   []string{"accountname: red/blue low, 0 roles, 2 texts, 3 items", "Accountname: Red/Blue low, 0 roles, 1 texts, 2 items"},
	},
	{
		reason: "words of tag keys of one role alone",
		a:      lines("rolename app1", "conditionkey aws:resourcetag/red-owner", "conditionkey aws:requesttag/red-team"),
		b:      lines("rolename app1", "conditionkey aws:resourcetag/blue-owner", "conditionkey aws:requesttag/blue-team"),
	},
	{
		reason: "whole words of tag keys",
		a:      lines("rolename app1", "conditionkey aws:resourcetag/red1-owner", "rolename app2", "conditionkey aws:requesttag/red1-owner"),
		b:      lines("rolename app1", "conditionkey aws:resourcetag/blue1-owner", "rolename app2", "conditionkey aws:requesttag/blue1-owner"),
		want:   []string{"accountname: red1/blue1 low, 0 roles, 2 texts, 2 items"},
	},
	{
		reason: "an issuer, and its provider",
		a: lines("rolename app1", "conditionkey oidc.eks.eu-west-1.amazonaws.com/id/0a1b2c3d4e5f60718293a4b5c6d7e8f9:sub", "principal arn:aws:iam::000000000000:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/0A1B2C3D4E5F60718293A4B5C6D7E8F9",
			"rolename app2", "conditionkey oidc.eks.eu-west-1.amazonaws.com/id/0a1b2c3d4e5f60718293a4b5c6d7e8f9:sub"),
		b: lines("rolename app1", "conditionkey oidc.eks.eu-west-1.amazonaws.com/id/f9e8d7c6b5a49382716050f4e3d2c1b0:sub", "principal arn:aws:iam::000000000000:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/F9E8D7C6B5A49382716050F4E3D2C1B0",
			"rolename app2", "conditionkey oidc.eks.eu-west-1.amazonaws.com/id/f9e8d7c6b5a49382716050f4e3d2c1b0:sub"),
		want: []string{"identifier: 0A1B2C3D4E5F60718293A4B5C6D7E8F9/F9E8D7C6B5A49382716050F4E3D2C1B0 low, 0 roles, 2 texts, 3 items"},
	},
	{
		reason:     "a key with a placeholder in capitals, and what AWS's keys say",
		dictionary: `{"version": 2, "equivalencies": [{"placeholder": "env", "values": {"dev": "dev", "qa": "qa"}}]}`,
		a:          lines("rolename app1", "conditionkey aws:resourcetag/ENV-red-owner", "rolename app2", "conditionkey aws:requesttag/ENV-red-owner", "conditionkey aws:sourcered"),
		b:          lines("rolename app1", "conditionkey aws:resourcetag/ENV-blue-owner", "rolename app2", "conditionkey aws:requesttag/ENV-blue-owner", "conditionkey aws:sourceblue"),
		want:       []string{"accountname: red/blue low, 0 roles, 2 texts, 2 items"},
	},
	{
		reason: "names in the one account's texts that are the other's",
		a:      lines(each("rolename #-dev", "app1", "app2", "app3"), "arn arn:aws:s3:::logs-dev", "arn arn:aws:s3:::tools-dev"),
		b:      lines(each("rolename #-qa", "app1", "app2", "app3"), "arn arn:aws:s3:::logs-qa", "arn arn:aws:s3:::tools-dev"),
		want:   []string{"accountname: dev/qa high, 3 roles, 1 texts, 1 items, foreign 0 and 1, broken 1"},
	},
}

// TestOwnIDsAreNotGuessed: what is where the other account names itself is
// no account's id for that.
func TestOwnIDsAreNotGuessed(t *testing.T) {
	texts := func(id string) []string { return each("principal arn:aws:iam::"+id+":role/#", "app", "ci") }
	for _, ids := range [][2]string{{devID, ""}, {"", qaID}} {
		got := propose(t, account("dev", ids[0], texts(devID)...), account("qa", ids[1], texts(qaID)...), equivalency.Empty())
		if len(got) > 0 {
			t.Errorf("ids %v: %+v", ids, got)
		}
	}
	got := propose(t, account("dev", "", texts(devID)...), account("qa", "", texts(qaID)...), nil)
	if len(got) != 1 || short(got[0]) != "accountid: "+devID+"/"+qaID+" low, 0 roles, 2 texts, 2 items" {
		t.Errorf("no ids: %+v", got)
	}
}

func TestSuggest(t *testing.T) {
	for _, tt := range scenarios {
		t.Run(tt.reason, func(t *testing.T) {
			tags := tt.tags
			if tags[0] == "" {
				tags = [2]string{"dev", "qa"}
			}
			var d *equivalency.Dictionary
			if tt.dictionary != "" {
				var err error
				if d, err = equivalency.Parse("d.json", []byte(tt.dictionary)); err != nil {
					t.Fatal(err)
				}
			}
			var got []string
			all := propose(t, account(tags[0], devID, tt.a...), account(tags[1], qaID, tt.b...), d)
			for _, p := range all {
				got = append(got, short(p))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("-want +got:\n%s\n%+v", diff, all)
			}
		})
	}
}
