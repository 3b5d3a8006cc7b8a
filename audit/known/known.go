// Package known has what is published about accounts and identity providers: whose an
// account id is, and which claim of a shared provider names the tenant.
package known

import (
	_ "embed"
	"encoding/json"
	"strings"
	"sync"
)

// Owner is whose an account is, as far as it is published.
type Owner struct {
	// Name is the vendor's, or the AWS service's.
	Name string
	// AWS says that it is an account of AWS's own.
	AWS bool
}

// The list fwdcloudsec/known_aws_accounts (Apache-2.0), as of 2025-09-17.
//
//go:embed known_accounts.json
var accountsFile []byte

var owners = sync.OnceValue(func() map[string]Owner {
	var file struct {
		Entries []struct {
			Name, Owner string
			Accounts    []string
		}
	}
	mustUnmarshal(accountsFile, &file)
	out := map[string]Owner{}
	for _, e := range file.Entries {
		for _, id := range e.Accounts {
			out[id] = Owner{e.Name, e.Owner == "aws"}
		}
	}
	return out
})

// OwnerOf returns whose the account with an id is; ok is false where nobody has said.
func OwnerOf(id string) (o Owner, ok bool) {
	o, ok = owners()[id]
	return o, ok
}

// Issuer is an identity provider that many tenants share.
type Issuer struct {
	Name   string
	Issuer string
	// Claim names the tenant.
	Claim string
}

// IAM User Guide, "Identity-provider controls for shared OIDC providers".
//
//go:embed shared_oidc_issuers.json
var issuersFile []byte

var issuers = sync.OnceValue(func() []Issuer {
	var file struct{ Issuers []Issuer }
	mustUnmarshal(issuersFile, &file)
	return append(file.Issuers, social...)
})

// social are the providers that AWS knows by their host, whose tenants are applications
// (IAM User Guide, "Available keys for AWS OIDC federation").
var social = []Issuer{
	{"Google", "accounts.google.com", "aud"},
	{"Facebook", "graph.facebook.com", "app_id"},
	{"Login with Amazon", "www.amazon.com", "app_id"},
}

// SharedIssuer returns the shared provider of an issuer, which is a URL without its
// scheme; ok is false if tenants do not share it, or nobody has said so. The provider of
// a tenant whose address has a path below a shared one is another.
func SharedIssuer(issuer string) (i Issuer, ok bool) {
	for _, i := range issuers() {
		if strings.EqualFold(i.Issuer, strings.TrimSuffix(issuer, "/")) {
			return i, true
		}
	}
	return Issuer{}, false
}

func mustUnmarshal(data []byte, to any) {
	if err := json.Unmarshal(data, to); err != nil {
		panic(err) // it is embedded
	}
}
