package main

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"iamctl/report"
)

// wanted is a format that a run is to be written in besides its own files.
type wanted struct {
	format string
	// path is a file, "-" for stdout, "" for the output folder.
	path string
}

// fileNames are the formats' names in the output folder. Text and JSON are
// always there.
var fileNames = map[string]string{
	"text": "summary.txt", "json": report.JSONName, "markdown": "report.md", "html": "report.html",
	"sarif": "report.sarif", "junit": "report.junit.xml",
}

func formatFlag() cli.Flag {
	return &cli.StringSliceFlag{
		Name:  "format",
		Usage: "also write `FORMAT[=FILE]`: " + strings.Join(report.Formats(), ", ") + " (repeat for more; without FILE into the output folder, - for stdout)",
	}
}

// openOnlyFlag is for code scanning that shows suppressed and fixed results
// as open ones, as GitHub's does.
func openOnlyFlag() cli.Flag {
	return &cli.BoolFlag{Name: "open-only", Usage: "leave waived and fixed drift out of sarif"}
}

// wantedFormats reads --format.
func wantedFormats(c *cli.Context) ([]wanted, error) {
	var list []wanted
	stdout := c.Bool("json")
	for _, f := range c.StringSlice("format") {
		format, path, _ := strings.Cut(f, "=")
		if !slices.Contains(report.Formats(), format) {
			return nil, usage("diff", "--format %s: there is no such format (there are %s)", format, strings.Join(report.Formats(), ", "))
		}
		if path == "-" {
			if stdout {
				return nil, usage("diff", "only one format can go to stdout")
			}
			stdout = true
		}
		list = append(list, wanted{format, path})
	}
	return list, nil
}

// writeFormats renders what is wanted from the diff.json just written: those
// for the output folder before it is committed (inside), the others after.
func writeFormats(ctx context.Context, e *env, o diffOptions, folder string, inside bool) error {
	var run *report.Run
	for _, w := range o.formats {
		path := w.path
		if (path == "") != inside || w.path == "" && (w.format == "text" || w.format == "json") {
			continue
		}
		if path == "" {
			path = filepath.Join(folder, fileNames[w.format])
		}
		if run == nil {
			var err error
			if run, err = readRun(folder); err != nil {
				return err
			}
		}
		if err := renderTo(ctx, e, run, w.format, path, o.openOnly); err != nil {
			return err
		}
	}
	return nil
}
