package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"iamctl/compare"
	"iamctl/compare/many"
	"iamctl/internal/atomicfile"
	"iamctl/report/format"
	"iamctl/report/sarif"
	"iamctl/result"
)

func reportCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:      "report",
		Usage:     "write a report of an earlier run",
		ArgsUsage: "RUN_FOLDER",
		Description: examples(`
Reads diff.json of a run's output folder, or matrix.json of one of 'iamctl matrix', and
writes it in another format. Needs neither credentials nor the accounts. Exits with 0 once the report is written;
with --exit-code, with the code of the run.`, `
  iamctl report drift --format html --output drift.html
  iamctl report drift --format markdown | gh pr comment 17 --body-file -
  iamctl report drift --format sarif -o drift.sarif
  iamctl report nightly --format markdown       of a run of 'iamctl matrix'`),
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "format", Aliases: []string{"f"}, Value: "text", Usage: "`FORMAT`: " + strings.Join(format.Names(), ", ")},
			&cli.PathFlag{Name: "output", Aliases: []string{"o"}, Value: "-", TakesFile: true, Usage: "write to `FILE`, - for stdout"},
			fullFlag(), colorFlag(), followLinksFlag(), openOnlyFlag(),
			&cli.BoolFlag{Name: "exit-code", Usage: "exit with the code of the run"},
		},
		Action: func(c *cli.Context) error { return runReport(e, c) },
	}
}

func runReport(e *env, c *cli.Context) error {
	if c.NArg() != 1 {
		return usage("report", "report takes one RUN_FOLDER, got %d arguments", c.NArg())
	}
	name, formats := c.String("format"), diffFormats
	of := isMatrix(c.Args().First())
	if of {
		formats = matrixFormats
	}
	if err := formats.check(name); err != nil {
		return misspelt("report", name, formats.names(), "--format %s: %w", name, err)
	}
	output, err := outputPath(c, c.Path("output"))
	if err != nil {
		return err
	}
	lock, err := holdRun(c.Args().First(), output)
	if err != nil {
		return err
	}
	defer lock.Release()
	if of {
		return reportMatrix(e, c, name, output)
	}
	r, err := compare.ReadRun(c.Context, c.Args().First())
	if err != nil {
		return err
	}
	if err := renderTo(c, e, r, name, output); err != nil {
		return err
	}
	if c.Bool("exit-code") {
		return outcome(r.ExitCode)
	}
	return nil
}

// reportMatrix writes a report of a run of many accounts.
func reportMatrix(e *env, c *cli.Context, name, output string) error {
	m, err := many.ReadMatrix(c.Context, c.Args().First())
	if err != nil {
		return err
	}
	if err := renderMatrix(c, e, m, name, output); err != nil {
		return err
	}
	if c.Bool("exit-code") {
		return outcome(m.ExitCode)
	}
	return nil
}

// holdRun holds the folder of a run if the report goes into it, so that it cannot
// become one of an older run beside the files of a newer one.
func holdRun(run, file string) (*atomicfile.Lock, error) {
	folder, err1 := os.Stat(run)
	target, err2 := os.Stat(filepath.Dir(file))
	if file == "-" || err1 != nil || err2 != nil || !folder.IsDir() || !os.SameFile(folder, target) {
		return nil, nil
	}
	return atomicfile.HoldFolder(run)
}

// renderTo writes one format to a file, or to stdout for "-".
func renderTo(c *cli.Context, e *env, r *result.Result, name, path string) error {
	o := format.Options{SARIF: sarif.Options{OpenOnly: c.Bool("open-only")}}
	o.SARIF.Locate, o.SARIF.Source = locator(c.Context, r)
	o.SARIF.Fallback = fallbackFile(c.Context, r)
	if path == "-" {
		o.Text = e.textOptions(c, "")
		return format.Render(name, e.stdout, r, o)
	}
	return atomicfile.Write(path, 0o600, func(w io.Writer) error { return format.Render(name, w, r, o) })
}
