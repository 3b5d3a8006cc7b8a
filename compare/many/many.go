// Package many compares the roles of many accounts: it reads them, finds the forms of each
// role, and judges each form against the reference once.
package many

import (
	"context"

	"iamctl/compare"
	"iamctl/diff"
	"iamctl/fleet"
	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/result"
	"iamctl/result/matrix"
)

// Options say how the roles of many accounts are compared.
type Options struct {
	compare.Inputs
	Reader  *compare.Reader
	Ignore  []normalize.Kind
	Exclude []diff.Exclusion
	// Against is the tag of the account that the others are held against, "" for the
	// majority of each role.
	Against string
	// Roles is a pattern of the names of the roles that are compared, "" for all.
	Roles string
	// Version is iamctl's, for the matrix's Meta.
	Version string
}

// Run compares the roles of many accounts. An account that cannot be read is a gap;
// none that can be read is an error.
func Run(ctx context.Context, sides []compare.Side, o Options) (*matrix.Matrix, error) {
	m := &run{Options: o}
	if err := m.read(ctx, sides); err != nil {
		return nil, err
	}
	if err := m.lookAtAll(ctx); err != nil {
		return nil, err
	}
	roles, err := m.differences(ctx)
	if err != nil {
		return nil, err
	}
	return matrix.New(m.meta(), m.accounts(), roles, m.gaps), nil
}

// run is one comparison of many accounts.
type run struct {
	Options
	sides []compare.Side
	flats []*inventory.Flat
	gaps  []result.Gap
	// against is the account that all are compared with first.
	against int
	// forms are those of each role, by its key, and names its name.
	forms map[string][]fleet.Form
	names map[string]string
}
