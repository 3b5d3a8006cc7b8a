package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/urfave/cli/v2"
	"golang.org/x/sync/errgroup"

	"iamctl/compare"
	"iamctl/compare/harvest"
	"iamctl/extract"
	"iamctl/extract/connect"
	"iamctl/extract/ledger"
	"iamctl/internal/atomicfile"
	"iamctl/internal/hint"
	"iamctl/inventory"
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
An account is written as soon as it is read, whole or not at all. One that cannot be
read or written stops no other: the exit code is 3, and 2 if that is all of them.
--last-used adds last-used.json, with when each role was last used, for 'iamctl audit':
that file changes every day.

Where a SOURCE names many accounts (org:PROFILE, org:PROFILE/ou-ID, accounts:FILE.csv or a
pattern such as 'saved/*.json'), and with --resume, DIR is a fleet: DIR/accounts.json says of every account whether it was read, when, and if not, why.
A run that was killed is gone on with by --resume: what the fleet has is not read again,
unless it is older than --max-age.`, `
  iamctl snapshot dev qa --dir baseline
  iamctl snapshot account-1=dev account-2=qa --dir baseline
  iamctl snapshot dev --dir baseline --last-used
  iamctl snapshot saved/dev.json --dir baseline
  iamctl snapshot org:mgmt --dir fleet --exclude 'Root/Sandbox/*'
  iamctl snapshot org:mgmt --dir fleet --resume --max-age 20h
  iamctl snapshot p1 p2 p3 --dir fleet --resume --max-age 20h`),
		Flags: append([]cli.Flag{
			&cli.PathFlag{Name: "dir", Value: ".", TakesFile: true, Usage: "write below `DIR`, made if need be"},
			&cli.BoolFlag{Name: "last-used", Usage: "write when each role was last used, to a file of its own"},
			&cli.IntFlag{Name: "concurrency", Value: accountsAtOnce, Usage: "read `N` accounts at a time"},
			&cli.BoolFlag{Name: "resume", Usage: "leave out the accounts that the fleet has: read by the last run if that was cut short, else ever"},
			&cli.StringFlag{Name: "max-age", Usage: "with --resume, read again what is older than `DURATION`, such as 20h or 7d"},
			followLinksFlag(), sameAccountFlag(), regionFlag(), quietFlag(), excludeAccountsFlag(),
		}, memberFlags()...),
		Action: func(c *cli.Context) error { return runSnapshot(e, c) },
	}
}

func runSnapshot(e *env, c *cli.Context) error {
	if !c.Args().Present() {
		return usage("snapshot", "snapshot takes at least one SOURCE[=TAG]")
	}
	o, err := harvestOptions(e, c)
	if err != nil {
		return err
	}
	args, many, err := expand(e, c.Args().Slice())
	if err != nil {
		return err
	}
	given, err := sources("snapshot", args)
	if err != nil {
		return err
	}
	of, err := choice(c)
	if err != nil {
		return err
	}
	defer collectLess(e)()
	p := newProgress(e, c.Bool("quiet"))
	o.Reader = newReader(e, c, p)
	o.Reader.Connections = connect.NewConnections(o.Concurrency)
	members, err := o.Reader.Members(c.Context, given, compare.MemberOptions{Choice: of})
	if err != nil {
		p.wait()
		return err
	}
	sides := members.Sides
	o.Suspended, o.Gone = members.Suspended, members.Gone
	many = many || slices.ContainsFunc(given, func(s compare.Side) bool { return s.Spec.Many() })
	if o.Folder, err = snapshotFolders(c, sides); err != nil {
		return err
	}
	dir := c.Path("dir")
	if dir == "-" {
		return usage("snapshot", "--dir -: a snapshot is a folder; for one of that name write ./-")
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	f, err := openFleet(c, sides, many)
	if err != nil {
		return err
	}
	defer f.close()
	o.Ledger = f.ledger
	outcomes, gaps, err := harvestAll(c, p, members, o)
	if err != nil {
		return f.unfinished(e, err)
	}
	if err := f.close(); err != nil {
		return err
	}
	return reportHarvest(e, c, outcomes, f.ledger != nil, gaps)
}

func harvestOptions(e *env, c *cli.Context) (harvest.Options, error) {
	o := harvest.Options{
		Concurrency: c.Int("concurrency"), Resume: c.Bool("resume"), LastUsed: c.Bool("last-used"),
		Now: func() time.Time { return runMoment(e) },
	}
	if o.Concurrency < 1 || o.Concurrency > maxConcurrency {
		return o, usage("snapshot", "--concurrency %d: give a number from 1 to %d", o.Concurrency, maxConcurrency)
	}
	if !c.IsSet("max-age") {
		return o, nil
	}
	if !o.Resume {
		return o, usage("snapshot", "--max-age is for --resume: without it every account is read")
	}
	var err error
	if o.MaxAge, err = age(c.String("max-age")); err != nil {
		return o, usage("snapshot", "--max-age %s: %w", c.String("max-age"), err)
	}
	return o, nil
}

// maxConcurrency bounds what is in memory and on the wire at a time.
const maxConcurrency = 256

// age reads a duration of hours and smaller, or of days or weeks.
func age(text string) (time.Duration, error) {
	d, err := time.ParseDuration(text)
	for unit, hours := range map[string]float64{"d": 24, "w": 7 * 24} {
		if n, ok := strings.CutSuffix(text, unit); ok {
			var f float64
			f, err = strconv.ParseFloat(n, 64)
			d = time.Duration(f * hours * float64(time.Hour))
		}
	}
	if err != nil || d <= 0 {
		return 0, errors.New("give a duration such as 90m, 20h or 7d")
	}
	return d, nil
}

// harvestAll reads and writes the accounts and shows how far they are. It returns what became
// of them, and what is missing of the organisations.
func harvestAll(c *cli.Context, p *progress, members *compare.Members, o harvest.Options) ([]harvest.Outcome, []inventory.Gap, error) {
	if o.Ledger == nil {
		defer p.wait()
		outcomes, err := harvest.Run(c.Context, members.Sides, o)
		return outcomes, nil, err
	}
	folder, err := organizationFolder(c, members.Organizations)
	if err != nil {
		return nil, nil, err
	}
	defer p.wait()
	p.outcomes = true
	ctx, cancel := context.WithCancel(c.Context)
	defer cancel()
	var gaps []inventory.Gap
	var beside errgroup.Group
	beside.Go(func() (err error) {
		gaps, err = harvestOrganizations(ctx, o.Reader, p, members, folder)
		return err
	})
	o.Ended = func(out harvest.Outcome) { p.ended(out.Status != ledger.OK) }
	outcomes, err := harvest.Run(ctx, members.Sides, o)
	if err != nil {
		cancel()
	}
	return outcomes, gaps, cmp.Or(err, beside.Wait())
}

// snapshotFolders returns where the account with a tag goes. A tag that is the name of
// something else in a fleet is an error, be there one or not, and so is a folder that is
// reached by a link out of its own.
func snapshotFolders(c *cli.Context, sides []compare.Side) (func(tag string) string, error) {
	folders := make(map[string]string, len(sides))
	for _, s := range sides {
		if extract.SameTag(s.Tag, ledger.FileName) || extract.SameTag(s.Tag, compare.OrganizationFolder) {
			return nil, hint.With(fmt.Errorf("the tag %q is the name of the ledger of a fleet, or of its organisation", s.Tag), "give the account another: %s=TAG", s.Spec)
		}
		folder, err := outputPath(c, filepath.Join(c.Path("dir"), s.Tag))
		if err != nil {
			return nil, err
		}
		if err := atomicfile.Inside(folder); err != nil {
			return nil, hint.With(err, "name the place itself, or give --follow-links")
		}
		folders[s.Tag] = folder
	}
	return func(tag string) string { return folders[tag] }, nil
}
