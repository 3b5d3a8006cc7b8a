package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"iamctl/compare"
	"iamctl/equivalency"
	"iamctl/equivalency/suggest"
	"iamctl/internal/hint"
	"iamctl/internal/visible"
	"iamctl/inventory"
	"iamctl/result"
)

func suggestCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:      "suggest",
		Usage:     "propose dictionary entries from what nearly matches",
		ArgsUsage: "SOURCE_1 SOURCE_2 | SOURCE_1 TAG_1 SOURCE_2 TAG_2",
		Description: examples(`
Looks for names that differ in one word on both sides, and proposes entries
for them, with how much each would bring together and what it would hide.
Words of one role alone are never proposed, and identifiers that AWS made (keys,
endpoints, providers) with low confidence, for whose they are shows nowhere.
Nothing is written without --write; then the dictionary gets the proposals of
high confidence, in scoped form, under each account's tag and id, and what was
written is printed, with --quiet too, and marked in JSON ("written").`, `
  iamctl suggest dev qa
  iamctl suggest examples/dev examples/qa --write`),
		Flags: append([]cli.Flag{
			dictionaryFlag(), referenceFlag(), followLinksFlag(), sameAccountFlag(), regionFlag(), quietFlag(),
			&cli.BoolFlag{Name: "write", Usage: "add the proposals of high confidence to the dictionary"},
			&cli.BoolFlag{Name: "all", Usage: "with --write: those of low confidence too"},
			jsonFlag("print JSON"),
		}, roleFlags()...),
		Action: func(c *cli.Context) error { return runSuggest(e, c) },
	}
}

func runSuggest(e *env, c *cli.Context) error {
	sides, err := sidesOf("suggest", c)
	if err != nil {
		return err
	}
	in, err := readInputs(e, c)
	if err != nil {
		return err
	}
	p := newProgress(e, c.Bool("quiet"))
	var notes []string
	proposals, gaps, err := compare.Suggest(c.Context, sides, compare.Options{
		Inputs: in, Reader: newReader(e, c, p), Note: func(s string) { notes = append(notes, s) },
	})
	p.wait()
	if err != nil {
		return err
	}
	if !c.Bool("json") && !c.Bool("quiet") {
		for _, n := range notes {
			fmt.Fprintln(e.stdout, visible.Escape("Note: "+n))
		}
	}
	for _, g := range gaps {
		e.gaps(g.Account, []inventory.Gap{g})
	}
	if err := offer(e, c, in.Dictionary, proposals, len(gaps) > 0); err != nil {
		return err
	}
	if len(gaps) > 0 {
		return outcome(result.ExitIncomplete)
	}
	return nil
}

// offer prints the proposals and, if it is asked to, writes some of them: before JSON,
// which says what was written, and after text.
func offer(e *env, c *cli.Context, d compare.Dictionary, proposals []suggest.Proposal, blind bool) error {
	var accepted []suggest.Proposal
	write := func() (err error) {
		if c.Bool("write") {
			accepted, err = writeProposals(e, c, d, proposals)
		}
		return err
	}
	if !c.Bool("json") {
		if !c.Bool("quiet") {
			printProposals(e, c, proposals, blind)
		}
		return write()
	}
	err := write()
	return errors.Join(err, e.printJSON(withWritten(proposals, accepted)))
}

// offered is a proposal with what became of it.
type offered struct {
	suggest.Proposal
	Written bool `json:"written"`
}

// withWritten returns the proposals, those that were written marked. Of two with one
// value, one alone may be.
func withWritten(proposals, written []suggest.Proposal) []offered {
	out := make([]offered, len(proposals))
	for i, p := range proposals {
		out[i] = offered{p, slices.ContainsFunc(written, func(o suggest.Proposal) bool {
			return o.Placeholder == p.Placeholder && o.A.Value == p.A.Value && o.B.Value == p.B.Value
		})}
	}
	return out
}

// printProposals prints the proposals; blind is true if an account has no role.
func printProposals(e *env, c *cli.Context, proposals []suggest.Proposal, blind bool) {
	switch {
	case blind && len(proposals) == 0:
		fmt.Fprintln(e.stdout, "Nothing was compared: an account has no role.")
		return
	case len(proposals) == 0:
		fmt.Fprintln(e.stdout, "Nothing nearly matches that the dictionary does not explain already.")
		return
	}
	for i := range proposals {
		printProposal(e.stdout, &proposals[i])
	}
	if !c.Bool("write") {
		fmt.Fprintln(e.stdout, "--write adds those of high confidence to the dictionary.")
	}
}

func printProposal(w io.Writer, p *suggest.Proposal) {
	line := func(format string, args ...any) {
		fmt.Fprintln(w, visible.Escape(fmt.Sprintf(format, args...)))
	}
	line("%s: %q in %s, %q in %s", p.Placeholder, p.A.Value, p.A.Account.Tag, p.B.Value, p.B.Account.Tag)
	line("  brings together %s, %s, %s", count(p.Roles, "role"), count(p.Texts, "other name"), count(p.Items, "item"))
	line("  %s confidence: %s", p.Confidence, p.Reason)
	for n, x := range p.Examples {
		if n == 3 {
			break
		}
		line("  %s: %s = %s", x.Field, x.A, x.B)
	}
	if len(p.Requires) > 0 {
		line("  together with %s", strings.Join(p.Requires, ", "))
	}
	if p.Instead != "" {
		line("  instead of %s, which brings more together", p.Instead)
	}
	for _, h := range p.Hides() {
		line("  ! %s", h)
	}
}

// writeProposals adds the proposals of high confidence to the dictionary, or all, and
// returns those.
func writeProposals(e *env, c *cli.Context, d compare.Dictionary, proposals []suggest.Proposal) ([]suggest.Proposal, error) {
	accepted := suggest.Accepted(proposals, c.Bool("all"))
	if len(accepted) == 0 {
		return nil, hint.With(fmt.Errorf("no proposal is of high confidence: %s is as it was", d.Name), "--write --all takes the others too")
	}
	merged, err := suggest.Merge(d.Dictionary, accepted)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", d.Name, err)
	}
	data := merged.Marshal()
	if _, err := equivalency.Parse(d.Name, data); err != nil {
		return nil, fmt.Errorf("the proposals make no valid dictionary, and nothing was written: %w", err)
	}
	if err := writeFile(c, d.Name, data); err != nil {
		return nil, err
	}
	printWritten(e, c, d.Name, accepted)
	return accepted, nil
}

// printWritten says what was added to the dictionary: to stdout, but beside JSON.
func printWritten(e *env, c *cli.Context, name string, accepted []suggest.Proposal) {
	w := e.stdout
	if c.Bool("json") {
		w = e.stderr
	}
	fmt.Fprintf(w, "%s added to %s:\n", count(len(accepted), "proposal"), name)
	for _, p := range accepted {
		fmt.Fprintln(w, visible.Escape(fmt.Sprintf("  %s: %q in %s, %q in %s", p.Placeholder, p.A.Value, p.A.Account.Tag, p.B.Value, p.B.Account.Tag)))
	}
}
