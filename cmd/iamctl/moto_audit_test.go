package main

import (
	"maps"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"iamctl/result/audited"
)

// trusted is a trust policy of one statement.
func trusted(statement string) string {
	return `{"Version":"2012-10-17","Statement":[{"Effect":"Allow",` + statement + `}]}`
}

// gitHub lets in the workflows of GitHub whose subject matches a pattern.
func gitHub(subject string) string {
	return trusted(`"Principal":{"Federated":"arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"},` +
		`"Action":"sts:AssumeRoleWithWebIdentity","Condition":{"StringEquals":{"token.actions.githubusercontent.com:aud":"sts.amazonaws.com"},` +
		`"StringLike":{"token.actions.githubusercontent.com:sub":"` + subject + `"}}`)
}

// onlyEC2 lets in EC2 alone.
var onlyEC2 = trusted(`"Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"`)

// motoRoles are roles by name: a trust policy, an inline policy or "", and the rules that
// find the role.
var motoRoles = []struct{ name, trust, inline, want string }{
	{"vendor-open", trusted(`"Principal":{"AWS":"arn:aws:iam::222222222222:root"},"Action":"sts:AssumeRole"`), "", "IAM-057 TRUST-ROOT"},
	{"friend", trusted(`"Principal":{"AWS":"arn:aws:iam::333333333333:role/ci"},"Action":"sts:AssumeRole"`), "", ""},
	{"anyone", trusted(`"Principal":"*","Action":"sts:AssumeRole"`), "", "IAM-057 TRUST-ANYONE"},
	{"organization", trusted(`"Principal":"*","Action":"sts:AssumeRole","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-a1b2c3d4e5"}}`), "", ""},
	{"github-open", gitHub(`repo:acme*`), "", "TRUST-OIDC-TENANT"},
	{"github-closed", gitHub(`repo:acme/app:*`), "", ""},
	{"saml", trusted(`"Principal":{"Federated":"arn:aws:iam::123456789012:saml-provider/idp"},"Action":"sts:AssumeRoleWithSAML"`), "", "TRUST-SAML-AUD"},
	{"saml-closed", trusted(`"Principal":{"Federated":"arn:aws:iam::123456789012:saml-provider/idp"},"Action":"sts:AssumeRoleWithSAML","Condition":{"StringEquals":{"SAML:aud":"https://signin.aws.amazon.com/saml"}}`), "", ""},
	{"office", trusted(`"Principal":{"AWS":"arn:aws:iam::444444444444:root"},"Action":"sts:AssumeRole","Condition":{"IpAddress":{"aws:SourceIp":"198.51.100.0/24"}}`), "", "IAM-057 TRUST-IP-ONLY"},
	{"tagger", trusted(`"Principal":{"AWS":"arn:aws:iam::444444444444:role/ci"},"Action":["sts:AssumeRole","sts:TagSession"]`), "", "IAM-057 TRUST-SESSION"},
	{"two-services", trusted(`"Principal":{"Service":["ec2.amazonaws.com","lambda.amazonaws.com"]},"Action":"sts:AssumeRole"`), "", "ROLE-MANY-SERVICES"},
	{"ec2", onlyEC2, trusted(`"Action":"s3:GetObject","Resource":"arn:aws:s3:::app/*"`), ""},
	{"pass-any", onlyEC2, trusted(`"Action":"iam:PassRole","Resource":"*","Condition":{"StringEquals":{"iam:PassedToService":"ec2.amazonaws.com"}}`), "PASSROLE-ANY"},
	{"pass-one", onlyEC2, trusted(`"Action":"iam:PassRole","Resource":"arn:aws:iam::123456789012:role/ec2","Condition":{"StringEquals":{"iam:PassedToService":"ec2.amazonaws.com"}}`), ""},
	{"pass-mixed", onlyEC2, trusted(`"Action":["iam:PassRole","iam:GetRole"],"Resource":"arn:aws:iam::123456789012:role/ec2"`), "PASSROLE-MIXED"},
	{"pass-no-service", onlyEC2, trusted(`"Action":"iam:PassRole","Resource":"arn:aws:iam::123456789012:role/ec2*"`), "PASSROLE-NO-SERVICE"},
	{"pass-tag", onlyEC2, trusted(`"Action":"iam:PassRole","Resource":"arn:aws:iam::123456789012:role/ec2","Condition":{"StringEquals":{"iam:ResourceTag/team":"web"}}`), "PASSROLE-TAG-CONDITION"},
	{"pass-lambda", onlyEC2, trusted(`"Action":"iam:PassRole","Resource":"arn:aws:iam::123456789012:role/ec2","Condition":{"StringEquals":{"iam:PassedToService":"lambda.amazonaws.com"}}`), "PASSROLE-UNTRUSTED-SERVICE"},
	{"no-audience", trusted(`"Principal":{"Federated":"arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"},"Action":"sts:AssumeRoleWithWebIdentity","Condition":{"StringLike":{"token.actions.githubusercontent.com:sub":"repo:acme/app:*"}}`), "", "TRUST-OIDC-AUD"},
	{"other-idp", trusted(`"Principal":{"Federated":"arn:aws:iam::222222222222:saml-provider/idp"},"Action":"sts:AssumeRoleWithSAML","Condition":{"StringEquals":{"SAML:aud":"https://signin.aws.amazon.com/saml"}}`), "", "TRUST-FOREIGN-PROVIDER"},
	{"lifter", trusted(`"Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"sts:AssumeRole"`), trusted(`"Action":"iam:AttachRolePolicy","Resource":"arn:aws:iam::123456789012:role/lifter"`), "ESCALATION"},
	{"no-lifter", trusted(`"Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"sts:AssumeRole"`), trusted(`"Action":"iam:AttachRolePolicy","Resource":"arn:aws:iam::123456789012:role/none"`), ""},
	{"climber", onlyEC2, trusted(`"Action":"sts:AssumeRole","Resource":"arn:aws:iam::123456789012:role/lifter"`), "ESCALATION-CHAIN"},
	{"no-climber", onlyEC2, trusted(`"Action":"sts:AssumeRole","Resource":"arn:aws:iam::123456789012:role/no-lifter"`), ""},
	{"pass-away", onlyEC2, trusted(`"Action":"iam:PassRole","Resource":"arn:aws:iam::222222222222:role/ec2"`), "PASSROLE-OTHER-ACCOUNT"},
}

// Each rule about trust and about passing roles finds its roles in an account made by the
// AWS CLI, and none of their neighbours.
func TestMotoAuditRoles(t *testing.T) {
	m := newMoto(t)
	m.write("audit.json", `{"friendly_accounts":["333333333333"],"organization_id":"o-a1b2c3d4e5"}`)
	rules := map[string]bool{}
	want := map[string][]string{}
	for _, r := range motoRoles {
		m.aws("dev", "create-role", "--role-name", r.name, "--assume-role-policy-document", r.trust)
		if r.inline != "" {
			m.aws("dev", "put-role-policy", "--role-name", r.name, "--policy-name", "own", "--policy-document", r.inline)
		}
		want[r.name] = strings.Fields(r.want)
		for _, id := range want[r.name] {
			rules[id] = true
		}
	}
	got := map[string][]string{}
	for _, f := range m.audit(slices.Sorted(maps.Keys(rules))...) {
		got[f.Entity] = append(got[f.Entity], f.Rule)
	}
	for _, r := range motoRoles {
		slices.Sort(got[r.name])
		if !slices.Equal(got[r.name], want[r.name]) {
			t.Errorf("%s: found %v, want %v", r.name, got[r.name], want[r.name])
		}
	}
}

// The remediation that is published for IAM-047 is an account without a finding, until
// somebody is a member of both groups.
func TestMotoAuditDuties(t *testing.T) {
	var duties [2]struct {
		Name   string
		Trust  jsontext.Value
		Inline []struct{ Document jsontext.Value }
	}
	for i, name := range []string{"master", "manager"} {
		data, err := os.ReadFile("../../examples/duties/roles/iam-" + name + ".json")
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(data, &duties[i], json.MatchCaseInsensitiveNames(true)); err != nil {
			t.Fatal(err)
		}
	}
	m := newMoto(t)
	for i, duty := range []string{"master", "manager"} {
		r := &duties[i]
		m.aws("dev", "create-role", "--role-name", r.Name, "--assume-role-policy-document", string(r.Trust))
		m.aws("dev", "put-role-policy", "--role-name", r.Name, "--policy-name", duty, "--policy-document", string(r.Inline[0].Document))
		m.aws("dev", "create-group", "--group-name", duty+"s")
		m.aws("dev", "put-group-policy", "--group-name", duty+"s", "--policy-name", "assume", "--policy-document",
			trusted(`"Action":"sts:AssumeRole","Resource":"arn:aws:iam::123456789012:role/iam-`+duty+`"`))
		m.aws("dev", "create-user", "--user-name", "of-"+duty)
		m.aws("dev", "add-user-to-group", "--group-name", duty+"s", "--user-name", "of-"+duty)
	}
	if found := m.audit("IAM-047"); len(found) > 0 {
		t.Errorf("found %v", found)
	}
	m.aws("dev", "add-user-to-group", "--group-name", "managers", "--user-name", "of-master")
	if found := m.audit("IAM-047"); len(found) != 1 || found[0].Entity != "of-master" || found[0].Witness == nil {
		t.Errorf("a member of both: found %v", found)
	}
}

// audit returns the findings of rules in the account dev.
func (m *moto) audit(rules ...string) []audited.Finding {
	m.t.Helper()
	_, out, _ := m.iamctl("audit", "dev", "--json", "--rules", strings.Join(rules, ","))
	var a audited.Audit
	if err := json.Unmarshal([]byte(out), &a); err != nil {
		m.t.Fatal(err)
	}
	return a.Findings
}

// fix runs the command of a finding.
func (m *moto) fix(f *audited.Finding) {
	m.t.Helper()
	cmd := exec.Command("sh", "-c", f.Fix)
	cmd.Env = append(os.Environ(), "AWS_PROFILE=dev")
	if out, err := cmd.CombinedOutput(); err != nil {
		m.t.Fatalf("%s: %v\n%s", f.Fix, err, out)
	}
}
