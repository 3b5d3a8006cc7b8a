package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"iamctl/internal/sampleaccount"
	"iamctl/result"
)

// lakeFiles returns the files of a lake that engines read, with their bytes.
func lakeFiles(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(d.Name(), ".") {
			return err
		}
		data, err := os.ReadFile(path)
		rel, _ := filepath.Rel(dir, path)
		out[filepath.ToSlash(rel)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestKilledExportLeavesNoHalfFile kills exports that replace each other's partitions: every
// file that an engine reads is the one or the other run's, and an account of whom the roles are
// there for the first time has all its tables.
func TestKilledExportLeavesNoHalfFile(t *testing.T) {
	rounds := size(t, 10, 60)
	binary, dir := program(t), t.TempDir()
	var states [2]map[string]string
	var full time.Duration
	export := func(state int, to string) []string {
		folder := []string{"one", "two"}[state]
		return []string{"export", folder + "/a", folder + "/b", "--dir", to, "--day", "2026-01-31", "-q"}
	}
	for i, folder := range []string{"one", "two"} {
		for k, name := range []string{"a", "b"} {
			writeSnapshot(t, filepath.Join(dir, folder, name), sampleaccount.New(sampleaccount.Options{
				Environment: "live", ID: []string{"123456789012", "210987654321"}[k], Roles: 12, Drift: 2 * i,
			}))
		}
		start := time.Now()
		if code, _, errs := runIn(t, binary, dir, export(i, folder+"-lake")...); code != int(result.ExitInSync) {
			t.Fatalf("exit %d\n%s", code, errs)
		}
		full = time.Since(start)
		states[i] = lakeFiles(t, filepath.Join(dir, folder+"-lake"))
	}
	seen := [2]int{}
	for i := range rounds {
		lake := "lake"
		if i%3 == 0 {
			lake = "fresh"
			if err := os.RemoveAll(filepath.Join(dir, lake)); err != nil {
				t.Fatal(err)
			}
		}
		kill(t, binary, dir, full, export(i%2, lake)...)
		if _, err := os.Stat(filepath.Join(dir, lake)); err != nil {
			continue // killed before it began
		}
		files := lakeFiles(t, filepath.Join(dir, lake))
		for path, data := range files {
			switch data {
			case states[0][path]:
				seen[0]++
			case states[1][path]:
				seen[1]++
			default:
				t.Fatalf("run %d: %s is neither run's", i, path)
			}
			if table, rest, _ := strings.Cut(path, "/"); table == "roles" && lake == "fresh" {
				for _, other := range []string{"items", "documents", "findings"} {
					if _, ok := files[other+"/"+rest]; !ok {
						t.Errorf("run %d: %s is there without its %s", i, path, other)
					}
				}
			}
		}
	}
	t.Logf("%d files of the one state, %d of the other", seen[0], seen[1])
	if code, _, errs := runIn(t, binary, dir, export(0, "lake")...); code != int(result.ExitInSync) {
		t.Fatalf("after the kills: exit %d\n%s", code, errs)
	}
	for path, data := range lakeFiles(t, filepath.Join(dir, "lake")) {
		if data != states[0][path] {
			t.Errorf("after the kills %s is not replaced", path)
		}
	}
	left, err := filepath.Glob(filepath.Join(dir, "lake", "*", "*", "*", ".*"))
	if err != nil || len(left) > 0 {
		t.Errorf("%v: left in the making: %v", err, left)
	}
}
