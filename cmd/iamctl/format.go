package main

import (
	"cmp"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"iamctl/report/format"
)

// formatTarget is a format that a result is also written in, and where.
type formatTarget struct {
	format string
	// path is a file, "-" for stdout or "" for the output folder.
	path string
	// name is the user's name for it in the output folder, "" for the format's own.
	name string
}

// formatTable is the formats of a command.
type formatTable struct {
	names    func() []string
	check    func(name string) error
	fileName func(name string) string
}

var (
	diffFormats   = formatTable{format.Names, format.Check, format.FileName}
	matrixFormats = formatTable{format.MatrixNames, format.CheckMatrix, format.MatrixFileName}
)

func formatFlag(t formatTable) cli.Flag {
	return &cli.StringSliceFlag{
		Name:  "format",
		Usage: "also write `FORMAT[=FILE]`: " + strings.Join(t.names(), ", ") + " (repeat for more; without FILE into the output folder, - for stdout)",
	}
}

// openOnlyFlag returns a flag for code scanning that shows suppressed and fixed
// results as open ones, as GitHub's does.
func openOnlyFlag() cli.Flag {
	return &cli.BoolFlag{Name: "open-only", Usage: "leave waived and fixed drift out of sarif"}
}

// formatTargets reads --format.
func formatTargets(c *cli.Context, t formatTable) ([]formatTarget, error) {
	var list []formatTarget
	stdout := c.Bool("json")
	for _, f := range c.StringSlice("format") {
		name, path, _ := strings.Cut(f, "=")
		if err := t.check(name); err != nil {
			return nil, misspelt(c.Command.Name, name, t.names(), "--format %s: %w", name, err)
		}
		if path == "-" {
			if stdout {
				return nil, usage(c.Command.Name, "only one format can go to stdout")
			}
			stdout = true
		}
		path, err := outputPath(c, path)
		if err != nil {
			return nil, err
		}
		list = append(list, formatTarget{format: name, path: path})
	}
	return list, nil
}

// writeFormats writes the formats that go into the output folder, or if inside is
// false all others. The former are written before the folder is committed.
func writeFormats(list []formatTarget, t formatTable, folder string, inside bool, render func(name, path string) error) error {
	for _, w := range list {
		path := w.path
		if (path == "") != inside || inside && w.name == "" && (w.format == "text" || w.format == "json") {
			continue
		}
		if inside {
			path = filepath.Join(folder, cmp.Or(w.name, t.fileName(w.format)))
		}
		if err := render(w.format, path); err != nil {
			return err
		}
	}
	return nil
}
