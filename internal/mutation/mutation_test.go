package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const source = `package p

func inside(a, b, c int) bool {
	for a < 0 {
		a++
	}
	if a >= b && a < c || c == 0 {
		return true
	}
	switch {
	case a == 7:
		return len(s(a)) > 2
	}
	f := func() (int, error) { return 1, nil }
	_, err := f()
	return err == nil
}

func s(a int) string {
	if a == 0 {
		return ""
	}
	return "a"
}
`

func TestFind(t *testing.T) {
	want := []string{
		"4: negate a < 0 => !(a < 0)",
		"4: a < 0 with <= => a <= 0",
		"7: negate a >= b && a < c || c == 0 => !(a >= b && a < c || c == 0)",
		"7: drop a >= b && a < c from a >= b && a < c || c == 0 => (false && (a >= b && a < c))",
		"7: drop c == 0 from a >= b && a < c || c == 0 => (false && (c == 0))",
		"7: drop a >= b from a >= b && a < c => (true || (a >= b))",
		"7: drop a < c from a >= b && a < c => (true || (a < c))",
		"7: a >= b with > => a > b",
		"7: a < c with <= => a <= c",
		"8: return !(true) for true => !(true)",
		"11: negate a == 7 => !(a == 7)",
		"12: return !(len(s(a)) > 2) for len(s(a)) > 2 => !(len(s(a)) > 2)",
		"12: len(s(a)) > 2 with >= => len(s(a)) >= 2",
		"14: return 1 + 1 for 1 => 1 + 1",
		"16: return !(err == nil) for err == nil => !(err == nil)",
		"20: negate a == 0 => !(a == 0)",
		`21: return "" + "?" for "" => "" + "?"`,
		`23: return "a" + "?" for "a" => "a" + "?"`,
	}
	found, err := find("p.go", []byte(source))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range found {
		_, line, _ := strings.Cut(m.place(), ":")
		got = append(got, line+": "+m.change+" => "+m.text)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestRun breaks a module of its own, of which the test sees one bound.
func TestRun(t *testing.T) {
	if testing.Short() {
		t.Skip("left out: it builds a module again and again")
	}
	module := t.TempDir()
	for name, text := range map[string]string{
		"go.mod":    "module p\n",
		"p.go":      "package p\n\nfunc small(n int) bool { return n < 10 }\n",
		"p_test.go": "package p\n\nimport \"testing\"\n\nfunc TestSmall(t *testing.T) {\n\tif !small(1) {\n\t\tt.Fail()\n\t}\n}\n",
	} {
		if err := os.WriteFile(filepath.Join(module, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(module)
	var out bytes.Buffer
	if err := run(&tester{dir: t.TempDir(), seed: 1, timeout: time.Minute}, 9, []string{"."}, &out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"p.go:3 | return !(n < 10) for n < 10 | ", ": TestSmall\n", "p.go:3 | n < 10 with <= | SURVIVED\n",
		"seed 1: 2 of 2 mutants drawn, 1 killed, 1 survived\n",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in:\n%s", want, out.String())
		}
	}
}
