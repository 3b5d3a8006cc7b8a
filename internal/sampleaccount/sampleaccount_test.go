package sampleaccount_test

import (
	"testing"

	"iamctl/extract/flatten"
	"iamctl/internal/sampleaccount"
	"iamctl/reference"
)

// TestItemsPerRole keeps the figure that the benchmarks quote true.
func TestItemsPerRole(t *testing.T) {
	const roles = 20
	a := sampleaccount.New(sampleaccount.Options{Environment: "dev", ID: "123456789012", Roles: roles})
	flat := flatten.Account(a, reference.Embedded())
	if n := flat.Len() / roles; n < sampleaccount.ItemsPerRole || n > sampleaccount.ItemsPerRole*11/10 {
		t.Errorf("%d items a role, want about %d", n, sampleaccount.ItemsPerRole)
	}
	if len(flat.Gaps) > 0 {
		t.Errorf("gaps: %v", flat.Gaps)
	}
}
