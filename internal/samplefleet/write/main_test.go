package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"iamctl/internal/samplefleet"
)

var dated = regexp.MustCompile(`"CreateDate": "[^"]*"`)

// TestFiles: a file that is made of another account's is the one of the account itself.
func TestFiles(t *testing.T) {
	f := samplefleet.New(samplefleet.Options{Seed: 1, Accounts: 6, Roles: 12, Outliers: 3})
	dir := t.TempDir()
	if err := write(f, dir, true); err != nil {
		t.Fatal(err)
	}
	plain := 0
	for i := range f.Accounts {
		want, err := details(f.Account(i))
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(filepath.Join(dir, "fleet", f.Tag(i)+".json"))
		if err != nil || !bytes.Equal(dated.ReplaceAll(got, nil), dated.ReplaceAll(want, nil)) {
			t.Errorf("account %d: %v, %d bytes, want %d as they are spelled out", i, err, len(got), len(want))
		}
		if f.Plain(i) {
			plain++
		}
	}
	if plain < 2 || plain == f.Accounts {
		t.Errorf("%d of %d accounts are plain", plain, f.Accounts)
	}
}
