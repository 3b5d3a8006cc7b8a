// Package known has what is published about accounts: whose an account id is.
package known

import (
	_ "embed"
	"encoding/json"
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
	if err := json.Unmarshal(accountsFile, &file); err != nil {
		panic(err) // it is embedded
	}
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
