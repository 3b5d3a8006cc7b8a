package policy_test

import (
	"testing"

	"iamctl/policy"
)

func TestPrincipalOf(t *testing.T) {
	for _, tt := range []struct{ value, want, reason string }{
		{"arn:aws:iam::111111111111:role/app", "AWS", "a role"},
		{"arn:aws:sts::111111111111:assumed-role/app/session", "AWS", "a session"},
		{"111111111111", "AWS", "an account's id"},
		{"ec2.amazonaws.com", "Service", "a service"},
		{"ec2.amazonaws.com.cn", "Service", "a service in China"},
		{"cognito-identity.amazonaws.com", "Federated", "an identity provider with a name like a service's"},
		{"accounts.google.com", "Federated", "an identity provider of AWS's list"},
		{"arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com", "Federated", "an account's identity provider"},
		{"arn:aws:iam::111111111111:saml-provider/okta", "Federated", "likewise"},
	} {
		if got := policy.PrincipalOf(tt.value); got.Type != tt.want || got.Value != tt.value {
			t.Errorf("%s: %q is of the type %q, want %q", tt.reason, tt.value, got.Type, tt.want)
		}
	}
}
