package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/urfave/cli/v2"

	"iamctl/compare"
	"iamctl/equivalency"
	"iamctl/internal/atomicfile"
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
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "force", Aliases: []string{"f"}, Usage: "overwrite the files that are there"},
			regionFlag(), quietFlag(),
		},
		Action:       func(c *cli.Context) error { return runInit(e, c) },
		BashComplete: completeSources(e),
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
	dictionary := equivalency.Starter()
	if len(sides) > 0 {
		ids, err := newReader(e, c, newProgress(e, true)).Identities(c.Context, sides)
		if err != nil {
			return err
		}
		if err := equivalency.Distinct(ids); err != nil {
			return hint.With(err, "nothing was written; name two accounts, or correct the profiles")
		}
		dictionary = equivalency.Scoped(ids)
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
		err := atomicfile.Write(f.name, 0o644, func(w io.Writer) error {
			_, err := w.Write(f.data)
			return err
		})
		if err != nil {
			return err
		}
		if !c.Bool("quiet") {
			fmt.Fprintln(e.stdout, "wrote "+f.name)
		}
	}
	return nil
}

// nothingThere is an error where one of the files exists.
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

// taggedSides reads arguments of the form SOURCE[=TAG]; no tag twice.
func taggedSides(command string, args []string) ([]compare.Side, error) {
	var sides []compare.Side
	seen := map[string]string{}
	for _, arg := range args {
		source, tag := arg, ""
		if i := strings.LastIndex(arg, "="); i >= 0 {
			source, tag = arg[:i], arg[i+1:]
			if tag == "" {
				return nil, usage(command, "%q: the tag behind = is empty", arg)
			}
		}
		s, err := newSide(command, source, tag)
		if err != nil {
			return nil, err
		}
		if other, ok := seen[strings.ToLower(s.Tag)]; ok {
			return nil, hint.With(fmt.Errorf("%s and %s have the same tag %q", other, arg, s.Tag),
				"give one another tag: %s=TAG", source)
		}
		seen[strings.ToLower(s.Tag)] = arg
		sides = append(sides, s)
	}
	return sides, nil
}
