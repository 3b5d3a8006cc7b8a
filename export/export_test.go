package export_test

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"iamctl/audit"
	"iamctl/audit/config"
	"iamctl/compare"
	"iamctl/export"
	"iamctl/extract/snapshot"
	"iamctl/internal/sampleaccount"
	"iamctl/reference"
	"iamctl/report/lake"
)

// sides are n accounts with an id each, of which number broken cannot be read.
func sides(t *testing.T, n, broken int) []compare.Side {
	t.Helper()
	dir := t.TempDir()
	var out []compare.Side
	for i := range n {
		at := filepath.Join(dir, fmt.Sprintf("account-%d", i))
		if _, err := snapshot.Write(at, sampleaccount.New(sampleaccount.Options{Environment: "live", ID: fmt.Sprintf("0000000000%02d", i), Roles: 3})); err != nil {
			t.Fatal(err)
		}
		if i == broken {
			if err := os.WriteFile(filepath.Join(at, "account.json"), []byte("{"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		s, err := compare.NewSide(at, "")
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, s)
	}
	return out
}

func options(dir string) export.Options {
	return export.Options{
		Reader: &compare.Reader{}, Reference: reference.Embedded(), Dir: dir, Day: time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC),
		Tables: lake.Tables(), Rules: audit.Rules(), Config: &config.Config{}, Version: "test",
	}
}

// files returns the digest of every file of a lake, by its path.
func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		rel, _ := filepath.Rel(dir, path)
		out[filepath.ToSlash(rel)] = fmt.Sprintf("%x", sha256.Sum256(data))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// The same accounts have the same bytes, however many processors there are and in whatever
// order they are named, and a broken one stops no other.
func TestSameBytes(t *testing.T) {
	accounts := sides(t, 6, 4)
	var want map[string]string
	for _, procs := range []int{1, 4} {
		before := runtime.GOMAXPROCS(procs)
		dir := filepath.Join(t.TempDir(), "lake")
		s, err := export.Run(context.Background(), accounts, options(dir))
		runtime.GOMAXPROCS(before)
		if err != nil {
			t.Fatal(err)
		}
		if s.Accounts != 5 || s.Rows[lake.Roles] != 15 || len(s.Gaps) != 1 || s.Gaps[0].Account != "account-4" {
			t.Errorf("%+v", s)
		}
		got := files(t, dir)
		if want == nil {
			want = got
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("with %d processors (-want +got):\n%s", procs, d)
		}
	}
	if len(want) != 5*4 { // drifts are of comparisons
		t.Errorf("%d files", len(want))
	}
}

// Where several sources have one account, it is the first one's, however long it takes.
func TestFirstHasThePartition(t *testing.T) {
	accounts := sides(t, 2, -1)
	for range 5 {
		twice := []compare.Side{accounts[0], accounts[1], accounts[0], accounts[0]}
		twice[2].Tag, twice[3].Tag = "again", "once-more"
		s, err := export.Run(context.Background(), twice, options(filepath.Join(t.TempDir(), "lake")))
		if err != nil {
			t.Fatal(err)
		}
		if s.Accounts != 2 || len(s.Gaps) != 2 || s.Gaps[0].Account != "again" || !strings.Contains(s.Gaps[0].Reason, "as account-0 is") {
			t.Errorf("%+v", s)
		}
	}
}

// A run that is ended ends, with all of its accounts, and leaves nothing in the making.
func TestEnded(t *testing.T) {
	accounts := sides(t, 6, -1)
	dir := filepath.Join(t.TempDir(), "lake")
	ctx, cancel := context.WithCancel(context.Background())
	o := options(dir)
	o.Reader.Progress = func(string) compare.Progress { cancel(); return none{} }
	if _, err := export.Run(ctx, accounts, o); err == nil {
		t.Error("no error")
	}
	for path := range files(t, dir) {
		if strings.HasPrefix(filepath.Base(path), ".") {
			t.Errorf("%s is left", path)
		}
	}
}

type none struct{}

func (none) Stage(string, int, int)        {}
func (none) Waiting(string, time.Duration) {}
func (none) Done(int, string, int)         {}
func (none) Failed(error)                  {}
