package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"iamctl/compare"
	"iamctl/compare/harvest"
	"iamctl/extract/ledger"
	"iamctl/extract/orgfolder"
	"iamctl/internal/atomicfile"
	"iamctl/internal/hint"
	"iamctl/inventory"
	"iamctl/result"
)

// fleetFolder is a folder of many snapshots that a run writes to. Its ledger is nil where
// the folder has single snapshots and no ledger.
type fleetFolder struct {
	dir    string
	ledger *ledger.Ledger
}

// openFleet opens the ledger of --dir: where a source names many accounts, with --resume,
// and where there is one.
func openFleet(c *cli.Context, sides []compare.Side, many bool) (*fleetFolder, error) {
	f := &fleetFolder{dir: c.Path("dir")}
	if !many && !c.Bool("resume") {
		_, err := ledger.Read(c.Context, f.dir)
		switch {
		case errors.Is(err, fs.ErrNotExist), errors.Is(err, ledger.ErrNoLedger):
			return f, nil
		case err != nil:
			return nil, err
		}
	}
	var err error
	f.ledger, err = ledger.Open(c.Context, f.dir)
	return f, err
}

func (f *fleetFolder) close() error {
	if f.ledger == nil {
		return nil
	}
	return f.ledger.Close()
}

// unfinished returns the error of a run that was cut short, and says how to go on.
func (f *fleetFolder) unfinished(e *env, err error) error {
	if f.ledger == nil {
		return err
	}
	read := 0
	entries := f.ledger.Entries()
	for _, entry := range entries {
		if entry.Status == ledger.OK || entry.Status == ledger.Partial {
			read++
		}
	}
	if errors.Is(err, context.Canceled) {
		e.note(fmt.Sprintf("%s has %d of %s; the same command with --resume goes on", f.dir, read, count(len(entries), "account")))
	}
	return err
}

// harvestOrganizations reads the control policies of organisations, and writes the one that
// there is to a folder, while its accounts are read. That policies cannot be read stops no
// account: it is a gap, as what is missing of them.
func harvestOrganizations(ctx context.Context, r *compare.Reader, p *progress, members *compare.Members, folder string) ([]inventory.Gap, error) {
	if len(members.Organizations) == 0 {
		return nil, nil
	}
	s := p.aside("organization")
	err := r.ControlPolicies(ctx, members, s)
	s.finish("read")
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		return []inventory.Gap{{Kind: inventory.GapRead, Entity: inventory.EntityPolicy, Blind: true, Reason: "its control policies were neither read nor written: " + err.Error() + advice(err)}}, nil
	}
	var gaps []inventory.Gap
	for _, o := range members.Organizations {
		gaps = append(gaps, o.Gaps...)
	}
	if folder == "" {
		return gaps, nil
	}
	return gaps, orgfolder.Write(folder, members.Organizations[0])
}

// organizationFolder returns the folder for an organisation, beside the snapshots of its
// accounts, "" where there is none, or several: of those there is no place for any.
func organizationFolder(c *cli.Context, all []*inventory.Organization) (string, error) {
	if len(all) != 1 {
		return "", nil
	}
	folder, err := outputPath(c, filepath.Join(c.Path("dir"), compare.OrganizationFolder))
	if err != nil {
		return "", err
	}
	if err := atomicfile.Inside(folder); err != nil {
		return "", hint.With(err, "name the place itself, or give --follow-links")
	}
	return folder, nil
}

// reportHarvest prints what became of the accounts, and what is missing of organisations, and
// returns the exit code.
func reportHarvest(e *env, c *cli.Context, outcomes []harvest.Outcome, fleet bool, gaps []inventory.Gap) error {
	var t tally
	for _, out := range outcomes {
		t.add(out)
	}
	if t.readable() == 0 {
		return t.nothing()
	}
	for _, out := range outcomes {
		reportOutcome(e, c, out, fleet)
	}
	if fleet && !c.Bool("quiet") {
		fmt.Fprintln(e.stdout, t.text())
	}
	e.gaps("organization", gaps)
	if t.whole < len(outcomes) || len(gaps) > 0 {
		return outcome(result.ExitIncomplete)
	}
	return nil
}

// reportOutcome prints what became of an account.
func reportOutcome(e *env, c *cli.Context, out harvest.Outcome, fleet bool) {
	if out.NoLastUsed {
		e.note(out.Side.Tag + ": the source does not say when roles were last used")
	}
	switch {
	case fleet && out.Status != ledger.OK:
		e.warn(title(out) + ": " + string(out.Status) + ": " + out.Reason + advice(out.Err))
	case out.Err != nil:
		e.warn(out.Side.Tag + ": not written: " + out.Reason + advice(out.Err))
	}
	if !fleet {
		e.gaps(out.Side.Tag, out.Gaps)
	}
	s := out.Stats
	if out.Err != nil || out.Skipped || c.Bool("quiet") || fleet && s.Added+s.Changed+s.Removed == 0 {
		return
	}
	fmt.Fprintf(e.stdout, "%s: %s added, %d changed, %d removed, %d unchanged\n", out.Folder, count(s.Added, "file"), s.Changed, s.Removed, s.Unchanged)
}

// title returns what a message calls the account of a fleet.
func title(out harvest.Outcome) string {
	e := ledger.Entry{ID: out.ID, Tag: out.Side.Tag}
	if m := out.Side.Member; m != nil {
		e.Name = m.Name
	}
	return e.Title()
}

// advice returns the hint of an error, as the end of a sentence.
func advice(err error) string {
	if next := hint.Of(err); next != "" {
		return "; " + next
	}
	return ""
}

// tally counts what became of accounts.
type tally struct {
	skipped, whole, partial, failed int
	errs                            []error
}

func (t *tally) add(out harvest.Outcome) {
	if out.Skipped {
		t.skipped++
	}
	switch out.Status {
	case ledger.OK:
		t.whole++
	case ledger.Partial:
		t.partial++
	default:
		t.failed++
		t.errs = append(t.errs, out.Err)
	}
}

func (t *tally) readable() int { return t.whole + t.partial }

// nothing returns the error for accounts of which none could be read.
func (t *tally) nothing() error {
	if len(t.errs) == 1 {
		return t.errs[0]
	}
	return fmt.Errorf("no account could be read: %w", errors.Join(t.errs...))
}

func (t *tally) text() string {
	text := fmt.Sprintf("fleet: %s whole, %d in part, %d failed", count(t.whole, "account"), t.partial, t.failed)
	if t.skipped > 0 {
		text += fmt.Sprintf("; %d of them skipped, which the fleet had", t.skipped)
	}
	return text
}
