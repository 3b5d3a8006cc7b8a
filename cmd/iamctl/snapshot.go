package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"iamctl/extract/snapshot"
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
Files that did not change are not touched; what disappeared is removed.`, `
  iamctl snapshot dev qa --dir baseline
  iamctl snapshot account-1=dev account-2=qa --dir baseline
  iamctl snapshot saved/dev.json --dir baseline`),
		Flags: []cli.Flag{
			&cli.PathFlag{Name: "dir", Value: ".", TakesFile: true, Usage: "write below `DIR`, made if need be"},
			regionFlag(), quietFlag(),
		},
		Action:       func(c *cli.Context) error { return runSnapshot(e, c) },
		BashComplete: completeSources(e),
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
	dir := c.Path("dir")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	p := newProgress(e, c.Bool("quiet"))
	accounts, err := newReader(e, c, p).Accounts(c.Context, sides)
	p.wait()
	if err != nil {
		return err
	}
	for i, s := range sides {
		if err := sameAccount(c.Context, filepath.Join(dir, s.Tag), accounts[i]); err != nil {
			return err
		}
	}
	gaps := 0
	for i, s := range sides {
		to := filepath.Join(dir, s.Tag)
		stats, err := snapshot.Write(to, accounts[i])
		if err != nil {
			return fmt.Errorf("%s: %w", s.Tag, err)
		}
		for _, g := range accounts[i].Gaps {
			e.gap(s.Tag, g)
		}
		gaps += len(accounts[i].Gaps)
		if !c.Bool("quiet") {
			fmt.Fprintf(e.stdout, "%s: %s added, %d changed, %d removed, %d unchanged\n",
				to, count(stats.Added, "file"), stats.Changed, stats.Removed, stats.Unchanged)
		}
	}
	if gaps > 0 {
		return result.ExitIncomplete
	}
	return nil
}

// sameAccount is an error where the folder has a snapshot of another account:
// a mistyped tag would rewrite a baseline.
func sameAccount(ctx context.Context, dir string, a *inventory.Account) error {
	before, err := snapshot.Read(ctx, dir)
	if err != nil || before.ID == "" || a.ID == "" || before.ID == a.ID {
		// What is no snapshot yet is for snapshot.Write to judge.
		return nil
	}
	return hint.With(fmt.Errorf("%s is a snapshot of account %s, and this is account %s: nothing was written", dir, before.ID, a.ID),
		"write SOURCE=TAG with another tag, or remove the folder first")
}
