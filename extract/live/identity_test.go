package live_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"iamctl/extract/live"
	"iamctl/internal/fakeiam"
	"iamctl/inventory"
)

// TestRolesOfAnotherAccount: what STS says and what IAM says must be one account.
func TestRolesOfAnotherAccount(t *testing.T) {
	other := fakeiam.Sample("999999999999", 3)
	served := fakeiam.Options{View: func(c fakeiam.Call) *inventory.Account {
		if c.Action == "GetCallerIdentity" {
			return sample(3)
		}
		return other
	}}
	_, err := live.Extract(t.Context(), options(t, serve(t, sample(3), served)))
	if err == nil || !strings.Contains(err.Error(), "this is account "+accountID) || !strings.Contains(err.Error(), "of account 999999999999; check endpoint_url") {
		t.Errorf("got %v", err)
	}
}

// TestIdentified: whoever asks hears of the account before anything else is read,
// and can end the reading.
func TestIdentified(t *testing.T) {
	server := serve(t, sample(3), fakeiam.Options{})
	o := options(t, server)
	stop := errors.New("stop")
	var heard []string
	o.Identified = func(id string) error { heard = append(heard, id); return stop }
	if _, err := live.Extract(t.Context(), o); !errors.Is(err, stop) {
		t.Errorf("got %v", err)
	}
	if !slices.Equal(heard, []string{accountID}) || !slices.Equal(server.Actions(), []string{"GetCallerIdentity"}) {
		t.Errorf("heard %v after %v", heard, server.Actions())
	}
}
