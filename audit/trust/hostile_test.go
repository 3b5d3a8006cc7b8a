package trust_test

import (
	"fmt"
	"strings"
	"testing"

	"iamctl/audit/config"
)

// A policy as long as IAM takes them, of many accounts or patterns, is no more work than
// there are, and says what is in it.
func TestLongPolicies(t *testing.T) {
	var ids, subs []string
	for i := range 60 {
		ids = append(ids, fmt.Sprintf("%q", fmt.Sprintf("arn:aws:iam::%012d:root", 900000000000+i)))
		subs = append(subs, fmt.Sprintf("%q", fmt.Sprintf("repo:*a%d*/b?%d*:*", i, i)))
	}
	const statement = `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": %q, "Principal": {%q: [%s]}, "Condition": %s}]}`
	for policy, want := range map[string]int{
		fmt.Sprintf(statement, "sts:AssumeRole", "AWS", strings.Join(ids, ","), `{"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}`): 2 * len(ids),
		fmt.Sprintf(statement, "sts:AssumeRoleWithWebIdentity", "Federated", `"arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com"`,
			`{"StringLike": {"token.actions.githubusercontent.com:sub": [`+strings.Join(subs, ",")+`]}}`): 2,
	} {
		n := 0
		for _, list := range check(t, account("r", policy), config.Config{}) {
			n += len(list)
		}
		if n != want {
			t.Errorf("%d findings, want %d: %.200s", n, want, policy)
		}
	}
}
