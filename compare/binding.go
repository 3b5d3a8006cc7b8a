package compare

import (
	"context"

	"iamctl/diff"
	"iamctl/equivalency"
	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/pairing"
	"iamctl/reference"
)

// Binding is a dictionary as it applies to two whole accounts, of which parts are compared.
type Binding struct{ of *bound }

// Bind binds a dictionary to two accounts. told are the names of roles that are known to be
// one although they differ by what a tool made up: see pairing.Join.
func Bind(ids [2]equivalency.Identity, accounts [2]*inventory.Account, d Dictionary, told ...[2]string) (*Binding, error) {
	b, err := bind(ids, accounts, d, told...)
	if err != nil {
		return nil, err
	}
	return &Binding{b}, nil
}

// Rules returns the rules of a side, which must not be changed.
func (b *Binding) Rules(side int) *equivalency.Rules { return b.of.rules[side] }

// Made returns the roles of a side that a tool may have named, but for those that have one name
// on both, in the order of the account's roles.
func (b *Binding) Made(side int) []pairing.Made { return b.of.made[side] }

// Unpaired returns the names that may be one entity's, and were not paired.
func (b *Binding) Unpaired() []pairing.Unpaired { return b.of.unpaired }

// Changes compares parts of the accounts, as the function Changes does whole ones.
func (b *Binding) Changes(ctx context.Context, flats [2]*inventory.Flat, ref *reference.Reference, ignore []normalize.Kind, exclude ...diff.Exclusion) (*diff.Changes, error) {
	return b.of.changes(ctx, flats, ref, diff.Options{Ignore: ignore, Exclude: exclude})
}
