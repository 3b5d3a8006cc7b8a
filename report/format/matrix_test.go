package format

import (
	"bytes"
	"encoding/xml"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/internal/visible/visibletest"
	"iamctl/report/junitxml"
	"iamctl/report/matrix"
	"iamctl/result"
	model "iamctl/result/matrix"
	"iamctl/result/matrix/matrixtest"
	"iamctl/result/resulttest"
)

func renderedMatrix(t testing.TB, name string, m *model.Matrix, o MatrixOptions) string {
	t.Helper()
	var b bytes.Buffer
	if err := RenderMatrix(name, &b, m, o); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return b.String()
}

// TestMatrixFormats: every format makes the same of a comparison as of its file read back,
// names the outliers, and nothing in it moves a terminal or makes an element.
func TestMatrixFormats(t *testing.T) {
	for _, by := range []string{result.ByItems, result.ByMeaning} {
		m := matrixtest.Sample(by)
		again, err := model.Read(strings.NewReader(strings.NewReplacer(`"digest": "a"`, `"digest": ""`).Replace(renderedMatrix(t, "json", m, MatrixOptions{}))))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range MatrixNames() {
			got := renderedMatrix(t, name, m, MatrixOptions{})
			if read := renderedMatrix(t, name, again, MatrixOptions{}); name != "json" && got != read {
				t.Errorf("%s (-made +read):\n%s", name, cmp.Diff(got, read))
			}
			for _, want := range []string{"app-deploy", "payments-prod"} {
				if !strings.Contains(got, want) {
					t.Errorf("%s does not name %s:\n%s", name, want, got)
				}
			}
			for line := range strings.Lines(got) {
				visibletest.Check(t, strings.ReplaceAll(strings.TrimSuffix(line, "\n"), "\t", ""))
			}
			if !IsMatrixFile(MatrixFileName(name), []byte(got[:min(len(got), HeadLength)])) {
				t.Errorf("%s is not known again by its beginning", name)
			}
			for _, left := range []int{0, len(got) / 2, len(got) - 1} {
				if err := RenderMatrix(name, &resulttest.FailingWriter{Left: left}, m, MatrixOptions{}); !errors.Is(err, resulttest.ErrFull) {
					t.Errorf("%s with room for %d of %d bytes: %v", name, left, len(got), err)
				}
			}
		}
	}
}

// TestMatrixGolden: how a comparison of many accounts looks.
func TestMatrixGolden(t *testing.T) {
	m := matrixtest.Sample("")
	for name, got := range map[string]string{
		"matrix_80.txt":    renderedMatrix(t, "text", m, MatrixOptions{Text: matrix.TextOptions{Width: 80, Lines: 40}}),
		"matrix_120.txt":   renderedMatrix(t, "text", m, MatrixOptions{Text: matrix.TextOptions{Width: 120, Lines: 40}}),
		"matrix.md":        renderedMatrix(t, "markdown", m, MatrixOptions{}),
		"matrix.junit.xml": renderedMatrix(t, "junit", m, MatrixOptions{}),
		"matrix.sarif":     renderedMatrix(t, "sarif", m, MatrixOptions{}),
	} {
		path := filepath.Join("testdata", name)
		if *resulttest.Update {
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(string(want), got); d != "" {
			t.Errorf("%s (-want +got), -update writes it anew:\n%s", name, d)
		}
	}
}

// TestMatrixJUnit: a role fails where it fails the run, and is skipped where it does not.
func TestMatrixJUnit(t *testing.T) {
	var all junitxml.Suites
	if err := xml.Unmarshal([]byte(renderedMatrix(t, "junit", matrixtest.Sample(""), MatrixOptions{})), &all); err != nil {
		t.Fatal(err)
	}
	if all.Tests != 4+1+1+2 || all.Failures != 3 || all.Errors != 1 || all.Skipped != 3 {
		t.Errorf("%+v", all.Counts)
	}
}

// TestMatrixTextIsCut: five roles in full, others in a line, and what is left out is counted.
func TestMatrixTextIsCut(t *testing.T) {
	m := many(t, 60, 45)
	got := renderedMatrix(t, "text", m, MatrixOptions{Text: matrix.TextOptions{Width: 80, Lines: 40}})
	if n := strings.Count(got, "and 37 more"); n != 5 {
		t.Errorf("%d roles are in full", n)
	}
	if !strings.Contains(got, "\nand 20 more: outliers.csv has them all\n") {
		t.Errorf("what is left out is not counted:\n%s", got)
	}
	for line := range strings.Lines(got) {
		if n := len([]rune(strings.TrimSuffix(line, "\n"))); n > 80 {
			t.Errorf("%d columns: %s", n, line)
		}
	}
	if whole := renderedMatrix(t, "text", m, MatrixOptions{}); strings.Contains(whole, " more\n") || strings.Count(whole, "high      role-") != 60 {
		t.Errorf("the whole text is cut:\n%s", whole)
	}
	if md := renderedMatrix(t, "markdown", many(t, 2000, 45), MatrixOptions{}); len(md) > 65_536 || !strings.Contains(md, "Left out here for its length: ") {
		t.Errorf("Markdown of %d bytes", len(md))
	}
}

// many returns roles of which each has as many outliers.
func many(t testing.TB, roles, outliers int) *model.Matrix {
	t.Helper()
	sample := matrixtest.Sample("")
	var accounts []model.Account
	var with, without []int
	for i := range 2*outliers + 1 {
		accounts = append(accounts, model.Account{Tag: "account-" + string(rune('a'+i%26)) + string(rune('a'+i/26))})
		if i < outliers {
			with = append(with, i)
		} else {
			without = append(without, i)
		}
	}
	var list []model.Role
	for i := range roles {
		d := *sample.Roles[len(sample.Roles)-3].Forms[1].Difference
		list = append(list, model.Role{Name: "role-" + strings.Repeat("x", i%7) + string(rune('a'+i%26)), Forms: []model.Form{{Accounts: without}, {Accounts: with, Difference: &d}}})
	}
	return model.New(result.Meta{}, accounts, list, nil, nil)
}
