package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/urfave/cli/v2"

	"iamctl/compare"
	"iamctl/extract/snapshot"
	"iamctl/internal/atomicfile"
	"iamctl/internal/hint"
	"iamctl/inventory"
	"iamctl/result"
)

func snapshotCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:      "snapshot",
		Usage:     "write accounts as folders to commit to git",
		ArgsUsage: "SOURCE[=TAG]...",
		Description: examples(`
Writes each account to DIR/TAG: one JSON file per role, policy, user and group,
with sorted keys and nothing volatile, so that git shows who changed what.
Files that did not change are not touched; what disappeared is removed.
--last-used adds last-used.json, with when each role was last used, for 'iamctl audit':
that file changes every day.`, `
  iamctl snapshot dev qa --dir baseline
  iamctl snapshot account-1=dev account-2=qa --dir baseline
  iamctl snapshot dev --dir baseline --last-used
  iamctl snapshot saved/dev.json --dir baseline`),
		Flags: []cli.Flag{
			&cli.PathFlag{Name: "dir", Value: ".", TakesFile: true, Usage: "write below `DIR`, made if need be"},
			&cli.BoolFlag{Name: "last-used", Usage: "write when each role was last used, to a file of its own"},
			followLinksFlag(), sameAccountFlag(), regionFlag(), quietFlag(),
		},
		Action: func(c *cli.Context) error { return runSnapshot(e, c) },
	}
}

func runSnapshot(e *env, c *cli.Context) error {
	if !c.Args().Present() {
		return usage("snapshot", "snapshot takes at least one SOURCE[=TAG]")
	}
	sides, err := taggedSides("snapshot", c.Args().Slice())
	if err != nil {
		return err
	}
	folders, err := snapshotFolders(c, sides)
	if err != nil {
		return err
	}
	dir := c.Path("dir")
	if dir == "-" {
		return usage("snapshot", "--dir -: a snapshot is a folder; for one of that name write ./-")
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	p := newProgress(e, c.Bool("quiet"))
	accounts, err := newReader(e, c, p).Accounts(c.Context, sides)
	p.wait()
	if err != nil {
		return err
	}
	for i := range sides {
		if err := sameAccount(c.Context, folders[i], accounts[i]); err != nil {
			return err
		}
	}
	code := result.ExitInSync
	for i, s := range sides {
		switch {
		case !c.Bool("last-used"):
			accounts[i].ForgetLastUsed()
		case len(accounts[i].Roles) > 0 && !accounts[i].KnowsLastUsed():
			e.note(s.Tag + ": the source does not say when roles were last used")
		}
		if err := writeAccount(e, c, folders[i], s.Tag, accounts[i]); err != nil {
			return err
		}
		if _, none := accounts[i].NoRoles(); none || len(accounts[i].Gaps) > 0 {
			code = result.ExitIncomplete
		}
	}
	return outcome(code)
}

// snapshotFolders returns the folders of the accounts. Where one is reached by a link
// out of its folder, the error comes before the first call.
func snapshotFolders(c *cli.Context, sides []compare.Side) ([]string, error) {
	folders := make([]string, len(sides))
	for i, s := range sides {
		var err error
		if folders[i], err = outputPath(c, filepath.Join(c.Path("dir"), s.Tag)); err != nil {
			return nil, err
		}
		if err := atomicfile.Inside(folders[i]); err != nil {
			return nil, hint.With(err, "name the place itself, or give --follow-links")
		}
	}
	return folders, nil
}

// writeAccount writes an account as a snapshot to a folder and reports what changed there.
func writeAccount(e *env, c *cli.Context, dir, tag string, a *inventory.Account) error {
	stats, err := snapshot.Write(dir, a)
	if err != nil {
		return fmt.Errorf("%s: %w", tag, err)
	}
	gaps := a.Gaps
	if g, none := a.NoRoles(); none {
		gaps = append(slices.Clone(gaps), g)
	}
	e.gaps(tag, gaps)
	if !c.Bool("quiet") {
		fmt.Fprintf(e.stdout, "%s: %s added, %d changed, %d removed, %d unchanged\n",
			dir, count(stats.Added, "file"), stats.Changed, stats.Removed, stats.Unchanged)
	}
	return nil
}

// sameAccount returns an error if the folder has a snapshot of another account: a
// mistyped tag would overwrite a baseline.
func sameAccount(ctx context.Context, dir string, a *inventory.Account) error {
	before, err := snapshot.Read(ctx, dir)
	if err != nil || before.ID == "" || a.ID == "" || before.ID == a.ID {
		// What is no snapshot yet is for snapshot.Write to judge.
		return nil
	}
	return hint.With(fmt.Errorf("%s is a snapshot of account %s, and this is account %s: nothing was written", dir, before.ID, a.ID),
		"write SOURCE=TAG with another tag, or remove the folder first")
}
