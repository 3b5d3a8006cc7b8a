package audience

import "strings"

// Provider is an identity provider.
type Provider struct {
	// Name is what people call it.
	Name string
	// Key is the condition key of the claim that names who comes, "" if there is none.
	Key string
	// Audience is the condition key of whom a token is for, which names nobody.
	Audience string

	// shared says that anybody can have an account there.
	shared bool
	issuer string
	form
}

// form is how a provider's claims are put together. The first part is whose they are.
type form struct {
	// heads are what is before each part.
	heads []string
	split func(claim string) []string
	// whole says that the parts are not known: the one has all of a claim.
	whole bool
	words func(p *Provider, parts []string) string
}

// New returns a provider by the value of a Federated principal: the ARN of a provider in
// an account, or the host of one that AWS knows.
func New(principal string) *Provider {
	i := strings.LastIndex(principal, "-provider/")
	name := principal
	if i >= 0 {
		name = principal[i+len("-provider/"):]
	}
	if i >= 0 && strings.HasSuffix(principal[:i], ":saml") {
		return &Provider{Name: "the SAML provider " + name, Audience: "saml:aud", form: plain}
	}
	p := &Provider{Name: name, Key: name + ":sub", Audience: name + ":aud", form: formOf(name), issuer: name}
	if s, ok := SharedIssuer(name); ok {
		p.Name, p.Key, p.shared = s.Name, name+":"+s.Claim, true
		if strings.Contains(s.Claim, ":") {
			p.Key = s.Claim
		}
	}
	return p
}

// formOf returns the form of an issuer's claims.
func formOf(issuer string) form {
	host, _, _ := strings.Cut(issuer, "/")
	switch {
	case issuer == "token.actions.githubusercontent.com":
		return gitHub
	case strings.HasPrefix(host, "gitlab."):
		return gitLab
	case strings.HasPrefix(host, "oidc.eks."):
		return kubernetes
	case issuer == "app.terraform.io":
		return terraform
	case issuer == "api.bitbucket.org" || strings.HasPrefix(issuer, "api.bitbucket.org/"):
		return bitbucket
	case issuer == "cognito-identity.amazonaws.com":
		return named("identity pool")
	case issuer == "accounts.google.com" || issuer == "graph.facebook.com" || issuer == "www.amazon.com":
		return named("application")
	}
	return plain
}
