package format

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"iamctl/report"
	"iamctl/report/sarif"
	"iamctl/result"
	"iamctl/result/resulttest"

	"github.com/google/go-cmp/cmp"
)

func TestFormats(t *testing.T) {
	want := []string{"text", "markdown", "html", "sarif", "junit", "json"}
	if d := cmp.Diff(want, Names()); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	err := Render("pdf", io.Discard, &result.Result{}, Options{})
	if err == nil || err.Error() != `there is no format "pdf": there are text, markdown, html, sarif, junit, json` {
		t.Error(err)
	}
}

// withFiles says that account A's roles are in the files of a snapshot.
var withFiles = Options{SARIF: sarif.Options{Locate: func(side int, role string) (string, int, bool) {
	return "baseline/dev/" + role, 1, side == 0
}}}

func renderedAs(t testing.TB, format string, r *result.Result) string {
	t.Helper()
	var b bytes.Buffer
	if err := Render(format, &b, r, withFiles); err != nil {
		t.Fatalf("%s: %v", format, err)
	}
	return b.String()
}

// TestRenderSameBytes: every format makes the same bytes for the same run, and
// changes nothing in it.
func TestRenderSameBytes(t *testing.T) {
	for _, c := range resulttest.Cases {
		changes, marks := c.Changes()
		r := resulttest.Reread(t, changes, marks)
		for _, format := range Names() {
			once := renderedAs(t, format, r)
			if again := renderedAs(t, format, resulttest.Reread(t, changes, marks)); once != again {
				t.Errorf("%s of %s is not the same again:\n%s", format, c.Name, cmp.Diff(once, again))
			}
			if again := renderedAs(t, format, r); once != again {
				t.Errorf("%s of %s is not the same of the same run", format, c.Name)
			}
		}
		if d := cmp.Diff(resulttest.File(t, changes, marks), renderedAs(t, "json", r)); d != "" {
			t.Errorf("%s: json (-file +rendered):\n%s", c.Name, d)
		}
	}
}

// TestRenderWriteErrors: a full disk at any moment is an error of every format.
func TestRenderWriteErrors(t *testing.T) {
	c, m := resulttest.Marked()
	r := resulttest.Reread(t, c, m)
	for _, format := range Names() {
		n := len(renderedAs(t, format, r))
		for _, left := range []int{0, n / 2, n - 1} {
			if err := Render(format, &resulttest.FailingWriter{Left: left}, r, withFiles); !errors.Is(err, resulttest.ErrFull) {
				t.Errorf("%s with room for %d of %d bytes: %v", format, left, n, err)
			}
		}
	}
}

// TestRenderTellsTheVerdict: no format lets drift or a gap look in sync.
func TestRenderTellsTheVerdict(t *testing.T) {
	r := resulttest.Reread(t, resulttest.Sample(), nil)
	for format, want := range map[string]string{
		"text": "Result: incomplete, 2 gaps; drift: 2 common roles differ", "markdown": "## IAM roles: incomplete, drift",
		"sarif": `"executionSuccessful":false`, "junit": "<error message=\"access denied\"", "json": `"drift":true,` + "\n" + `"incomplete":true`,
	} {
		if got := renderedAs(t, format, r); !strings.Contains(got, want) {
			t.Errorf("%s does not say %q:\n%s", format, want, got)
		}
	}
}

// BenchmarkRender renders 5,000 roles that differ, ten items each.
func BenchmarkRender(b *testing.B) {
	r := resulttest.Reread(b, resulttest.Many(5000, 10, 0), nil)
	for _, format := range Names() {
		b.Run(format, func(b *testing.B) {
			var n resulttest.CountWriter
			for b.Loop() {
				n.N = 0
				if err := Render(format, &n, r, Options{Text: report.TextOptions{Lines: 1000}, SARIF: withFiles.SARIF}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(n.N), "bytes")
		})
	}
	b.Run("read", func(b *testing.B) {
		file := fmt.Appendf(nil, "%s", resulttest.File(b, resulttest.Many(5000, 10, 0), nil))
		for b.Loop() {
			if _, err := result.Read(bytes.NewReader(file)); err != nil {
				b.Fatal(err)
			}
		}
	})
}
