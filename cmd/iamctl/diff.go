package main

import (
	"context"
	"fmt"

	"github.com/urfave/cli/v2"

	"iamctl/diff"
	"iamctl/extract"
	"iamctl/normalize"
)

func diffCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:      "diff",
		Usage:     "compare the roles of two accounts",
		ArgsUsage: "SOURCE_1 SOURCE_2 | SOURCE_1 TAG_1 SOURCE_2 TAG_2",
		Description: examples(`
Reads both accounts side by side, rewrites what is meant to differ by the
dictionary, and writes what still differs as CSV files, diff.json and
summary.txt into the output folder. The summary goes to stdout.`, `
  iamctl diff dev qa                            two profiles
  iamctl diff account-1 dev account-2 qa        profiles with shorter tags
  iamctl diff baseline/dev dev -o drift         a committed snapshot against now
  iamctl diff dev.json qa.json --json | jq .    saved AWS CLI output, for a script
  iamctl diff git:v1:baseline/dev baseline/dev  a baseline at two moments
  iamctl diff dev qa --since last-run --format markdown=- --format html`),
		Flags: []cli.Flag{
			outputFlag(), dictionaryFlag(), referenceFlag(), ignoreFlag(), waiversFlag("read accepted drift from"),
			&cli.StringFlag{Name: "since", Usage: "tell what is new, still there or fixed since `RUN`: the output folder of a run, or git:REV"},
			&cli.StringFlag{Name: "fail-on", Value: "any", Usage: "exit with 1 on `WHICH` drift: any, or new (since what --since names)"},
			formatFlag(), openOnlyFlag(),
			&cli.StringFlag{Name: "notify-command", Usage: "run `COMMAND` with the markdown report on its input if there is new drift"},
			regionFlag(), quietFlag(),
			jsonFlag("print diff.json to stdout instead of the summary"),
		},
		Action:       func(c *cli.Context) error { return runDiff(e, c) },
		BashComplete: completeSources(e),
	}
}

func runDiff(e *env, c *cli.Context) error {
	sides, err := sidesOf("diff", c)
	if err != nil {
		return err
	}
	ignored, err := ignoredKinds(c)
	if err != nil {
		return err
	}
	o, err := readDiffOptions(c)
	if err != nil {
		return err
	}
	o.Ignore = ignored
	in, err := readInputs(e, c)
	if err != nil {
		return err
	}
	accepted, err := readWaivers(waiverPath(c, c.Path("dictionary")), c.Path("waivers") != "")
	if err != nil {
		return err
	}
	out, err := prepareOutput(e, c)
	if err != nil {
		return err
	}
	defer out.discard()
	before, err := readEarlier(c.Context, e, c, in, sides)
	if err != nil {
		return err
	}
	changes, err := compare(c.Context, e, c, in, sides, diff.Options{Ignore: ignored})
	if err != nil {
		return err
	}
	seen, err := lookBack(c.Context, e, in, sides, changes, o.Ignore)
	if err != nil {
		return err
	}
	v, err := judge(c.Context, e, changes, accepted, before, seen)
	if err != nil {
		return err
	}
	if err := writeDiff(e, c, in, out, sides, changes, v, o); err != nil {
		return err
	}
	if o.notify != "" && v.fresh {
		if err := notify(c.Context, e, o.notify, out.final); err != nil {
			return err
		}
	}
	return v.outcome(changes, o.onlyNew)
}

// diffOptions are the flags that say what is done with the result.
type diffOptions struct {
	Ignore  []normalize.Kind
	formats []wanted
	notify  string
	// onlyNew lets known drift pass.
	onlyNew bool
	// openOnly leaves what is waived or fixed out of SARIF.
	openOnly bool
}

func readDiffOptions(c *cli.Context) (diffOptions, error) {
	o := diffOptions{notify: c.String("notify-command"), openOnly: c.Bool("open-only")}
	var err error
	if o.formats, err = wantedFormats(c); err != nil {
		return o, err
	}
	switch c.String("fail-on") {
	case "any":
	case "new":
		o.onlyNew = true
		if c.String("since") == "" {
			return o, usage("diff", "--fail-on new needs --since: new since when?")
		}
	default:
		return o, usage("diff", "--fail-on %s: write any or new", c.String("fail-on"))
	}
	return o, nil
}

// sidesOf reads the arguments of a command on two accounts in either form.
func sidesOf(command string, c *cli.Context) ([2]side, error) {
	args := c.Args().Slice()
	switch len(args) {
	case 2:
		args = []string{args[0], "", args[1], ""}
	case 4:
		if args[1] == "" || args[3] == "" {
			return [2]side{}, usage(command, "a tag is empty")
		}
	default:
		return [2]side{}, usage(command, command+" takes SOURCE_1 SOURCE_2 or SOURCE_1 TAG_1 SOURCE_2 TAG_2, got %d arguments", len(args))
	}
	var sides [2]side
	for i := range sides {
		s, err := newSide(command, args[2*i], args[2*i+1])
		if err != nil {
			return sides, err
		}
		sides[i] = s
	}
	if c.NArg() == 2 {
		distinctTags(&sides)
	}
	if extract.SameTag(sides[0].tag, sides[1].tag) {
		return sides, withHint(
			fmt.Errorf("both accounts have the tag %q, and their files would have the same names", sides[0].tag),
			"give each its own: iamctl %s %s TAG_1 %s TAG_2", command, args[0], args[2])
	}
	return sides, nil
}

// compare extracts, flattens, normalises and compares the two accounts.
func compare(ctx context.Context, e *env, c *cli.Context, in *inputs, sides [2]side, o diff.Options) (*diff.Changes, error) {
	flats, err := readSides(ctx, e, c, in, sides[:])
	if err != nil {
		return nil, err
	}
	accounts, err := normalizeSides(ctx, in, sides, flats)
	if err != nil {
		return nil, err
	}
	for _, w := range normalize.Unmatched(in.dictionary, accounts[0], accounts[1]) {
		e.warn("%s", w)
	}
	return diff.Compare(accounts[0], accounts[1], o), nil
}
