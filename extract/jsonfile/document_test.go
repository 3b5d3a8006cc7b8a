package jsonfile

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"iamctl/extract"
	"iamctl/extract/jsonfile/jsonfiletest"
	"iamctl/internal/visible"
	"iamctl/inventory"

	exp "github.com/go-json-experiment/json"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestObjectForm(t *testing.T) {
	for _, tt := range []struct{ in, want, reason string }{
		{`{"b":1,"a":{"d":2,"c":3}}`, `{"a":{"c":3,"d":2},"b":1}`, "keys are sorted at every depth"},
		{`{"Statement":{"Action":["b","a"],"x":["b","a"]}}`, `{"Statement":{"Action":["a","b"],"x":["b","a"]}}`, "a set is sorted, an unknown list is not"},
		{`{"statement":[{"RESOURCE":["b","a","a"]}]}`, `{"statement":[{"RESOURCE":["a","a","b"]}]}`, "letter case aside, nothing is dropped"},
		{`{"Statement":[{"Action":["b",1,"a"]}]}`, `{"Statement":[{"Action":["b",1,"a"]}]}`, "a list of more than strings stays"},
		{`{"Statement":[{"Sid":"b"},{"Sid":"a"}]}`, `{"Statement":[{"Sid":"b"},{"Sid":"a"}]}`, "statements keep their order"},
		{`{"Statement":{"NotPrincipal":{"AWS":["b","a"]},"Principal":["b","a"]}}`, `{"Statement":{"NotPrincipal":{"AWS":["a","b"]},"Principal":["a","b"]}}`, "principals"},
		{`{"Statement":{"Condition":{"StringLike":{"k":["b","a"]}}}}`, `{"Statement":{"Condition":{"StringLike":{"k":["a","b"]}}}}`, "condition values"},
		{`{"Action":["b","a"]}`, `{"Action":["b","a"]}`, "outside a statement it is no set"},
		{`{"Statement":{"Resource":["\u0062","a"]}}`, `{"Statement":{"Resource":["a","\u0062"]}}`, "by what the strings mean"},
		{`{"a":[1.0,-0,1E400,12345678901234567890]}`, `{"a":[1.0,-0,1E400,12345678901234567890]}`, "numbers stay as they are written"},
		{` {} `, `{}`, "blanks"},
		{`{"a":1,"\u0061":2}`, "", "a key twice"},
		{`{"a":"\ud800"}`, "", "half a character"},
		{"{\"a\":\"\xff\"}", "", "not UTF-8"},
		{`{} {}`, "", "two objects"},
		{`{}x`, "", "more after it"},
		{`[]`, "", "no object"},
		{``, "", "nothing"},
		{`{"a":` + strings.Repeat("[", 1001) + strings.Repeat("]", 1001) + `}`, "", "deeper than libraries like"},
		{`{"a":` + strings.Repeat("[", 500) + strings.Repeat("]", 500) + `}`, `{"a":` + strings.Repeat("[", 500) + strings.Repeat("]", 500) + `}`, "deep, but not too deep"},
	} {
		got, ok := objectForm(tt.in)
		if string(got) != tt.want || ok != (tt.want != "") {
			t.Errorf("objectForm(%.80q) = %.80q, %v; want %.80q: %s", tt.in, got, ok, tt.want, tt.reason)
		}
	}
}

// A document that is written and read is the same: its text is unchanged, or
// it means the same with lists of strings in any order, and written again it
// is the same file.
func TestDocumentSurvives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := inventory.Document(jsonfiletest.Documents().Draw(t, "document"))
		file, err := Encode(Document(in))
		if err != nil {
			t.Fatal(err)
		}
		var out Document
		if err := Decode("x", file, &out); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		again, err := Encode(out)
		if err != nil || string(again) != string(file) {
			t.Fatalf("written again it is\n%s, %v, not\n%s", again, err, file)
		}
		if _, ok := objectForm(string(in)); !ok {
			if inventory.Document(out) != in {
				t.Fatalf("%q came back as %q", in, out)
			}
			return
		}
		if d := cmp.Diff(sortedLists(t, string(in)), sortedLists(t, string(out))); d != "" {
			t.Fatalf("%s came back as %s\n%s", in, out, d)
		}
	})
}

// sortedLists returns a JSON value with its lists of strings sorted.
func sortedLists(t *rapid.T, s string) any {
	dec := json.NewDecoder(strings.NewReader(s))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		t.Fatal(err)
	}
	return inOrder(v)
}

func inOrder(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k := range v {
			v[k] = inOrder(v[k])
		}
	case []any:
		for i := range v {
			v[i] = inOrder(v[i])
		}
		slices.SortStableFunc(v, func(a, b any) int {
			x, okx := a.(string)
			y, oky := b.(string)
			if okx && oky {
				return strings.Compare(x, y)
			}
			return 0
		})
	}
	return v
}

func TestStringFormIsUndone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := string(rapid.SliceOf(rapid.OneOf(rapid.Byte(), rapid.SampledFrom([]byte("{}+%2B \t\"")))).Draw(t, "text"))
		if got, err := extract.DecodeDocument(stringForm(s)); err != nil || string(got) != s {
			t.Fatalf("%q came back as %q, %v", s, got, err)
		}
	})
}

func TestTextSurvives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := Text(rapid.OneOf(rapid.String(), rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) })).Draw(t, "text"))
		file, err := Encode(in)
		if err != nil {
			t.Fatal(err)
		}
		var out Text
		if err := exp.Unmarshal(file, &out); err != nil || out != in {
			t.Fatalf("%q became %s and then %q, %v", in, file, out, err)
		}
		for _, r := range string(file) {
			if visible.Hidden(r) && r != '\n' {
				t.Fatalf("%q holds %q", file, r)
			}
		}
	})
}

func TestHiddenCharactersAreEscaped(t *testing.T) {
	for _, tt := range []struct{ in, want, reason string }{
		{"Grüße, <b> & 👍", `"Grüße, <b> & 👍"`, "text stays"},
		{"a\x7f\u009b\u202eb", `"a\u007f\u009b\u202eb"`, "what a terminal obeys"},
		{"a\u0601\u2065b", `"a\u0601\u2065b"`, "what nobody sees"},
		{"a\U000E0041b", `"a\udb40\udc41b"`, "a tag, beyond the first plane"},
	} {
		file, err := Encode(Text(tt.in))
		if err != nil || string(file) != tt.want+"\n" {
			t.Errorf("%s: %q is written as %s, %v, want %s", tt.reason, tt.in, file, err, tt.want)
		}
	}
}
