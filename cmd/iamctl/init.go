package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/urfave/cli/v2"
	"golang.org/x/sync/errgroup"

	"iamctl/equivalency"
	"iamctl/extract"
	"iamctl/extract/live"
	"iamctl/internal/atomicfile"
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
		if err := nothingThere(dictionaryFile, referenceFile); err != nil {
			return err
		}
	}
	dictionary := equivalency.Starter()
	if len(sides) > 0 {
		ids, err := identities(c.Context, e, c, sides)
		if err != nil {
			return err
		}
		if err := equivalency.Distinct(ids); err != nil {
			return withHint(err, "nothing was written; name two accounts, or correct the profiles")
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
	}{{dictionaryFile, dictionary.Marshal()}, {referenceFile, iam.Bytes()}}
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
	return withHint(fmt.Errorf("%s: already there, nothing was written", strings.Join(there, ", ")), "--force overwrites")
}

// identities asks every account who it is.
func identities(ctx context.Context, e *env, c *cli.Context, sides []side) ([]equivalency.Identity, error) {
	ids := make([]equivalency.Identity, len(sides))
	p := newProgress(e, true)
	g, ctx := errgroup.WithContext(ctx)
	for i, s := range sides {
		g.Go(func() error {
			if s.spec.Kind != extract.Profile {
				a, err := s.read(ctx, e, c, p)
				if err == nil {
					ids[i] = s.identity(a)
				}
				return err
			}
			id, _, alias, err := live.Identity(ctx, live.Options{
				Profile: s.spec.Name, Region: c.String("region"), Files: sharedFiles(e), MFAToken: e.mfaToken,
			})
			ids[i] = equivalency.Identity{Tag: s.tag, Source: s.spec.Name, Name: s.spec.DefaultTag(), ID: id, Alias: alias}
			if err != nil {
				return fmt.Errorf("%s: %w", s.tag, err)
			}
			return nil
		})
	}
	return ids, g.Wait()
}

// taggedSides reads arguments of the form SOURCE[=TAG]; no tag twice.
func taggedSides(command string, args []string) ([]side, error) {
	var sides []side
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
		if other, ok := seen[strings.ToLower(s.tag)]; ok {
			return nil, withHint(fmt.Errorf("%s and %s have the same tag %q", other, arg, s.tag),
				"give one another tag: %s=TAG", source)
		}
		seen[strings.ToLower(s.tag)] = arg
		sides = append(sides, s)
	}
	return sides, nil
}
