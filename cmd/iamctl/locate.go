package main

import (
	"cmp"
	"context"
	"os"
	"path"
	"path/filepath"
	"strings"

	"iamctl/extract"
	"iamctl/extract/snapshot"
	"iamctl/internal/gitrepo"
	"iamctl/internal/inputfile"
	"iamctl/inventory"
	"iamctl/report/sarif"
	"iamctl/result"
	"iamctl/result/audited"
	"iamctl/result/matrix"
)

// locator returns functions that find the files of a result's snapshots, so that
// code scanning can show the line that drifted.
func locator(ctx context.Context, r *result.Result) (sarif.Locate, sarif.Source) {
	f := newSnapshotFiles(ctx, r.Accounts.A, r.Accounts.B)
	return func(side int, role string) (string, int, bool) {
		if role == "" {
			return f.locate(side, "account.json")
		}
		return f.locate(side, snapshot.RoleFile(role))
	}, f.source
}

// auditLocator returns the like for the accounts of an audit.
func auditLocator(ctx context.Context, a *audited.Audit) sarif.AuditOptions {
	list := make([]result.Account, len(a.Accounts))
	for i := range list {
		list[i] = a.Accounts[i].Account
	}
	f := newSnapshotFiles(ctx, list...)
	return sarif.AuditOptions{Source: f.source, Locate: func(account int, kind, name string) (string, bool) {
		uri, _, ok := f.locate(account, cmp.Or(snapshot.EntityFile(inventory.Entity(kind), name), "account.json"))
		return uri, ok
	}}
}

// matrixLocator returns the like for the roles of many accounts, of which few may be asked
// about.
func matrixLocator(ctx context.Context, m *matrix.Matrix) func(account int, role string) (string, bool) {
	files := map[int]*snapshotFiles{}
	return func(account int, role string) (string, bool) {
		f := files[account]
		if f == nil {
			f = newSnapshotFiles(ctx, result.Account{Source: m.Accounts[account].Source})
			files[account] = f
		}
		// The role's name is normalised, and the account need not have it.
		name := snapshot.RoleFile(role)
		if _, err := os.Stat(filepath.Join(m.Accounts[account].Source, name)); err != nil {
			name = "account.json"
		}
		uri, _, ok := f.locate(0, name)
		return uri, ok
	}
}

// snapshotFiles are the files of accounts. Paths are from the top of the repository, or
// from the working folder if there is none. A profile has no files, a saved file is its
// own. Those of a git revision are not read, because the work tree may differ.
type snapshotFiles struct {
	ctx            context.Context
	folders, roots []string
	files          []bool // the source is one file
}

func newSnapshotFiles(ctx context.Context, accounts ...result.Account) *snapshotFiles {
	n := len(accounts)
	f := &snapshotFiles{ctx, make([]string, n), make([]string, n), make([]bool, n)}
	for i, a := range accounts {
		spec, err := extract.ParseSpec(a.Source)
		if err != nil || spec.Kind == extract.Profile {
			continue
		}
		f.folders[i], f.roots[i] = inRepository(ctx, spec)
		f.files[i] = spec.Kind == extract.File
	}
	return f
}

// locate returns the file of an account with a path in its snapshot.
func (f *snapshotFiles) locate(account int, name string) (uri string, line int, ok bool) {
	switch folder := f.folders[account]; {
	case folder == "":
		return "", 0, false
	case f.files[account]:
		return folder, 1, true
	default:
		return path.Join(folder, name), 1, true
	}
}

// source returns the text of a file that locate named, nil if it cannot be read.
func (f *snapshotFiles) source(uri string) []byte {
	for i, folder := range f.folders {
		if f.files[i] || f.roots[i] == "" || !strings.HasPrefix(uri, folder+"/") {
			continue
		}
		if data, err := inputfile.Read(f.ctx, filepath.Join(f.roots[i], filepath.FromSlash(uri)), inputfile.Entity); err == nil {
			return data
		}
	}
	return nil
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
