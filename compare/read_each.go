package compare

import (
	"context"

	"golang.org/x/sync/errgroup"

	"iamctl/inventory"
)

// Each reads accounts and hands each over as soon as it is read, with what is wrong with it
// if it could not be: then the account is nil. No more than limit accounts are being read or
// used at a time, those that were named first are first, and each turn ends before the next
// one of its place begins; use is called from several goroutines. An error of use ends the
// others.
func (r *Reader) Each(ctx context.Context, sides []Side, limit int, use func(ctx context.Context, i int, a *inventory.Account, err error) error) error {
	if err := r.beside(ctx, sides); err != nil {
		return err
	}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(limit)
	for i, s := range sides {
		if ctx.Err() != nil {
			break
		}
		g.Go(func() error {
			a, err := r.Account(ctx, s)
			if ctx.Err() != nil {
				return ctx.Err()
			}
			return use(ctx, i, a, err)
		})
	}
	return g.Wait()
}
