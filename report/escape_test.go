package report

import (
	"encoding/csv"
	"strings"
	"testing"

	"iamctl/internal/visible/visibletest"
	"iamctl/result/resulttest"

	"github.com/google/go-cmp/cmp"
)

func TestCell(t *testing.T) {
	for _, c := range []struct{ in, want, reason string }{
		{"", "", "nothing"},
		{"s3:Get*", "s3:Get*", "plain"},
		{"=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0", "formula"},
		{"+1", "'+1", "formula"},
		{"-1", "'-1", "formula"},
		{"@SUM(A1)", "'@SUM(A1)", "formula"},
		{"\uff1d1+1", "'\uff1d1+1", "full-width ="},
		{"\uff0b1", "'\uff0b1", "full-width +"},
		{"\uff0d1", "'\uff0d1", "full-width -"},
		{"\uff20A", "'\uff20A", "full-width @"},
		{" =1", `"' =1"`, "blanks are skipped by some; a cell that begins with a blank is quoted"},
		{"'=1", "''=1", "an apostrophe before a formula, so that the guard can be told from it"},
		{"''=1", "'''=1", "and two"},
		{"'a", "'a", "an apostrophe before anything else stays"},
		{"a=1", "a=1", "no formula inside"},
		{"\t=1", `\u{9}=1`, "tab is spelled out, and the cell begins with a backslash"},
		{"\r=1", `\u{D}=1`, "carriage return likewise"},
		{"a,b", `"a,b"`, "separator"},
		{"a;b", `"a;b"`, "the other separator"},
		{`say "x"`, `"say ""x"""`, "quotes"},
		{`="x",1`, `"'=""x"",1"`, "formula with quotes"},
		{`\.`, `"\."`, "end of data for COPY"},
		{"\u00a0=1", "\"'\u00a0=1\"", "no-break space"},
	} {
		if got := string(appendCell(nil, c.in)); got != c.want {
			t.Errorf("%s: cell of %q = %s, want %s", c.reason, c.in, got, c.want)
		}
	}
}

// unguard takes back the guard, by the rule in escape_csv.go.
func unguard(s string) string {
	if rest, ok := strings.CutPrefix(s, "'"); ok && isFormula(rest) {
		return rest
	}
	return s
}

func FuzzCell(f *testing.F) {
	for _, s := range resulttest.Hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		line := string(appendCell([]byte("a,"), s)) + ",b\n"
		r := csv.NewReader(strings.NewReader(line))
		row, err := r.Read()
		if err != nil || len(row) != 3 || row[0] != "a" || row[2] != "b" {
			t.Fatalf("%q: row %q reads as %q, %v", s, line, row, err)
		}
		cell := row[1]
		if got := visibletest.Unescape(unguard(cell)); got != s {
			t.Errorf("%q: cell %q reads back as %q", s, cell, got)
		}
		visibletest.Check(t, cell)
		if isFormula(cell) && !strings.HasPrefix(cell, "'") {
			t.Errorf("%q: the cell %q is a formula", s, cell)
		}
	})
}

func TestClip(t *testing.T) {
	for _, c := range []struct {
		in     string
		limit  int
		want   string
		reason string
	}{
		{"abc", 3, "abc", "fits"},
		{"abcd", 3, "abc...", "too long"},
		{"äöüß", 4, "äöüß", "characters count, not bytes"},
		{"äöüßx", 4, "äöüß...", "never half a character"},
		{strings.Repeat("x", 100), 4, "xxxx...", "far too long"},
		{"\x1b[31m", 4, `\u{1...`, "cut after escaping, so that no escape begins"},
	} {
		if diff := cmp.Diff(c.want, Clip(c.in, c.limit)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.reason, diff)
		}
	}
}
