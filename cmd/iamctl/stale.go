package main

import (
	"io"
	"os"
	"path/filepath"
	"slices"

	"iamctl/compare"
	"iamctl/report"
	"iamctl/report/format"
	"iamctl/result"
)

// staleFiles returns the names of the files that earlier runs of diff left in the
// folder, whatever their accounts were called: those of the formats, of the run
// whose diff.json is there, of one that was killed as it moved its files
// (unfinished), and of those that are known by their names. A file that does not
// look like one of ours is somebody's own and is not among them.
func staleFiles(folder string, unfinished []string) []string {
	names := slices.Concat(format.FileNames(), unfinished, filesOfLast(folder))
	entries, err := os.ReadDir(folder)
	if err == nil {
		var there []string
		for _, e := range entries {
			there = append(there, e.Name())
		}
		names = append(names, report.FilesOfRuns(there)...)
	}
	slices.Sort(names)
	return slices.DeleteFunc(slices.Compact(names), func(name string) bool {
		head, err := headOf(filepath.Join(folder, name), format.HeadLength)
		return err != nil || !format.IsFile(name, head) && !report.IsFile(name, head)
	})
}

// filesOfLast returns the names of the files that a run with the accounts of the
// folder's diff.json writes.
func filesOfLast(folder string) []string {
	accounts, err := readAccounts(filepath.Join(folder, result.FileName))
	if err != nil {
		return nil
	}
	a, b := accounts.A, accounts.B
	names, err := report.NewNames([2]string{a.Tag, b.Tag}, [2]string{compare.LabelOf(a.Source), compare.LabelOf(b.Source)})
	if err != nil {
		return nil
	}
	var list []string
	for _, f := range report.Files(nil, names) {
		list = append(list, f.Name)
	}
	return list
}

// accountsLimit is how many bytes of a diff.json are read for its accounts, which
// are near its beginning.
const accountsLimit = 16 << 20

// readAccounts reads the accounts of a diff.json, and not its millions of items.
func readAccounts(path string) (result.Sides[result.Account], error) {
	f, err := openRegular(path)
	if err != nil {
		return result.Sides[result.Account]{}, err
	}
	defer f.Close()
	return result.ReadAccounts(io.LimitReader(f, accountsLimit))
}

// headOf returns the first bytes of a regular file.
func headOf(path string, length int64) ([]byte, error) {
	f, err := openRegular(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, length))
}

// openRegular opens a file that is no link and nothing that could block.
func openRegular(path string) (*os.File, error) {
	info, err := os.Lstat(path)
	if err == nil && !info.Mode().IsRegular() {
		err = os.ErrInvalid
	}
	if err != nil {
		return nil, err
	}
	return os.Open(path)
}
