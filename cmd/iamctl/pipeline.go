package main

import (
	"context"
	"fmt"

	"github.com/urfave/cli/v2"
	"golang.org/x/sync/errgroup"

	"iamctl/equivalency"
	"iamctl/extract/flatten"
	"iamctl/inventory"
	"iamctl/normalize"
)

// readSides extracts and flattens accounts side by side. The first failure
// ends the others.
func readSides(ctx context.Context, e *env, c *cli.Context, in *inputs, sides []side) ([]*inventory.Flat, error) {
	p := newProgress(e, c.Bool("quiet"))
	flats := make([]*inventory.Flat, len(sides))
	g, ctx := errgroup.WithContext(ctx)
	for i, s := range sides {
		g.Go(func() error {
			a, err := s.read(ctx, e, c, p)
			if err != nil {
				return err
			}
			if err := ctx.Err(); err != nil {
				return err
			}
			flats[i] = flatten.Account(a, in.reference)
			return nil
		})
	}
	err := g.Wait()
	p.wait()
	return flats, err
}

// normalizeSides applies the dictionary to both accounts.
func normalizeSides(ctx context.Context, in *inputs, sides [2]side, flats []*inventory.Flat) ([2]*normalize.Account, error) {
	var accounts [2]*normalize.Account
	ids := [2]equivalency.Identity{sides[0].identity(flats[0].Account), sides[1].identity(flats[1].Account)}
	g, ctx := errgroup.WithContext(ctx)
	for i := range sides {
		g.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			rules, err := in.dictionary.Rules(ids[i], ids[1-i])
			if err != nil {
				return fmt.Errorf("%s: %w", in.dictionaryName, err)
			}
			accounts[i], err = normalize.Apply(flats[i], ids[i], rules)
			if err != nil {
				return withHint(fmt.Errorf("%s: %w", sides[i].tag, err),
					"change the entry of %s that makes them one, or list one of the names under \"shared\"", in.dictionaryName)
			}
			return nil
		})
	}
	return accounts, g.Wait()
}
