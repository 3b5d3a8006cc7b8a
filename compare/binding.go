package compare

import (
	"context"

	"iamctl/diff"
	"iamctl/equivalency"
	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/reference"
)

// Binding is a dictionary as it applies to two whole accounts, of which parts are compared.
type Binding struct{ of *bound }

// Bind binds a dictionary to two accounts.
func Bind(ids [2]equivalency.Identity, accounts [2]*inventory.Account, d Dictionary) (*Binding, error) {
	b, err := bind(ids, accounts, d)
	if err != nil {
		return nil, err
	}
	return &Binding{b}, nil
}

// Rules returns the rules of a side, which must not be changed.
func (b *Binding) Rules(side int) *equivalency.Rules { return b.of.rules[side] }

// Changes compares parts of the accounts, as the function Changes does whole ones.
func (b *Binding) Changes(ctx context.Context, flats [2]*inventory.Flat, ref *reference.Reference, ignore []normalize.Kind, exclude ...diff.Exclusion) (*diff.Changes, error) {
	return b.of.changes(ctx, flats, ref, diff.Options{Ignore: ignore, Exclude: exclude})
}
