package resulttest

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/result"
)

// Update asks for golden files to be written anew.
var Update = flag.Bool("update", false, "write the golden files anew")

// Golden holds a rendering of every case against its file in testdata/formats,
// which has the name of the case and a suffix. What is made of a result must be
// what is made of its diff.json.
func Golden(t *testing.T, suffix string, render func(r *result.Result) string) {
	t.Helper()
	for _, c := range Cases {
		changes, marks := c.Changes()
		got := render(Reread(t, changes, marks))
		if d := cmp.Diff(got, render(Result(changes, marks))); d != "" {
			t.Errorf("%s: (-from the file +from Changes):\n%s", c.Name, d)
		}
		path := filepath.Join("testdata", "formats", c.Name+suffix)
		if *Update {
			write(t, path, got)
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(string(want), got); d != "" {
			t.Errorf("%s (-want +got), -update writes it anew:\n%s", c.Reason, d)
		}
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
