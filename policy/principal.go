package policy

import "strings"

// PrincipalOf returns the principal that a value is of, its type by how it is written:
// an ARN, an account's id, a service's name or an identity provider's.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
func PrincipalOf(value string) Principal {
	arn, ok := ParseARN(value)
	switch {
	case ok && arn.Service == "iam" && (strings.HasPrefix(arn.Resource, "oidc-provider/") || strings.HasPrefix(arn.Resource, "saml-provider/")):
		return Principal{Type: "Federated", Value: value}
	case ok || !strings.Contains(value, "."):
		return Principal{Type: "AWS", Value: value}
	case strings.HasPrefix(value, "cognito-identity."):
		return Principal{Type: "Federated", Value: value}
	case strings.HasSuffix(value, ".amazonaws.com"), strings.HasSuffix(value, ".amazonaws.com.cn"):
		return Principal{Type: "Service", Value: value}
	}
	return Principal{Type: "Federated", Value: value}
}
