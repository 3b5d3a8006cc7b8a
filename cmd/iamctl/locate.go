package main

import (
	"context"
	"path"
	"path/filepath"
	"strings"

	"iamctl/extract"
	"iamctl/extract/snapshot"
	"iamctl/internal/gitrepo"
	"iamctl/internal/inputfile"
	"iamctl/report/sarif"
	"iamctl/result"
)

// locator returns functions that find the files of a result's snapshots, so that
// code scanning can show the line that drifted. Paths are from the top of the
// repository, or from the working folder if there is none. A profile has no
// files, a saved file is its own. Those of a git revision are not read, because the work tree may differ.
func locator(ctx context.Context, r *result.Result) (sarif.Locate, sarif.Source) {
	var folders, roots [2]string
	var files [2]bool // the source is one file
	for side, a := range []result.Account{r.Accounts.A, r.Accounts.B} {
		spec, err := extract.ParseSpec(a.Source)
		if err != nil || spec.Kind == extract.Profile {
			continue
		}
		folders[side], roots[side] = inRepository(ctx, spec)
		files[side] = spec.Kind == extract.File
	}
	locate := func(side int, role string) (string, int, bool) {
		if folders[side] == "" {
			return "", 0, false
		}
		if files[side] {
			return folders[side], 1, true
		}
		if role == "" {
			return path.Join(folders[side], "account.json"), 1, true
		}
		return path.Join(folders[side], snapshot.RoleFile(role)), 1, true
	}
	source := func(uri string) []byte {
		for side, folder := range folders {
			if files[side] || roots[side] == "" || !strings.HasPrefix(uri, folder+"/") {
				continue
			}
			if data, err := inputfile.Read(ctx, filepath.Join(roots[side], filepath.FromSlash(uri)), inputfile.Entity); err == nil {
				return data
			}
		}
		return nil
	}
	return locate, source
}

// inRepository returns a source's path from the top of its repository, with
// slashes, and the path of that top, "" if the files are not to be read.
func inRepository(ctx context.Context, spec extract.Spec) (folder, root string) {
	here, err := filepath.Abs(".")
	if err != nil {
		return "", ""
	}
	full, err := filepath.Abs(spec.Name)
	if err != nil {
		return "", ""
	}
	root = here
	if repo, err := gitrepo.Open(ctx, here); err == nil {
		if prefix, ok := repo.Prefix(); ok {
			root = strings.TrimSuffix(here, filepath.FromSlash(strings.TrimSuffix(prefix, "/")))
		}
	}
	rel, err := filepath.Rel(root, full)
	if err != nil || !filepath.IsLocal(rel) {
		return "", ""
	}
	if spec.Kind == extract.Git {
		return filepath.ToSlash(rel), ""
	}
	return filepath.ToSlash(rel), root
}

// fallbackFile returns the file of results that have none of their own, as those of
// two profiles: the dictionary that the run read, where it is in the repository,
// else "".
func fallbackFile(ctx context.Context, r *result.Result) string {
	if r.Meta.Dictionary == "" {
		return ""
	}
	file, _ := inRepository(ctx, extract.Spec{Kind: extract.File, Name: r.Meta.Dictionary})
	return file
}
