package main

import "testing"

// The fixes of findings about trust policies that need no choice take them away, all
// together those of one policy too.
func TestMotoTrustFixes(t *testing.T) {
	m := newMoto(t)
	const document = `{"Version":"2012-10-17","Statement":[`
	for name, statements := range map[string]string{
		"deputy":  `{"Effect":"Allow","Principal":{"Service":["scheduler.amazonaws.com","ec2.amazonaws.com"]},"Action":"sts:AssumeRole"}`,
		"states":  `{"Effect":"Allow","Principal":{"Service":"states.amazonaws.com"},"Action":"sts:AssumeRole"}`,
		"deleted": `{"Effect":"Allow","Principal":{"AWS":["AROAEXAMPLEID1DELETED","arn:aws:iam::123456789012:root"]},"Action":"sts:AssumeRole"}`,
		"dead": `{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"},` +
			`{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"*"}}}`,
		"all": `{"Sid":"Run","Effect":"Allow","Principal":{"AWS":"AROAEXAMPLEID2DELETED","Service":["states.amazonaws.com","sagemaker.amazonaws.com"]},"Action":"sts:AssumeRole"},` +
			`{"Effect":"Allow","Principal":{"AWS":"AIDAEXAMPLEID3DELETED"},"Action":"sts:AssumeRole"},` +
			`{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"*"}}}`,
	} {
		m.aws("dev", "create-role", "--role-name", name, "--assume-role-policy-document", document+statements+"]}")
	}
	rules := []string{"TRUST-DEPUTY", "TRUST-DELETED", "TRUST-DEAD"}
	found := m.audit(rules...)
	if len(found) != 9 {
		t.Fatalf("%d findings: %v", len(found), found)
	}
	for i := range found {
		m.fix(&found[i])
	}
	if left := m.audit(rules...); len(left) > 0 {
		t.Errorf("still found: %v", left)
	}
}
