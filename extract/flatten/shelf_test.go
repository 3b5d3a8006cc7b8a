package flatten_test

import (
	"sync"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"iamctl/extract/flatten"
	"iamctl/inventory"
	"iamctl/reference"
)

// TestShelf: a document that accounts share is flattened once, unless what its items say
// is the account's own, and each account is what it is by itself.
func TestShelf(t *testing.T) {
	const head = `{"Version":"2012-10-17","Statement":{"Effect":"Allow",`
	account := func(partition, id, role string) *inventory.Account {
		return &inventory.Account{Partition: partition, Roles: []inventory.Role{{
			Name: role, ID: id, Trust: head + `"Principal":{"AWS":"AROAEXAMPLEEXAMPLE123"},"Action":"sts:AssumeRole"}}`,
			Inline: []inventory.InlinePolicy{
				{Name: "good", Document: head + `"Action":["s3:Get*","sqs:SendMessage"],"Resource":"arn:*:s3:::x/*"}}`},
				{Name: "odd", Document: head + `"Action":"s3:GetObject","Resource":"*","Wrong":1}}`},
				{Name: "bad", Document: `{`},
				{Name: "own " + role, Document: inventory.Document(head + `"Action":"s3:GetObject","Resource":"arn:aws:s3:::` + role + `"}}`)},
			},
		}}}
	}
	ref := reference.Embedded()
	for _, tt := range []struct {
		one, two      *inventory.Account
		shared, trust bool
		reason        string
	}{
		{account("aws", "AROAEXAMPLEEXAMPLE124", "a"), account("aws", "AROAEXAMPLEEXAMPLE125", "b"), true, true, "two accounts, and the principal is in neither"},
		{account("aws", "AROAEXAMPLEEXAMPLE123", "a"), account("aws", "AROAEXAMPLEEXAMPLE125", "a"), true, false, "the principal is a role of one of them"},
		{account("aws", "AROAEXAMPLEEXAMPLE124", "a"), account("aws-cn", "AROAEXAMPLEEXAMPLE125", "a"), false, true, "an account in China"},
	} {
		accounts := [2]*inventory.Account{tt.one, tt.two}
		var flats [2]*inventory.Flat
		shelf := flatten.NewShelf(ref)
		var all sync.WaitGroup
		for i, a := range accounts {
			all.Go(func() { flats[i] = shelf.Account(a) })
		}
		all.Wait()
		for i, a := range accounts {
			if diff := gocmp.Diff(flatten.Account(a, ref), flats[i], cmpopts.IgnoreFields(inventory.Flat{}, "Parsed")); diff != "" {
				t.Errorf("%s: account %d is another by itself (-alone +beside)\n%s", tt.reason, i, diff)
			}
		}
		one, two := flats[0].Roles[0].Policies, flats[1].Roles[0].Policies
		if (one[1].Items == two[1].Items) != tt.shared || one[1].Name != "good" {
			t.Errorf("%s: the items of %s are shared: %v, want %v", tt.reason, one[1].Name, !tt.shared, tt.shared)
		}
		last := len(one) - 1
		if same := gocmp.Equal(one[last].Items, two[last].Items); same != tt.trust || one[last].Type != inventory.Trust {
			t.Errorf("%s: the items of the trust policies are equal: %v, want %v", tt.reason, same, tt.trust)
		}
	}
}
