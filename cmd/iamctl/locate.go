package main

import (
	"os"
	"path"
	"path/filepath"

	"iamctl/extract"
	"iamctl/extract/snapshot"
	"iamctl/report"
)

// locator finds the files of a run's snapshots, so that code scanning can show
// the line that drifted. A profile has no files.
func locator(run *report.Run) (report.Locate, report.Source) {
	var folders [2]string
	for side, a := range []report.RunAccount{run.Accounts.A, run.Accounts.B} {
		spec, err := extract.ParseSpec(a.Source)
		if err == nil && (spec.Kind == extract.Folder || spec.Kind == extract.Git) && filepath.IsLocal(spec.Name) {
			folders[side] = path.Clean(filepath.ToSlash(spec.Name))
		}
	}
	locate := func(side int, role string) (string, int, bool) {
		if folders[side] == "" {
			return "", 0, false
		}
		if role == "" {
			return path.Join(folders[side], "account.json"), 1, true
		}
		return path.Join(folders[side], snapshot.RoleFile(role)), 1, true
	}
	source := func(uri string) []byte {
		data, err := os.ReadFile(filepath.FromSlash(uri))
		if err != nil {
			return nil
		}
		return data
	}
	return locate, source
}
