package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v2"

	"iamctl/compare"
	"iamctl/equivalency"
	"iamctl/equivalency/suggest"
	"iamctl/internal/hint"
	"iamctl/internal/visible"
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
written is printed, with --quiet too.`, `
  iamctl suggest dev qa
  iamctl suggest examples/dev examples/qa --write`),
		Flags: []cli.Flag{
			dictionaryFlag(), referenceFlag(), followLinksFlag(), sameAccountFlag(), regionFlag(), quietFlag(),
			&cli.BoolFlag{Name: "write", Usage: "add the proposals of high confidence to the dictionary"},
			&cli.BoolFlag{Name: "all", Usage: "with --write: those of low confidence too"},
			jsonFlag("print JSON"),
		},
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
	proposals, err := compare.Suggest(c.Context, sides, compare.Options{
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
	if err := printProposals(e, c, proposals); err != nil {
		return err
	}
	if !c.Bool("write") {
		return nil
	}
	return writeProposals(e, c, in.Dictionary, proposals)
}

func printProposals(e *env, c *cli.Context, proposals []suggest.Proposal) error {
	switch {
	case c.Bool("json"):
		if proposals == nil {
			proposals = []suggest.Proposal{}
		}
		return e.printJSON(proposals)
	case c.Bool("quiet"):
		return nil
	case len(proposals) == 0:
		fmt.Fprintln(e.stdout, "Nothing nearly matches that the dictionary does not explain already.")
		return nil
	}
	for i := range proposals {
		printProposal(e.stdout, &proposals[i])
	}
	if !c.Bool("write") {
		fmt.Fprintln(e.stdout, "--write adds those of high confidence to the dictionary.")
	}
	return nil
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

// writeProposals adds the proposals of high confidence to the dictionary, or all.
func writeProposals(e *env, c *cli.Context, d compare.Dictionary, proposals []suggest.Proposal) error {
	accepted := suggest.Accepted(proposals, c.Bool("all"))
	if len(accepted) == 0 {
		return hint.With(fmt.Errorf("no proposal is of high confidence: %s is as it was", d.Name), "--write --all takes the others too")
	}
	merged, err := suggest.Merge(d.Dictionary, accepted)
	if err != nil {
		return fmt.Errorf("%s: %w", d.Name, err)
	}
	data := merged.Marshal()
	if _, err := equivalency.Parse(d.Name, data); err != nil {
		return fmt.Errorf("the proposals make no valid dictionary, and nothing was written: %w", err)
	}
	if err := writeFile(c, d.Name, data); err != nil {
		return err
	}
	printWritten(e, c, d.Name, accepted)
	return nil
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
