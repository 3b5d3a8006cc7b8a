package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"iamctl/compare"
	"iamctl/internal/atomicfile"
	"iamctl/inventory"
	"iamctl/report"
	"iamctl/result"
)

func harvestCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:      "harvest",
		Usage:     "write one account's permissions as flat items",
		ArgsUsage: "SOURCE [TAG]",
		Description: examples(`
Flattens every policy of every role into items, one row each, and writes them
to TAG_SOURCE_iam_tuples.csv in the output folder.`, `
  iamctl harvest dev
  iamctl harvest account-1 dev --output items
  iamctl harvest baseline/dev`),
		Flags:  append([]cli.Flag{outputFlag(), followLinksFlag(), referenceFlag(), regionFlag(), quietFlag()}, roleFlags()...),
		Action: func(c *cli.Context) error { return runHarvest(e, c) },
	}
}

func runHarvest(e *env, c *cli.Context) error {
	if n := c.NArg(); n < 1 || n > 2 {
		return usage("harvest", "harvest takes SOURCE [TAG], got %d arguments", n)
	}
	s, err := newSide("harvest", c.Args().Get(0), c.Args().Get(1))
	if err != nil {
		return err
	}
	ref, err := compare.ReadReference(c.Path("reference"), e.foreignReference)
	if err != nil {
		return err
	}
	name := report.HarvestName(s.Tag, s.Label())
	out, err := prepareOutput(e, c, atomicfile.Options{Markers: brokenBy(name, c.Path("output"))})
	if err != nil {
		return err
	}
	defer out.discard()
	p := newProgress(e, c.Bool("quiet"))
	flats, err := newReader(e, c, p).Flat(c.Context, []compare.Side{s}, ref)
	p.wait()
	if err != nil {
		return err
	}
	err = atomicfile.Write(filepath.Join(out.Path(), name), 0o600, func(w io.Writer) error { return report.Harvest(w, flats[0]) })
	if err != nil {
		return out.Blame(err)
	}
	if err := e.unfinished.commit(out); err != nil {
		return err
	}
	for _, n := range ref.Notes() {
		e.note(n.String())
	}
	return harvested(e, c, s, flats[0], filepath.Join(out.final, name))
}

// brokenBy returns the marker of a run in the folder if the run has the file name
// too: with the items of another moment in it, it is not complete any more.
func brokenBy(name, folder string) []string {
	if _, err := os.Lstat(filepath.Join(folder, name)); err != nil {
		return nil
	}
	return []string{result.FileName}
}

// harvested reports a harvest; one with gaps is incomplete.
func harvested(e *env, c *cli.Context, s compare.Side, f *inventory.Flat, path string) error {
	for _, n := range f.Notes {
		e.note(s.Tag + ": " + n)
	}
	e.gaps(s.Tag, f.Gaps)
	if !c.Bool("quiet") {
		fmt.Fprintf(e.stdout, "%s: %s of %s in %s\n", s.Tag, count(f.Len(), "item"), count(len(f.Roles), "role"), path)
	}
	if len(f.Gaps) > 0 {
		return result.ExitIncomplete
	}
	return nil
}

// gaps warns of the gaps of the account with a tag, once for a call that was denied.
func (e *env) gaps(tag string, gaps []inventory.Gap) {
	list := make([]result.Gap, len(gaps))
	for i, g := range gaps {
		g.Account = tag
		list[i] = result.GapOf(g)
	}
	e.warnGaps(list)
}

func (e *env) warnGaps(list []result.Gap) {
	for _, g := range report.GapGroups(list) {
		e.warn("gap: " + g.Text(report.Clip))
	}
}
