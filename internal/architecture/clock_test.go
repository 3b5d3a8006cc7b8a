package architecture

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// clock are the names of the package time that ask the clock, wait for it, or
// depend on where the machine is. The rest of the package, the calendar above
// all, is pure.
var clock = []string{
	"After", "AfterFunc", "LoadLocation", "Local", "NewTicker", "NewTimer", "Now", "Since", "Sleep", "Tick", "Until",
}

func TestPureFoldersAskNoClock(t *testing.T) {
	checked := 0
	for _, p := range packages(t) {
		if !slices.Contains(pure, folder(p.ImportPath)) || strings.HasSuffix(p.ImportPath, "test") || p.Name == "main" {
			continue
		}
		files, err := filepath.Glob(filepath.Join("..", "..", strings.TrimPrefix(p.ImportPath, "iamctl/"), "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			checked++
			for _, use := range clockUses(t, name, nil) {
				t.Errorf("%s: a pure folder uses time.%s", name, use)
			}
		}
	}
	if checked < 50 {
		t.Errorf("only %d files were found", checked)
	}
}

// clockUses returns the names of clock that a file uses, "." for an import of
// the package time without a name, which would hide them.
func clockUses(t *testing.T, name string, source any) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), name, source, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	local := ""
	for _, i := range file.Imports {
		if path, err := strconv.Unquote(i.Path.Value); err != nil || path != "time" {
			continue
		}
		if local = "time"; i.Name != nil {
			local = i.Name.Name
		}
	}
	if local == "." {
		return []string{"."}
	}
	var uses []string
	ast.Inspect(file, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := s.X.(*ast.Ident); ok && x.Name == local && slices.Contains(clock, s.Sel.Name) {
				uses = append(uses, s.Sel.Name)
			}
		}
		return true
	})
	return uses
}

func TestClockUses(t *testing.T) {
	for _, tt := range []struct {
		source string
		want   []string
		reason string
	}{
		{`import "time"; var x, _ = time.Parse("2006", "2026")`, nil, "the calendar is no clock"},
		{`import "time"; var x = time.Now()`, []string{"Now"}, "a call"},
		{`import "time"; var x = time.Now`, []string{"Now"}, "the function as a value"},
		{`import "time"; func f() { time.Sleep(1); <-time.After(1) }`, []string{"Sleep", "After"}, "waiting"},
		{`import when "time"; var x = when.Since(y)`, []string{"Since"}, "another name"},
		{`import . "time"; var x = Now()`, []string{"."}, "no name"},
		{`import "x/time"; var y = time.Now()`, nil, "another package"},
	} {
		if got := clockUses(t, "x.go", "package x; "+tt.source); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.reason, got, tt.want)
		}
	}
}
