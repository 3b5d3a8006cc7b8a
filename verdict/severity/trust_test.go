package severity_test

import (
	"strings"
	"testing"

	"iamctl/policy"
	"iamctl/verdict"
	"iamctl/verdict/severity"
)

func TestTrust(t *testing.T) {
	const (
		role     = `{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":"arn:aws:iam::111111111111:role/ci"}}`
		account  = `{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":"111111111111"}}`
		other    = `{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":["arn:aws:iam::111111111111:role/ci","arn:aws:iam::222222222222:root"]}}`
		everyone = `{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":"*"}}`
		external = `{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":"111111111111"},"Condition":{"StringEquals":{"sts:ExternalId":"x"}}}`
		service  = `{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":"ec2.amazonaws.com"}}`
		gitHub   = `{"Effect":"Allow","Action":"sts:AssumeRoleWithWebIdentity","Principal":{"Federated":"arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com"},"Condition":{"StringLike":{"token.actions.githubusercontent.com:sub":"repo:acme/app:*"}}}`
		anyRepo  = `{"Effect":"Allow","Action":"sts:AssumeRoleWithWebIdentity","Principal":{"Federated":"arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com"}}`
	)
	c := verdict.NewComparer(verdict.Options{})
	for _, tt := range []struct {
		old, new string
		want     severity.Level
		kind     string
	}{
		{role, role, severity.None, "no change in trust"},
		{role, everyone, severity.Critical, "trust opened to everyone in AWS"},
		{role, other, severity.Critical, "trust opened to the account 222222222222"},
		{role, account, severity.High, "trust widened"},
		{external, account, severity.High, "trust widened: a condition no longer guards"},
		{gitHub, anyRepo, severity.High, "trust widened: a condition no longer guards"},
		{role, role + "," + service, severity.High, "trust widened"},
		{account, role, severity.Low, "trust narrowed"},
		{service, everyone, severity.Critical, "not decided as a whole, but trust opened to everyone in AWS"},
		{"", role, severity.Critical, "trust opened to the account 111111111111"},
	} {
		old, new := document(t, tt.old), document(t, tt.new)
		r := c.Trust(old, new)
		if j := severity.Trust(c, old, new, r); j.Level != tt.want || !strings.HasPrefix(j.Kind, tt.kind) {
			t.Errorf("%s\n -> %s\n%s (%s) is %s: %q, want %s: %q", tt.old, tt.new, r.Verdict, r.Reason, j.Level, j.Kind, tt.want, tt.kind)
		}
	}
}

// document reads statements, nil for none.
func document(t *testing.T, statements string) *policy.Document {
	if statements == "" {
		return nil
	}
	return permissions(t, statements).Identity[0]
}
