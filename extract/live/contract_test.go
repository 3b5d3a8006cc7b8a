package live_test

import (
	"context"
	"testing"

	"iamctl/extract/live"
	"iamctl/extract/sourcetest"
	"iamctl/internal/fakeiam"
	"iamctl/inventory"
)

func contract(t *testing.T, served fakeiam.Options, without ...sourcetest.Field) {
	sourcetest.Run(t, func(t *testing.T, a *inventory.Account) sourcetest.Source {
		o := options(t, serve(t, a, served))
		return func(ctx context.Context) (*inventory.Account, error) { return live.Extract(ctx, o) }
	}, sourcetest.Without(append(without, sourcetest.Gaps, sourcetest.Unknown)...))
}

func TestContract(t *testing.T) {
	if testing.Short() {
		t.Skip("left out: -short: reading large accounts")
	}
	// GetAccountAuthorizationDetails has no tags of policies.
	contract(t, fakeiam.Options{PageSize: 400, OldVersions: 1}, sourcetest.PolicyTags)
}

func TestContractOfTheFallback(t *testing.T) {
	if testing.Short() {
		t.Skip("left out: -short: hundreds of calls for each account")
	}
	// Pages of 64: with 1200 roles it is thousands of calls.
	contract(t, fakeiam.Options{PageSize: 64, Faults: []fakeiam.Fault{noDetails}}, sourcetest.Pages)
}
