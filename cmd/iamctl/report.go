package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"iamctl/internal/atomicfile"
	"iamctl/report"
)

func reportCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:      "report",
		Usage:     "write a report of an earlier run",
		ArgsUsage: "RUN_FOLDER",
		Description: examples(`
Reads diff.json of a run's output folder and writes it in another format. Needs
neither credentials nor the accounts. The exit code is that of the run.`, `
  iamctl report drift --format html --output drift.html
  iamctl report drift --format markdown | gh pr comment 17 --body-file -
  iamctl report drift --format sarif -o drift.sarif`),
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "format", Aliases: []string{"f"}, Value: "text", Usage: "`FORMAT`: " + strings.Join(report.Formats(), ", ")},
			&cli.PathFlag{Name: "output", Aliases: []string{"o"}, Value: "-", TakesFile: true, Usage: "write to `FILE`, - for stdout"},
			openOnlyFlag(),
		},
		Action: func(c *cli.Context) error { return runReport(e, c) },
	}
}

func runReport(e *env, c *cli.Context) error {
	if c.NArg() != 1 {
		return usage("report", "report takes one RUN_FOLDER, got %d arguments", c.NArg())
	}
	format := c.String("format")
	if !slices.Contains(report.Formats(), format) {
		return usage("report", "--format %s: there is no such format (there are %s)", format, strings.Join(report.Formats(), ", "))
	}
	run, err := readRun(c.Args().First())
	if err != nil {
		return err
	}
	if err := renderTo(c.Context, e, run, format, c.Path("output"), c.Bool("open-only")); err != nil {
		return err
	}
	return runOutcome(run)
}

// readRun reads the diff.json of a run's folder; the file itself will do too.
func readRun(path string) (*report.Run, error) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		path = filepath.Join(path, report.JSONName)
	}
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, withHint(err, "name the output folder of a complete 'iamctl diff'; one without %s is not complete", report.JSONName)
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	run, err := report.ReadRun(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return run, nil
}

// readRunHead reads the accounts of a diff.json, and not its millions of items.
func readRunHead(path string) (*report.Run, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return report.ReadRunHead(f)
}

// renderTo writes one format to a file, or to stdout for "-".
func renderTo(ctx context.Context, e *env, run *report.Run, format, path string, openOnly bool) error {
	o := report.RenderOptions{OpenOnly: openOnly}
	o.Locate, o.Source = locator(ctx, run)
	if path == "-" {
		o.TextOptions = report.TextOptions{Color: e.colour(), Width: e.width, Lines: screenful}
		return report.Render(format, e.stdout, run, o)
	}
	return atomicfile.Write(path, 0o600, func(w io.Writer) error { return report.Render(format, w, run, o) })
}

// runOutcome is the exit code of an earlier run.
func runOutcome(run *report.Run) error {
	switch {
	case run.Incomplete:
		return result(codeIncomplete)
	case run.Drift:
		return result(codeDrift)
	}
	return nil
}
