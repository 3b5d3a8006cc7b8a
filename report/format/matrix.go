package format

import (
	"io"

	"iamctl/report"
	"iamctl/report/html"
	"iamctl/report/matrix"
	"iamctl/report/sarif"
	model "iamctl/result/matrix"
)

// MatrixOptions say how a comparison of many accounts is to look. Each format takes what
// concerns it.
type MatrixOptions struct {
	Text  matrix.TextOptions
	SARIF sarif.MatrixOptions
}

// matrixFormats are the formats of a comparison of many accounts.
var matrixFormats = table[*model.Matrix, MatrixOptions]{
	{"text", report.SummaryName, "", func(w io.Writer, m *model.Matrix, o MatrixOptions) error { return matrix.Text(w, m, o.Text) }},
	{"markdown", "matrix.md", `## IAM roles of many accounts: `, func(w io.Writer, m *model.Matrix, _ MatrixOptions) error { return matrix.Markdown(w, m) }},
	{"html", "matrix.html", `<title>IAM roles of many accounts`, func(w io.Writer, m *model.Matrix, _ MatrixOptions) error { return html.WriteMatrix(w, m) }},
	{"sarif", "matrix.sarif", `"name":"iamctl"`, func(w io.Writer, m *model.Matrix, o MatrixOptions) error { return sarif.WriteMatrix(w, m, o.SARIF) }},
	{"junit", "matrix.junit.xml", `<testsuites name="iamctl matrix"`, func(w io.Writer, m *model.Matrix, _ MatrixOptions) error { return matrix.JUnit(w, m) }},
	{"json", model.FileName, "", func(w io.Writer, m *model.Matrix, _ MatrixOptions) error { return m.Write(w) }},
}

// MatrixNames returns the names of the formats of a comparison of many accounts.
func MatrixNames() []string { return matrixFormats.names() }

// CheckMatrix returns an error if a comparison of many accounts has no format of the name.
func CheckMatrix(name string) error { return matrixFormats.check(name) }

// MatrixFileName returns the name of such a format's file in the output folder.
func MatrixFileName(name string) string { return matrixFormats.fileName(name) }

// MatrixFileNames returns the names of the files of all such formats.
func MatrixFileNames() []string { return matrixFormats.fileNames() }

// IsMatrixFile reports likewise whether a file is such a format's.
func IsMatrixFile(name string, head []byte) bool { return matrixFormats.isFile(name, head) }

// RenderMatrix writes a comparison of many accounts in a format. The same Matrix makes the
// same bytes.
func RenderMatrix(name string, w io.Writer, m *model.Matrix, o MatrixOptions) error {
	return matrixFormats.write(name, w, m, o)
}
