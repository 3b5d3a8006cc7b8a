package main

import (
	"io"
	"path/filepath"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/urfave/cli/v2"

	"iamctl/compare/many"
	"iamctl/internal/atomicfile"
	"iamctl/report/matrix"
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
matrix.csv, outliers.csv, matrix.json and summary.txt go into the output folder.

`+exitCodes, `
  iamctl matrix fleet/*
  iamctl matrix fleet/* --against golden
  iamctl matrix dev qa prod --roles 'app-*' --json`),
		Flags: []cli.Flag{
			outputFlag(), followLinksFlag(),
			&cli.StringFlag{Name: "against", Usage: "hold all against the account with this `TAG`, not against what most accounts have"},
			&cli.StringFlag{Name: "roles", Usage: "compare the roles alone whose names match `PATTERN`, such as app-*"},
			dictionaryFlag(), referenceFlag(), ignoreFlag(), excludeFlag(), colorFlag(), sameAccountFlag(), regionFlag(), quietFlag(),
			jsonFlag("print matrix.json to stdout instead of the summary"),
		},
		Action: func(c *cli.Context) error { return runMatrix(e, c) },
	}
}

func runMatrix(e *env, c *cli.Context) error {
	if c.NArg() < 2 {
		return usage("matrix", "matrix takes the SOURCE of two accounts or more")
	}
	sides, err := taggedSides("matrix", c.Args().Slice())
	if err != nil {
		return err
	}
	o, err := matrixOptions(e, c)
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
	m, err := many.Run(c.Context, sides, o)
	p.wait()
	if err != nil {
		return err
	}
	if err := writeMatrix(e, c, out, m); err != nil {
		return err
	}
	return outcome(m.ExitCode)
}

func matrixOptions(e *env, c *cli.Context) (many.Options, error) {
	o := many.Options{Against: c.String("against"), Roles: c.String("roles"), Version: version()}
	if _, err := filepath.Match(o.Roles, ""); err != nil {
		return o, usage("matrix", "--roles %s: the pattern is wrong: %w", o.Roles, err)
	}
	var err error
	if o.Ignore, err = ignoredKinds(c); err != nil {
		return o, err
	}
	if o.Exclude, err = exclusions(c); err != nil {
		return o, err
	}
	o.Inputs, err = readInputs(e, c)
	return o, err
}

// writeMatrix writes the files, all or none, and then the summary to stdout.
func writeMatrix(e *env, c *cli.Context, out *output, m *model.Matrix) error {
	for name, write := range map[string]func(io.Writer) error{
		model.FileName: func(w io.Writer) error { return matrixJSON(w, m) },
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
		return matrixJSON(e.stdout, m)
	case c.Bool("quiet"):
		return nil
	}
	return matrix.Text(e.stdout, m, matrix.TextOptions{Color: e.color(c), Width: e.width})
}

func matrixJSON(w io.Writer, m *model.Matrix) error {
	return json.MarshalWrite(w, m, json.Deterministic(true), jsontext.WithIndent("  "))
}
