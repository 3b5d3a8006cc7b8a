package compare

import (
	"context"
	"slices"

	"iamctl/extract"
	"iamctl/inventory"
)

// Again reads an account that was read before, and shows nobody how far it is.
func (r *Reader) Again(ctx context.Context, s Side) (*inventory.Account, error) {
	return r.extract(ctx, s, step{Progress: silent{}})
}

// OnDisk reports whether the account is read from files, which can be done again.
func (s Side) OnDisk() bool {
	return slices.Contains([]extract.Kind{extract.Folder, extract.File, extract.Git}, s.Spec.Kind)
}
