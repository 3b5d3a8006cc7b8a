package main

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"

	"github.com/urfave/cli/v2"

	"iamctl/compare"
	"iamctl/compare/choose"
	"iamctl/compare/many"
	"iamctl/internal/atomicfile"
	"iamctl/report/matrix"
	"iamctl/result"
	model "iamctl/result/matrix"
)

func matrixCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:      "matrix",
		Usage:     "compare the roles of many accounts",
		ArgsUsage: "SOURCE[=TAG]...",
		Description: examples(`
Holds each role of every account against the form that most accounts have, or against
one account, and says which accounts differ and how, the worst first. Roles are compared
as diff compares them. An account that cannot be read is a gap and stops no other.
org:PROFILE is every account of an organisation, org:PROFILE/ou-ID those of a unit, and
accounts:FILE.csv those of a list; each is read by a role that is assumed in it.
matrix.csv, outliers.csv, matrix.json and summary.txt go into the output folder.

`+exitCodes, `
  iamctl matrix 'fleet/*'
  iamctl matrix 'fleet/*' --against golden
  iamctl matrix org:mgmt --role-name iamctl-reader --exclude 'Root/Sandbox/*'
  iamctl matrix dev qa prod --roles 'app-*' --json`),
		Flags: append([]cli.Flag{
			outputFlag(), followLinksFlag(),
			&cli.StringFlag{Name: "against", Usage: "hold all against the account with this `TAG`, not against what most accounts have"},
			&cli.StringFlag{Name: "roles", Usage: "compare the roles alone whose names match `PATTERN`, such as app-*"},
			dictionaryFlag(), referenceFlag(), ignoreFlag(), excludeBothFlag(), colorFlag(), sameAccountFlag(), regionFlag(), quietFlag(),
			jsonFlag("print matrix.json to stdout instead of the summary"),
		}, memberFlags()...),
		Action: func(c *cli.Context) error { return runMatrix(e, c) },
	}
}

func runMatrix(e *env, c *cli.Context) error {
	sides, err := sourcesOfMany(e, c)
	if err == nil && len(sides) < 2 && !slices.ContainsFunc(sides, func(s compare.Side) bool { return s.Spec.Many() }) {
		err = usage("matrix", "matrix takes the SOURCE of two accounts or more")
	}
	if err != nil {
		return err
	}
	o, of, err := matrixOptions(e, c)
	if err != nil {
		return err
	}
	out, err := prepareOutput(e, c, atomicfile.Options{Markers: []string{model.FileName}})
	if err != nil {
		return err
	}
	defer out.discard()
	p := newProgress(e, c.Bool("quiet"))
	o.Reader = newReader(e, c, p)
	m, err := matrixOf(c, sides, o, of)
	p.wait()
	if err != nil {
		return err
	}
	if err := writeMatrix(e, c, out, m); err != nil {
		return err
	}
	return outcome(m.ExitCode)
}

// matrixOf finds the accounts of the sources and compares them.
func matrixOf(c *cli.Context, sources []compare.Side, o many.Options, of choose.Choice) (*model.Matrix, error) {
	members, err := o.Reader.Members(c.Context, sources, compare.MemberOptions{Choice: of})
	if err != nil {
		return nil, err
	}
	if len(members.Sides) < 2 {
		return nil, usage("matrix", "%s alone is no matrix: it takes two accounts or more", members.Sides[0].Tag)
	}
	return many.Run(c.Context, members.Sides, o)
}

// sourcesOfMany returns the sources that the arguments name, patterns of paths expanded.
func sourcesOfMany(e *env, c *cli.Context) ([]compare.Side, error) {
	var args []string
	for _, arg := range c.Args().Slice() {
		sources, skipped, err := many.Expand(arg)
		if err != nil {
			return nil, err
		}
		if len(skipped) > 0 {
			e.note(fmt.Sprintf("%s: %s left out, of which none is a snapshot, such as %s", arg, result.Count(len(skipped), "match is", "matches are"), skipped[0]))
		}
		args = append(args, sources...)
	}
	return sources(c.Command.Name, args)
}

func matrixOptions(e *env, c *cli.Context) (many.Options, choose.Choice, error) {
	o := many.Options{Against: c.String("against"), Roles: c.String("roles"), Version: version()}
	if _, err := filepath.Match(o.Roles, ""); err != nil {
		return o, choose.Choice{}, usage("matrix", "--roles %s: the pattern is wrong: %w", o.Roles, err)
	}
	var err error
	if o.Ignore, err = ignoredKinds(c); err != nil {
		return o, choose.Choice{}, err
	}
	rules, accounts, err := excluded(c)
	if err != nil {
		return o, choose.Choice{}, err
	}
	o.Exclude = rules
	of, err := choiceBut(c, accounts)
	if err != nil {
		return o, of, err
	}
	o.Inputs, err = readInputs(e, c)
	return o, of, err
}

// writeMatrix writes the files, all or none, and then the summary to stdout.
func writeMatrix(e *env, c *cli.Context, out *output, m *model.Matrix) error {
	for name, write := range map[string]func(io.Writer) error{
		model.FileName: m.Write,
		"matrix.csv":   func(w io.Writer) error { return matrix.CSV(w, m) },
		"outliers.csv": func(w io.Writer) error { return matrix.Outliers(w, m) },
		"summary.txt":  func(w io.Writer) error { return matrix.Text(w, m, matrix.TextOptions{}) },
	} {
		if err := atomicfile.Write(filepath.Join(out.Path(), name), 0o600, write); err != nil {
			return out.Blame(err)
		}
	}
	if err := e.unfinished.commit(out); err != nil {
		return err
	}
	switch {
	case c.Bool("json"):
		return m.Write(e.stdout)
	case c.Bool("quiet"):
		return nil
	}
	return matrix.Text(e.stdout, m, matrix.TextOptions{Color: e.color(c), Width: e.width})
}
