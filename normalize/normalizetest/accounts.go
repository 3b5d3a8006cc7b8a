// Package normalizetest makes what the tests of package normalize and of the
// packages below it need: accounts, documents of items, and the rules of a
// dictionary.
package normalizetest

import (
	"testing"

	"iamctl/equivalency"
	"iamctl/inventory"
	"iamctl/normalize"
)

// Dev and QA are the accounts that most dictionaries of the tests name.
var (
	Dev = equivalency.Identity{Tag: "dev", Source: "dev", ID: "123456789012"}
	QA  = equivalency.Identity{Tag: "qa", Source: "qa", ID: "987654321098"}
)

// Dictionary parses a dictionary.
func Dictionary(t testing.TB, text string) *equivalency.Dictionary {
	t.Helper()
	d, err := equivalency.Parse("d.json", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Rules returns a dictionary's rules for self, compared with other.
func Rules(t testing.TB, dictionary string, self, other equivalency.Identity) *equivalency.Rules {
	t.Helper()
	rules, err := Dictionary(t, dictionary).Rules(self, other)
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

// Flat returns an account with Dev's id, of roles without documents.
func Flat(roles ...inventory.Role) *inventory.Flat {
	f := &inventory.Flat{Account: &inventory.Account{ID: Dev.ID, Roles: roles}}
	for i := range roles {
		f.Roles = append(f.Roles, inventory.FlatRole{Role: &roles[i]})
	}
	return f
}

// Apply normalises an account by a dictionary.
func Apply(t testing.TB, f *inventory.Flat, dictionary string, self, other equivalency.Identity) *normalize.Account {
	t.Helper()
	a, err := normalize.Apply(f, self, Rules(t, dictionary, self, other))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// Table normalises a document of items.
func Table(t testing.TB, items *inventory.Items, rules *equivalency.Rules, self equivalency.Identity) *normalize.Table {
	t.Helper()
	f := Flat(inventory.Role{Name: "r"})
	f.Roles[0].Policies = []inventory.FlatPolicy{{Name: "p", Type: inventory.Inline, Items: items}}
	a, err := normalize.Apply(f, self, rules)
	if err != nil {
		t.Fatal(err)
	}
	return a.Roles[0].Policies[0].Table
}
