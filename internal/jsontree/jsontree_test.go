package jsontree_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"iamctl/internal/jsontree"
)

func open(t *testing.T, text string) *jsontree.File {
	t.Helper()
	f, err := jsontree.Open("f.json", []byte(text), jsontree.Words{File: "the list", Empty: "write {}"})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestOpenRefuses(t *testing.T) {
	for _, tt := range []struct{ reason, text, want string }{
		{"nothing", "\n", "f.json: the file is empty: write {}"},
		{"nothing behind a byte order mark", "\xef\xbb\xbf ", "f.json: the file is empty: write {}"},
		{"more after the end", "{}\n []", "f.json: line 2, column 3: there is more after the end of the list: remove it"},
		{"a bracket that is not closed", "{\"a\": [", "f.json: line 1, column 8: the file ends in the middle of a value: a bracket or quote is not closed"},
		{"a comment after a character of two bytes", "{\"é\": # x\n1}", "f.json: line 1, column 7: not valid JSON"},
		{"no UTF-8", "{\"a\": \"\xff\"}", "not valid JSON"},
		{"deeper than any file of ours", strings.Repeat("[", 100_000), "not valid JSON"},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			_, err := jsontree.Open("f.json", []byte(tt.text), jsontree.Words{File: "the list", Empty: "write {}"})
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
}

func TestMistakesComeInTheOrderOfTheFile(t *testing.T) {
	f := open(t, "{\n \"a\": 1,\n \"b\": 2, \"a\": 3\n}")
	if f.Err() != nil {
		t.Fatal(f.Err())
	}
	members := f.Distinct(f.Root)
	if len(members) != 2 {
		t.Errorf("%d distinct members", len(members))
	}
	f.Version(members[1].Value, 1)
	f.Unknown(members[0].At, "expiry", "a waiver", "fingerprint", "expires")
	f.Unknown(members[0].At, "x", "a waiver", "fingerprint", "expires")
	want := `f.json: line 2, column 2: a waiver has no "expiry": did you mean "expires"?
f.json: line 2, column 2: a waiver has no "x": it has fingerprint, expires
f.json: line 3, column 7: "version" is the number 2, and this iamctl reads version 1 only: write "version": 1
f.json: line 3, column 10: "a" stands here for the second time, first at line 2, column 2: JSON readers would take only one, so merge them`
	if diff := cmp.Diff(want, f.Err().Error()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestPositionLaw counts lines and columns one character after the other.
func TestPositionLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		body := rapid.StringMatching(`[ \né]{0,20}`).Draw(t, "body")
		// Only JSON's own blanks may be before the value.
		text := strings.ReplaceAll(body, "é", "\"é\",")
		text = "[" + text + "1]"
		f, err := jsontree.Open("f.json", []byte(text), jsontree.Words{})
		if err != nil {
			t.Fatal(err)
		}
		line, column := 1, 1
		for at, r := range text {
			if got := f.Position(at); got != (jsontree.Position{Line: line, Column: column}) {
				t.Fatalf("byte %d of %q is at %v, want line %d, column %d", at, text, got, line, column)
			}
			column++
			if r == '\n' {
				line, column = line+1, 1
			}
		}
		if got := f.Position(len(text) + 5); got.Line != line || got.Column != column {
			t.Fatalf("beyond the end is %v", got)
		}
	})
}

// TestQuoteLaw holds strings against another reader of JSON, and looks for
// what a terminal would act upon.
func TestQuoteLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.StringMatching("[a\u0085\u202e\u2028\u200b\\\\\"\U000e0001\x7f\x1b🙂]{0,6}")).Draw(t, "s")
		var w jsontree.Writer
		w.Quote(s)
		out := w.Bytes()
		var back string
		if err := json.Unmarshal(out, &back); err != nil {
			t.Fatalf("%q: %v", out, err)
		}
		if back != strings.ToValidUTF8(s, "\ufffd") {
			t.Fatalf("%q comes back as %q", s, back)
		}
		for _, r := range strings.TrimSuffix(string(out), "\n") {
			if r < ' ' || r == 0x7F || r > utf8.RuneSelf && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) {
				t.Fatalf("%q holds %U as it is", out, r)
			}
		}
	})
}

func TestWriter(t *testing.T) {
	var w jsontree.Writer
	w.Block("{}", func() {
		w.About("s.json", []string{"one", "two"})
		w.Key("version")
		w.Raw("1")
		w.Key("none")
		w.Block("[]", func() {})
		w.Key("one")
		w.Texts([]string{"x"})
		w.Key("two")
		w.Texts([]string{"x", "y"})
	})
	want := `{
  "$schema": "s.json",
  "$comment": [
    "one",
    "two"
  ],
  "version": 1,
  "none": [],
  "one": "x",
  "two": ["x", "y"]
}
`
	if diff := cmp.Diff(want, string(w.Bytes())); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// FuzzOpen checks that a file is refused or read as encoding/json reads it.
func FuzzOpen(f *testing.F) {
	f.Add([]byte(`{"a": [1, "x", null], "a": {"b": true}}`))
	f.Add([]byte("\xef\xbb\xbf[]"))
	f.Add([]byte(`"\ud83d\ude42 \ud83d"`))
	f.Fuzz(func(t *testing.T, text []byte) {
		file, err := jsontree.Open("f.json", text, jsontree.Words{})
		if err != nil {
			if !strings.HasPrefix(err.Error(), "f.json: ") {
				t.Fatalf("%v does not name the file", err)
			}
			return
		}
		if !json.Valid([]byte(strings.TrimPrefix(string(text), "\ufeff"))) {
			t.Errorf("%q is no JSON for encoding/json", text)
		}
		if at := file.Position(file.Root.At); at.Line < 1 || at.Column < 1 {
			t.Errorf("the root is at %v", at)
		}
	})
}
