package snapshot

import (
	"context"
	"path/filepath"
	"testing"

	"iamctl/extract/sourcetest"
	"iamctl/inventory"
)

func TestContract(t *testing.T) {
	if testing.Short() {
		t.Skip("left out: -short: writing and reading large folders")
	}
	sourcetest.Run(t, func(t *testing.T, a *inventory.Account) sourcetest.Source {
		dir := filepath.Join(t.TempDir(), "snapshot")
		if _, err := Write(dir, a); err != nil {
			t.Fatal(err)
		}
		return func(ctx context.Context) (*inventory.Account, error) { return Read(ctx, dir) }
	}, sourcetest.DocumentsByMeaning(), sourcetest.Without(sourcetest.Pages))
}
