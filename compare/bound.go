package compare

import (
	"context"
	"fmt"

	"golang.org/x/sync/errgroup"

	"iamctl/diff"
	"iamctl/equivalency"
	"iamctl/inventory"
	"iamctl/meaning"
	"iamctl/normalize"
	"iamctl/pairing"
	"iamctl/reference"
)

// bound is a dictionary as it applies to two accounts, and what is known of their
// names and ids.
type bound struct {
	ids        [2]equivalency.Identity
	dictionary Dictionary
	rules      [2]*equivalency.Rules
	// notes are about the names and ids.
	notes []string
	// made are the roles that a tool may have named, but for those of one name.
	made [2][]pairing.Made
	// unpaired are the names that were not paired.
	unpaired []pairing.Unpaired
}

// bind binds a dictionary to two accounts. told are the names of roles that are known to be
// one.
func bind(ids [2]equivalency.Identity, accounts [2]*inventory.Account, d Dictionary, told ...[2]string) (*bound, error) {
	b := &bound{ids: ids, dictionary: d}
	for i := range ids {
		rules, err := d.Rules(ids[i], ids[1-i])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", d.Name, err)
		}
		b.rules[i] = rules
	}
	found := pairing.Apply(accounts, b.rules, told...)
	b.notes, b.made, b.unpaired = found.Notes, found.Made, found.Unpaired
	return b, nil
}

// changes normalises the accounts, or parts of them, and compares them. o has
// no notes.
func (b *bound) changes(ctx context.Context, flats [2]*inventory.Flat, ref *reference.Reference, o diff.Options) (*diff.Changes, error) {
	accounts, err := b.normalized(ctx, flats)
	if err != nil {
		return nil, err
	}
	o.Notes = b.notes
	c := diff.Compare(accounts[0], accounts[1], o)
	meaning.Settle(c, ref)
	return c, nil
}

// normalized normalises the accounts, or parts of them.
func (b *bound) normalized(ctx context.Context, flats [2]*inventory.Flat) ([2]*normalize.Account, error) {
	var accounts [2]*normalize.Account
	g, ctx := errgroup.WithContext(ctx)
	for i, id := range b.ids {
		g.Go(func() (err error) {
			if err := ctx.Err(); err != nil {
				return err
			}
			accounts[i], err = normalize.Apply(flats[i], id, b.rules[i])
			if err != nil {
				return fmt.Errorf("%s: %w", id.Tag, err)
			}
			return nil
		})
	}
	return accounts, g.Wait()
}
