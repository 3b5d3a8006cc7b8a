package report

import (
	"encoding/csv"
	"encoding/json"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestEscape(t *testing.T) {
	for _, c := range []struct{ in, want, reason string }{
		{"app1_dev", "app1_dev", "plain text stays"},
		{"Grüße 開発 👍", "Grüße 開発 👍", "letters of any script and pictures stay"},
		{"a\nb\r\tc", `a\u{A}b\u{D}\u{9}c`, "a row stays one line"},
		{"\x1b[31mred\x1b[0m", `\u{1B}[31mred\u{1B}[0m`, "no colour or title is set on the terminal"},
		{"\x00\x07\x7f", `\u{0}\u{7}\u{7F}`, "C0 and DEL"},
		{"a\u009b31mb", `a\u{9B}31mb`, "C1: the one-character form of the escape sequence"},
		{"user\u202etxt.exe\u202c", `user\u{202E}txt.exe\u{202C}`, "bidi override"},
		{"\u2066a\u2069", `\u{2066}a\u{2069}`, "bidi isolate"},
		{"ad\u200bmin\ufeff", `ad\u{200B}min\u{FEFF}`, "characters that nobody sees"},
		{"a\u2028b", `a\u{2028}b`, "a line separator is a new line to some"},
		{"a\xffb\xc3", `a\x{FF}b\x{C3}`, "bytes that are not UTF-8"},
		{"a\ufffdb", "a\ufffdb", "the replacement character itself is text"},
		{`{"a":"\"x\\y"}`, `{"a":"\"x\\y"}`, "backslashes of JSON stay"},
		{`\u{1B}`, `\\u{1B}`, "text that reads like an escape"},
		{`\\x{FF}`, `\\\\x{FF}`, "and with more backslashes"},
		{"\\\x1b", `\\\u{1B}`, "a backslash before an escape"},
		{`\u{}`, `\u{}`, "no escape: no digits"},
		{`\u{1b}`, `\u{1b}`, "no escape: lower case"},
		{`\u{1234567}`, `\u{1234567}`, "no escape: too long"},
	} {
		if got := Escape(c.in); got != c.want {
			t.Errorf("%s: Escape(%q) = %q, want %q", c.reason, c.in, got, c.want)
		}
	}
}

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

func TestJSONString(t *testing.T) {
	for _, c := range []struct{ in, want, reason string }{
		{"s3:Get*", `"s3:Get*"`, "plain"},
		{"a\"b\\c\n\r\t", `"a\"b\\c\n\r\t"`, "short escapes"},
		{"\x00\x1b\x7f\u009b", `"\u0000\u001b\u007f\u009b"`, "control characters, C1 too"},
		{"\u202e\u2028\ufeff", `"\u202e\u2028\ufeff"`, "format characters and separators"},
		{"<script>&", `"\u003cscript\u003e\u0026"`, "nothing for a browser"},
		{"\U000E0041x", `"\udb40\udc41x"`, "above the first plane"},
		{"Grüße 開発 👍 \ufffd", "\"Grüße 開発 👍 \ufffd\"", "text"},
		{"a\xffb", `"a\\x{FF}b"`, "not UTF-8"},
	} {
		if got := string(appendJSON(nil, c.in)); got != c.want {
			t.Errorf("%s: JSON of %q = %s, want %s", c.reason, c.in, got, c.want)
		}
	}
}

// unescape takes back Escape, by the rule in escape_visible.go.
func unescape(s string) string {
	var out []byte
	for len(s) > 0 {
		run := len(s) - len(strings.TrimLeft(s, `\`))
		n := escapeLength(s[run:])
		if run == 0 || n == 0 {
			out = append(out, s[:run]...)
			if s = s[run:]; s != "" {
				out, s = append(out, s[0]), s[1:]
			}
			continue
		}
		out = append(out, s[:run/2]...)
		if s = s[run:]; run%2 == 1 {
			v, err := strconv.ParseInt(s[2:n-1], 16, 32)
			if err != nil {
				panic(err)
			}
			if s[0] == 'x' {
				out = append(out, byte(v))
			} else {
				out = utf8.AppendRune(out, rune(v))
			}
			s = s[n:]
		} else {
			out, s = append(out, s[:n]...), s[n:]
		}
	}
	return string(out)
}

// unguard takes back the guard, by the rule in escape_csv.go.
func unguard(s string) string {
	if rest, ok := strings.CutPrefix(s, "'"); ok && isFormula(rest) {
		return rest
	}
	return s
}

var hostile = []string{
	"", "app1", "=1+1", "+1", "-1", "@a", "'=1", "''@", " =1", "\t=1", "\r\n=1", "\uff1d1", "a,b", `a"b`, "a;b", "\"", "\\", "\\.",
	"\\u{1B}", "\\\\u{1B}", "\\\x1b", "\\\\\x1b", "\x1b]0;title\x07", "\x9b", "\xff\xfe", "\u009b", "\u202e", "\ufeff=1",
	`{"StringEquals":{"a":["\u0000"]}}`, "</script><script>alert(1)</script>", "a\nb", "\u2028", "\ufffd", "'", "'a", "\\x{FF}\xff",
}

func FuzzCell(f *testing.F) {
	for _, s := range hostile {
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
		if got := unescape(unguard(cell)); got != s {
			t.Errorf("%q: cell %q reads back as %q", s, cell, got)
		}
		checkVisible(t, cell)
		if isFormula(cell) && !strings.HasPrefix(cell, "'") {
			t.Errorf("%q: the cell %q is a formula", s, cell)
		}
	})
}

func FuzzEscape(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Escape(s)
		checkVisible(t, got)
		if back := unescape(got); back != s {
			t.Errorf("Escape(%q) = %q, which is %q again", s, got, back)
		}
	})
}

func FuzzJSONString(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		b := appendJSON(nil, s)
		checkVisible(t, string(b))
		var got string
		if err := json.Unmarshal(b, &got); err != nil {
			t.Fatalf("%q: %s: %v", s, b, err)
		}
		if utf8.ValidString(s) && got != s {
			t.Errorf("%q: %s reads back as %q", s, b, got)
		}
	})
}

// checkVisible fails if a screen would act upon s or hide a part of it.
func checkVisible(t *testing.T, s string) {
	t.Helper()
	if !utf8.ValidString(s) {
		t.Errorf("%q is not UTF-8", s)
	}
	for _, r := range s {
		if unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp) {
			t.Errorf("%q holds %U", s, r)
		}
	}
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
		if diff := cmp.Diff(c.want, clip(c.in, c.limit)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.reason, diff)
		}
	}
}
