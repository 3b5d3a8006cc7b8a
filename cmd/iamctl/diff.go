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
  iamctl diff dev.json qa.json --json | jq .    saved AWS CLI output, for a script`),
		Flags: []cli.Flag{
			outputFlag(), dictionaryFlag(), referenceFlag(), ignoreFlag(), regionFlag(), quietFlag(),
			jsonFlag("print diff.json to stdout instead of the summary"),
		},
		Action: func(c *cli.Context) error { return runDiff(e, c) },
	}
}

func runDiff(e *env, c *cli.Context) error {
	sides, err := diffSides(c)
	if err != nil {
		return err
	}
	ignored, err := ignoredKinds(c)
	if err != nil {
		return err
	}
	in, err := readInputs(e, c)
	if err != nil {
		return err
	}
	out, err := prepareOutput(e, c)
	if err != nil {
		return err
	}
	defer out.discard()
	changes, err := compare(c.Context, e, c, in, sides, diff.Options{Ignore: ignored})
	if err != nil {
		return err
	}
	return writeDiff(e, c, in, out, sides, changes)
}

// diffSides reads the arguments in either form.
func diffSides(c *cli.Context) ([2]side, error) {
	args := c.Args().Slice()
	switch len(args) {
	case 2:
		args = []string{args[0], "", args[1], ""}
	case 4:
		if args[1] == "" || args[3] == "" {
			return [2]side{}, usage("diff", "a tag is empty")
		}
	default:
		return [2]side{}, usage("diff", "diff takes SOURCE_1 SOURCE_2 or SOURCE_1 TAG_1 SOURCE_2 TAG_2, got %d arguments", len(args))
	}
	var sides [2]side
	for i := range sides {
		s, err := newSide("diff", args[2*i], args[2*i+1])
		if err != nil {
			return sides, err
		}
		sides[i] = s
	}
	if extract.SameTag(sides[0].tag, sides[1].tag) {
		return sides, withHint(
			fmt.Errorf("both accounts have the tag %q, and their files would have the same names", sides[0].tag),
			"give each its own: iamctl diff %s TAG_1 %s TAG_2", args[0], args[2])
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
