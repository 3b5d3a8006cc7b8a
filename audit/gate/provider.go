package gate

import (
	"strings"

	"iamctl/policy"
)

// Provider is an identity provider that a trust policy names.
type Provider struct {
	// Account is that of its ARN, "" for those that AWS knows by their host.
	Account string
	// Issuer begins the condition keys of its claims: a URL without its scheme. It is
	// "" for SAML.
	Issuer string
	SAML   bool
}

// ProviderOf returns the provider of a Federated principal (IAM User Guide, "AWS JSON
// policy elements: Principal").
func ProviderOf(principal string) Provider {
	arn, ok := policy.ParseARN(principal)
	if !ok {
		return Provider{Issuer: principal}
	}
	if issuer, ok := strings.CutPrefix(arn.Resource, "oidc-provider/"); ok {
		return Provider{Account: arn.Account, Issuer: issuer}
	}
	return Provider{Account: arn.Account, SAML: true}
}

// Audience returns the condition key of whom a token is for, "" if there is none.
func (p Provider) Audience() string {
	switch {
	case p.SAML:
		return "SAML:aud"
	case p.Issuer == "graph.facebook.com" || p.Issuer == "www.amazon.com":
		return p.Issuer + ":app_id"
	}
	return p.Issuer + ":aud"
}

// always are the condition keys that all requests with a token of the provider have
// (OpenID Connect Core, "ID Token"; IAM User Guide, "Available keys for AWS OIDC
// federation" and "for SAML-based AWS STS federation").
func (p Provider) always() []string {
	switch {
	case p.SAML:
		return []string{"SAML:aud", "SAML:iss", "sts:RoleSessionName"}
	case p.Issuer == "graph.facebook.com":
		return []string{p.Issuer + ":app_id", p.Issuer + ":id", "sts:RoleSessionName"}
	case p.Issuer == "www.amazon.com":
		return []string{p.Issuer + ":app_id", p.Issuer + ":user_id", "sts:RoleSessionName"}
	}
	return []string{p.Issuer + ":sub", p.Issuer + ":aud", "sts:RoleSessionName"}
}
