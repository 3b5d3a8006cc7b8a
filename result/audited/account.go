package audited

import (
	"cmp"
	"slices"
	"strings"

	"iamctl/result/found"
)

// Key returns what findings name the account by: its id, or its tag where that is not
// known.
func (a *Account) Key() string { return cmp.Or(a.ID, a.Tag) }

// Name returns the account for people: its tag and its id.
func (a *Account) Name() string { return strings.TrimSpace(a.Tag + " " + a.ID) }

// AccountOf returns the account with a key, nil if it was not audited.
func (a *Audit) AccountOf(key string) *Account {
	i := slices.IndexFunc(a.Accounts, func(x Account) bool { return x.Key() == key })
	if i < 0 {
		return nil
	}
	return &a.Accounts[i]
}

// AccountKeys returns the keys of the accounts, in their order.
func (a *Audit) AccountKeys() []string {
	var out []string
	for i := range a.Accounts {
		out = append(out, a.Accounts[i].Key())
	}
	return out
}

// Asked reports whether a rule with an id was asked.
func (a *Audit) Asked(id string) bool {
	return slices.ContainsFunc(a.Rules, func(r found.Rule) bool { return r.ID == id })
}

// RuleIDs returns the ids of the rules, in their order.
func (a *Audit) RuleIDs() []string {
	var out []string
	for i := range a.Rules {
		out = append(out, a.Rules[i].ID)
	}
	return out
}
