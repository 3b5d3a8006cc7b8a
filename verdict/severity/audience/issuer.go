package audience

import (
	_ "embed"
	"encoding/json"
	"strings"
	"sync"
)

// Issuer is an identity provider that many tenants share.
type Issuer struct {
	// Name is what people call it.
	Name string
	// Issuer is its URL without the scheme.
	Issuer string
	// Claim names the tenant: the part of a condition key after the issuer, or a key.
	Claim string
}

// IAM User Guide, "Identity-provider controls for shared OIDC providers".
//
//go:embed shared_oidc_issuers.json
var issuersFile []byte

// social are the providers that AWS knows by their host, whose tenants are applications
// (IAM User Guide, "Available keys for AWS OIDC federation").
var social = []Issuer{
	{"Google", "accounts.google.com", "aud"},
	{"Facebook", "graph.facebook.com", "app_id"},
	{"Amazon", "www.amazon.com", "app_id"},
}

// short are names in place of the guide's.
var short = map[string]string{"GitHub Actions": "GitHub", "GitLab.com": "GitLab"}

var issuers = sync.OnceValue(func() map[string]Issuer {
	var file struct{ Issuers []Issuer }
	if err := json.Unmarshal(issuersFile, &file); err != nil {
		panic(err) // it is embedded
	}
	out := map[string]Issuer{}
	for _, i := range append(file.Issuers, social...) {
		if name, ok := short[i.Name]; ok {
			i.Name = name
		}
		out[i.Issuer] = i
	}
	return out
})

// SharedIssuer returns the shared provider of an issuer; ok is false if tenants do not
// share it, or nobody has said so. A provider with a path below a shared one's address is
// another, a tenant's own.
func SharedIssuer(issuer string) (i Issuer, ok bool) {
	i, ok = issuers()[strings.ToLower(strings.TrimSuffix(issuer, "/"))]
	return i, ok
}
