package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"iamctl/compare"
	"iamctl/report"
	"iamctl/report/format"
	"iamctl/result"
)

// staleFiles returns the names of an earlier run's files in the folder: those that
// a run with the accounts of its diff.json writes.
func staleFiles(folder string) []string {
	accounts, err := readAccounts(filepath.Join(folder, result.FileName))
	if err != nil {
		return nil
	}
	a, b := accounts.A, accounts.B
	names, err := report.NewNames([2]string{a.Tag, b.Tag}, [2]string{compare.LabelOf(a.Source), compare.LabelOf(b.Source)})
	if err != nil {
		return nil
	}
	stale := format.FileNames()
	for _, f := range report.Files(nil, names) {
		stale = append(stale, f.Name)
	}
	return stale
}

// readAccounts reads the accounts of a diff.json, and not its millions of items.
func readAccounts(path string) (result.Sides[result.Account], error) {
	f, err := os.Open(path)
	if err != nil {
		return result.Sides[result.Account]{}, err
	}
	defer f.Close()
	return result.ReadAccounts(f)
}

// removeStale removes the stale files that this run did not write.
func removeStale(folder string, stale []string, written []os.DirEntry) error {
	for _, name := range stale {
		if slices.ContainsFunc(written, func(f os.DirEntry) bool { return f.Name() == name }) {
			continue
		}
		if err := os.Remove(filepath.Join(folder, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}
