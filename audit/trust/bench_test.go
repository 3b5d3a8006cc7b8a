package trust_test

import (
	"fmt"
	"testing"
	"time"

	"iamctl/audit/audittest"
	"iamctl/audit/config"
	"iamctl/audit/rule"
	"iamctl/verdict"
)

// BenchmarkRules asks each rule about 5,000 roles, no two of which have the same trust
// policy but for a third that trust EC2.
func BenchmarkRules(b *testing.B) {
	account := audittest.New()
	for i := range 5000 {
		name := fmt.Sprintf("role-%d", i)
		const allow = `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": %q, "Principal": %s, "Condition": %s}]}`
		var policy string
		switch i % 6 {
		case 0:
			policy = fmt.Sprintf(allow, "sts:AssumeRoleWithWebIdentity", `{"Federated": "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com"}`,
				fmt.Sprintf(`{"StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"}, "StringLike": {"token.actions.githubusercontent.com:sub": "repo:acme/app-%d:*"}}`, i))
		case 1:
			policy = fmt.Sprintf(allow, "sts:AssumeRole", `{"AWS": "arn:aws:iam::333333333333:root"}`, fmt.Sprintf(`{"StringEquals": {"sts:ExternalId": "id-%d"}}`, i))
		case 2:
			policy = fmt.Sprintf(allow, "sts:AssumeRole", fmt.Sprintf(`{"AWS": "arn:aws:iam::111111111111:role/caller-%d"}`, i), `{}`)
		case 3:
			policy = fmt.Sprintf(allow, "sts:AssumeRole", `{"Service": "scheduler.amazonaws.com"}`, fmt.Sprintf(`{"StringEquals": {"aws:SourceAccount": "111111111111"}, "ArnLike": {"aws:SourceArn": "arn:aws:scheduler:*:111111111111:schedule/g/%d"}}`, i))
		}
		account.Role("/", name, policy)
	}
	a := account.Account()
	for i := range rules {
		b.Run(rules[i].ID, func(b *testing.B) {
			for range b.N {
				rules[i].Check(&rule.Input{Account: a, Config: &config.Config{OrganizationID: organization}, Day: time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC), Comparer: verdict.NewComparer(verdict.Options{})})
			}
		})
	}
}
