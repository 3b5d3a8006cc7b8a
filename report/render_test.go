package report

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFormats(t *testing.T) {
	want := []string{"text", "markdown", "html", "sarif", "junit", "json"}
	if d := cmp.Diff(want, Formats()); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	err := Render("pdf", io.Discard, &Run{}, RenderOptions{})
	if err == nil || err.Error() != `there is no format "pdf": there are text, markdown, html, sarif, junit, json` {
		t.Error(err)
	}
}

func renderedAs(t testing.TB, format string, r *Run) string {
	t.Helper()
	var b bytes.Buffer
	if err := Render(format, &b, r, RenderOptions{Locate: inFolder(0)}); err != nil {
		t.Fatalf("%s: %v", format, err)
	}
	return b.String()
}

// TestRenderSameBytes: every format gives the same bytes for the same run, and
// changes nothing in it.
func TestRenderSameBytes(t *testing.T) {
	for _, c := range cases {
		changes, marks := c.changes()
		r := reread(t, changes, marks)
		for _, format := range Formats() {
			once := renderedAs(t, format, r)
			if again := renderedAs(t, format, reread(t, changes, marks)); once != again {
				t.Errorf("%s of %s is not the same again:\n%s", format, c.name, cmp.Diff(once, again))
			}
			if again := renderedAs(t, format, r); once != again {
				t.Errorf("%s of %s is not the same of the same run", format, c.name)
			}
		}
		if d := cmp.Diff(rendered(t, changes, meta, marks), renderedAs(t, "json", r)); d != "" {
			t.Errorf("%s: json (-file +rendered):\n%s", c.name, d)
		}
	}
}

// TestRenderWriteErrors: a full disk at any moment is an error of every format.
func TestRenderWriteErrors(t *testing.T) {
	c, m := marked()
	r := reread(t, c, m)
	for _, format := range Formats() {
		n := len(renderedAs(t, format, r))
		for _, left := range []int{0, n / 2, n - 1} {
			if err := Render(format, &failingWriter{left}, r, RenderOptions{Locate: inFolder(0)}); !errors.Is(err, errFull) {
				t.Errorf("%s with room for %d of %d bytes: %v", format, left, n, err)
			}
		}
	}
}

// TestRenderTellsTheVerdict: no format lets drift or a gap look in sync.
func TestRenderTellsTheVerdict(t *testing.T) {
	r := reread(t, sample(), nil)
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
	r := reread(b, many(5000, 10, 0), nil)
	for _, format := range Formats() {
		b.Run(format, func(b *testing.B) {
			var n countWriter
			for b.Loop() {
				n.n = 0
				if err := Render(format, &n, r, RenderOptions{TextOptions: TextOptions{Lines: summaryLines}, Locate: inFolder(0)}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(n.n), "bytes")
		})
	}
	b.Run("read", func(b *testing.B) {
		file := fmt.Appendf(nil, "%s", rendered(b, many(5000, 10, 0), meta, nil))
		for b.Loop() {
			if _, err := ReadRun(bytes.NewReader(file)); err != nil {
				b.Fatal(err)
			}
		}
	})
}
