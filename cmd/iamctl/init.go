package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/urfave/cli/v2"

	"iamctl/compare"
	"iamctl/equivalency"
	"iamctl/internal/hint"
	"iamctl/reference"
)

func initCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:      "init",
		Usage:     "write equivalency_list.json and iam.json into this folder",
		ArgsUsage: "[SOURCE[=TAG]...]",
		Description: examples(`
Writes the equivalency dictionary, to be filled with what is meant to differ,
and the reference of AWS's actions, so that a team can pin it in git. Needs no
credentials. With sources, the dictionary is in scoped form and holds their
account ids and names.`, `
  iamctl init
  iamctl init dev qa
  iamctl init account-1=dev account-2=qa --force`),
		Flags: append([]cli.Flag{
			&cli.BoolFlag{Name: "force", Aliases: []string{"f"}, Usage: "overwrite the files that are there"},
			followLinksFlag(), regionFlag(), quietFlag(),
		}, roleFlags()...),
		Action: func(c *cli.Context) error { return runInit(e, c) },
	}
}

func runInit(e *env, c *cli.Context) error {
	sides, err := taggedSides("init", c.Args().Slice())
	if err != nil {
		return err
	}
	if !c.Bool("force") {
		if err := nothingThere(compare.DictionaryFile, compare.ReferenceFile); err != nil {
			return err
		}
	}
	dictionary, err := firstDictionary(e, c, sides)
	if err != nil {
		return err
	}
	var iam bytes.Buffer
	if err := reference.Embedded().Write(&iam); err != nil {
		return err
	}
	files := []struct {
		name string
		data []byte
	}{{compare.DictionaryFile, dictionary.Marshal()}, {compare.ReferenceFile, iam.Bytes()}}
	for _, f := range files {
		if err := writeFile(c, f.name, f.data); err != nil {
			return err
		}
		if !c.Bool("quiet") {
			fmt.Fprintln(e.stdout, "wrote "+f.name)
		}
	}
	return nil
}

// firstDictionary returns the dictionary to begin with, with the ids and names of
// the accounts if there are any.
func firstDictionary(e *env, c *cli.Context, sides []compare.Side) (*equivalency.Dictionary, error) {
	if len(sides) == 0 {
		return equivalency.Starter(), nil
	}
	ids, err := newReader(e, c, newProgress(e, true)).Identities(c.Context, sides)
	if err != nil {
		return nil, err
	}
	if err := equivalency.Distinct(ids); err != nil {
		return nil, hint.With(err, "nothing was written; name two accounts, or correct the profiles")
	}
	return equivalency.Scoped(ids), nil
}

// nothingThere returns an error if one of the files exists.
func nothingThere(names ...string) error {
	var there []string
	for _, name := range names {
		if _, err := os.Lstat(name); err == nil {
			there = append(there, name)
		} else if !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	if len(there) == 0 {
		return nil
	}
	return hint.With(fmt.Errorf("%s: already there, nothing was written", strings.Join(there, ", ")), "--force overwrites")
}
