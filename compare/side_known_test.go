package compare_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/compare"
	"iamctl/equivalency"
	"iamctl/extract"
	"iamctl/extract/snapshot"
	"iamctl/inventory"
)

// What is known of accounts before they are read.
func TestKnown(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "core")
	if _, err := snapshot.Write(dir, &inventory.Account{ID: "111111111111", Alias: "corp-core", Partition: "aws"}); err != nil {
		t.Fatal(err)
	}
	member := &inventory.Member{ID: "222222222222", Name: "Payments", Path: "Root/Prod"}
	for _, tt := range []struct {
		reason string
		side   compare.Side
		want   equivalency.Identity
	}{
		{"a snapshot", compare.Side{Spec: extract.Spec{Kind: extract.Folder, Name: dir}, Tag: "core"}, equivalency.Identity{ID: "111111111111", Alias: "corp-core"}},
		{"as it was", compare.Side{Spec: extract.Spec{Kind: extract.Git, Rev: "HEAD", Name: dir}, Tag: "core"}, equivalency.Identity{ID: "111111111111", Alias: "corp-core"}},
		{"one that is not there", compare.Side{Spec: extract.Spec{Kind: extract.Folder, Name: dir + "x"}, Tag: "core"}, equivalency.Identity{}},
		{"a member", compare.Side{Spec: extract.Spec{Kind: extract.Organization, Name: "mgmt", Account: "222222222222"}, Tag: "222222222222", Member: member}, equivalency.Identity{ID: "222222222222", AccountName: "Payments", Path: "Root/Prod"}},
		{"the snapshot of another account than the ledger has there", compare.Side{Spec: extract.Spec{Kind: extract.Folder, Name: dir}, Tag: "core", Member: member}, equivalency.Identity{ID: "111111111111", Alias: "corp-core"}},
		{"a profile", compare.Side{Spec: extract.Spec{Kind: extract.Profile, Name: "dev"}, Tag: "dev"}, equivalency.Identity{}},
	} {
		got := tt.side.Known(context.Background())
		got = equivalency.Identity{ID: got.ID, Alias: got.Alias, AccountName: got.AccountName, Path: got.Path}
		if d := cmp.Diff(tt.want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", tt.reason, d)
		}
	}
}

// A snapshot of another account than the ledger beside it says is not read as one of that.
func TestSnapshotOfAnotherAccount(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "core")
	if _, err := snapshot.Write(dir, &inventory.Account{ID: "111111111111", Partition: "aws"}); err != nil {
		t.Fatal(err)
	}
	s := compare.Side{Spec: extract.Spec{Kind: extract.Folder, Name: dir}, Tag: "core", Member: &inventory.Member{ID: "222222222222"}}
	_, err := new(compare.Reader).Account(context.Background(), s)
	if err == nil || !strings.Contains(err.Error(), dir+" is a snapshot of account 111111111111, and of account 222222222222 by accounts.json") {
		t.Errorf("got %v", err)
	}
	s.Member.ID = "111111111111"
	if _, err := new(compare.Reader).Account(context.Background(), s); err != nil {
		t.Errorf("the account of the ledger: %v", err)
	}
}
