// Package architecture holds the tests that keep the shape of the program:
// which folder may import which, and what stays pure.
package architecture

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// allowed says what each folder may import of iamctl, by folder; a folder
// with sub-packages speaks for all of them, and its packages may import each
// other. A folder that is not listed may not exist.
var allowed = map[string][]string{
	"policy":      {"internal/jsonplace"},
	"reference":   {"policy", "internal/jsonplace"},
	"inventory":   {"policy"},
	"extract":     {"inventory", "policy", "reference", "internal/atomicfile", "internal/gitrepo", "internal/jsonplace", "internal/visible"},
	"equivalency": {"policy", "internal/jsontree"},
	"waiver":      {"policy", "internal/jsontree"},
	"normalize":   {"inventory", "policy", "equivalency"},
	"diff":        {"normalize", "inventory", "policy"},
	"verdict":     {"policy", "reference"},
	"audit":       {"inventory", "policy"},
	"report":      {"diff", "verdict", "audit", "inventory", "normalize", "waiver", "internal/jsonplace", "internal/visible"},
	"cmd": {
		"policy", "reference", "inventory", "extract", "equivalency", "normalize", "diff", "verdict", "audit",
		"waiver", "report", "examples", "internal/atomicfile", "internal/gitrepo",
	},
	"examples":              {},
	"internal/atomicfile":   {},
	"internal/gitrepo":      {},
	"internal/jsontree":     {"internal/jsonplace", "internal/visible"},
	"internal/jsonplace":    {},
	"internal/visible":      {},
	"internal/architecture": {},
	// Test helpers, imported by tests alone.
	"internal/sampleaccount": {"inventory"},
	"internal/fakeiam":       {"inventory"},
}

// pure folders have no context, clock, file, network or logger.
var pure = []string{"policy", "inventory", "equivalency", "normalize", "diff", "verdict", "audit", "waiver", "internal/jsontree", "internal/jsonplace", "internal/visible"}

// impure are the packages that a pure folder may not import. Of the package
// time it may use what does not ask the clock: see TestPureFoldersAskNoClock.
var impure = []string{
	"context", "io/ioutil", "log", "log/slog", "net", "net/http", "os", "os/exec", "path/filepath", "syscall",
}

type pkg struct {
	ImportPath string
	Imports    []string
}

func TestImportDirection(t *testing.T) {
	for _, p := range packages(t) {
		from := folder(p.ImportPath)
		may, listed := allowed[from]
		if !listed {
			t.Errorf("%s: the folder %q is not in the table of docs/design.md", p.ImportPath, from)
			continue
		}
		for _, i := range p.Imports {
			to, ours := strings.CutPrefix(i, "iamctl/")
			if ours && folder("iamctl/"+to) != from && !slices.Contains(may, folder("iamctl/"+to)) {
				t.Errorf("%s imports %s, which %q may not", p.ImportPath, i, from)
			}
		}
	}
}

func TestPureFoldersTouchNothing(t *testing.T) {
	for _, p := range packages(t) {
		if !slices.Contains(pure, folder(p.ImportPath)) || strings.HasSuffix(p.ImportPath, "test") {
			continue
		}
		for _, i := range p.Imports {
			if slices.Contains(impure, i) {
				t.Errorf("%s is to be pure and imports %s", p.ImportPath, i)
			}
		}
	}
}

// TestSDKStaysInTheLiveSource keeps AWS calls where read-only is checked.
func TestSDKStaysInTheLiveSource(t *testing.T) {
	for _, p := range packages(t) {
		if strings.HasPrefix(p.ImportPath, "iamctl/extract/live") {
			continue
		}
		for _, i := range p.Imports {
			if strings.HasPrefix(i, "github.com/aws/") {
				t.Errorf("%s imports %s", p.ImportPath, i)
			}
		}
	}
}

// folder is the part of the table that a package belongs to.
func folder(importPath string) string {
	parts := strings.Split(strings.TrimPrefix(importPath, "iamctl/"), "/")
	if parts[0] == "internal" && len(parts) > 1 {
		return parts[0] + "/" + parts[1]
	}
	return parts[0]
}

func packages(t *testing.T) []pkg {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "iamctl/...").Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			t.Fatalf("go list: %v\n%s", err, exit.Stderr)
		}
		t.Fatal(err)
	}
	var list []pkg
	d := json.NewDecoder(bytes.NewReader(out))
	for {
		var p pkg
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		list = append(list, p)
	}
	if len(list) < 10 {
		t.Fatalf("go list found %d packages only", len(list))
	}
	return list
}
