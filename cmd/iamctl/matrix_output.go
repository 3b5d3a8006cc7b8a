package main

import (
	"bytes"
	"io"
	"path/filepath"
	"slices"

	"github.com/urfave/cli/v2"

	"iamctl/internal/atomicfile"
	"iamctl/report"
	"iamctl/report/format"
	"iamctl/report/matrix"
	"iamctl/report/sarif"
	model "iamctl/result/matrix"
)

// matrixFiles are the files of a run but those of formats. Waived outliers have one only
// where there are waivers.
var matrixFiles = []struct {
	name  string
	write func(io.Writer, *model.Matrix) error
}{
	{"matrix.csv", matrix.CSV},
	{"outliers.csv", matrix.Outliers},
	{waivedOutliers, matrix.Waived},
	{report.SummaryName, func(w io.Writer, m *model.Matrix) error { return matrix.Text(w, m, matrix.TextOptions{}) }},
	{model.FileName, func(w io.Writer, m *model.Matrix) error { return m.Write(w) }},
}

const waivedOutliers = "waived_outliers.csv"

// writeMatrix writes the files, all or none, then the formats that go elsewhere, and the
// summary to stdout.
func writeMatrix(e *env, c *cli.Context, out *output, m *model.Matrix, formats []formatTarget) error {
	formats, err := ownFormats(c, formats, out.final)
	if err != nil {
		return err
	}
	for _, f := range matrixFiles {
		if f.name == waivedOutliers && !m.Waives() {
			continue
		}
		if err := atomicfile.Write(filepath.Join(out.Path(), f.name), 0o600, func(w io.Writer) error { return f.write(w, m) }); err != nil {
			return out.Blame(err)
		}
	}
	render := func(name, path string) error { return renderMatrix(c, e, m, name, path) }
	if err := writeFormats(formats, matrixFormats, out.Path(), true, render); err != nil {
		return out.Blame(err)
	}
	if err := e.unfinished.commit(out); err != nil {
		return err
	}
	if err := writeFormats(formats, matrixFormats, out.final, false, render); err != nil {
		return err
	}
	switch {
	case c.Bool("json"):
		return m.Write(e.stdout)
	case c.Bool("quiet"), toStdout(formats):
		return nil
	}
	return matrix.Text(e.stdout, m, e.matrixText(c))
}

// matrixText returns the options of a text on stdout.
func (e *env) matrixText(c *cli.Context) matrix.TextOptions {
	o := matrix.TextOptions{Color: e.color(c), Width: e.width, Lines: screenful}
	if c.Bool("full") {
		o.Lines = 0
	}
	return o
}

// renderMatrix writes one format to a file, or to stdout for "-".
func renderMatrix(c *cli.Context, e *env, m *model.Matrix, name, path string) error {
	o := format.MatrixOptions{SARIF: sarif.MatrixOptions{OpenOnly: c.Bool("open-only"), Locate: matrixLocator(c.Context, m)}}
	if path == "-" {
		o.Text = e.matrixText(c)
		return format.RenderMatrix(name, e.stdout, m, o)
	}
	return atomicfile.Write(path, 0o600, func(w io.Writer) error { return format.RenderMatrix(name, w, m, o) })
}

// staleMatrixFiles returns the names of the files that earlier runs of matrix left in the
// folder. A file that does not look like one of ours is somebody's own and is not among them.
func staleMatrixFiles(folder string, unfinished []string) []string {
	names := slices.Concat(format.MatrixFileNames(), unfinished, []string{waivedOutliers})
	slices.Sort(names)
	return slices.DeleteFunc(slices.Compact(names), func(name string) bool {
		head, err := headOf(filepath.Join(folder, name), format.HeadLength)
		return err != nil || !format.IsMatrixFile(name, head) && !(name == waivedOutliers && bytes.HasPrefix(head, []byte("account,role,kind,")))
	})
}
