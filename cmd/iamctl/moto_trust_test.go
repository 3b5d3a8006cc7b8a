package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"testing"
)

// The fixes of findings about trust policies that need no choice take them away.
func TestMotoTrustFixes(t *testing.T) {
	m := newMoto(t)
	const document = `{"Version":"2012-10-17","Statement":[`
	for name, statements := range map[string]string{
		"deputy":  `{"Effect":"Allow","Principal":{"Service":["scheduler.amazonaws.com","ec2.amazonaws.com"]},"Action":"sts:AssumeRole"}`,
		"states":  `{"Effect":"Allow","Principal":{"Service":"states.amazonaws.com"},"Action":"sts:AssumeRole"}`,
		"deleted": `{"Effect":"Allow","Principal":{"AWS":["AROAEXAMPLEID1DELETED","arn:aws:iam::123456789012:root"]},"Action":"sts:AssumeRole"}`,
		"dead": `{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"},` +
			`{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"*"}}}`,
	} {
		m.aws("dev", "create-role", "--role-name", name, "--assume-role-policy-document", document+statements+"]}")
	}
	found := m.trustFixes()
	if len(found) != 4 {
		t.Fatalf("%d fixes: %v", len(found), found)
	}
	for _, fix := range found {
		cmd := exec.Command("sh", "-c", fix)
		cmd.Env = append(os.Environ(), "AWS_PROFILE=dev")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", fix, err, out)
		}
	}
	if left := m.trustFixes(); len(left) > 0 {
		t.Errorf("still found: %v", left)
	}
}

// trustFixes returns the fixes of all findings about trust policies.
func (m *moto) trustFixes() []string {
	m.t.Helper()
	_, out, _ := m.iamctl("audit", "dev", "--json", "--rules", "TRUST-DEPUTY,TRUST-DELETED,TRUST-DEAD")
	var report struct{ Findings []struct{ Fix string } }
	if err := json.Unmarshal([]byte(out), &report); err != nil {
		m.t.Fatal(err)
	}
	var fixes []string
	for _, f := range report.Findings {
		fixes = append(fixes, f.Fix)
	}
	return fixes
}
