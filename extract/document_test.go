package extract

import (
	"net/url"
	"strings"
	"testing"

	"iamctl/extract/jsonfile/jsonfiletest"
	"iamctl/inventory"

	"github.com/go-json-experiment/json/jsontext"
	"pgregory.net/rapid"
)

func TestDecodeDocument(t *testing.T) {
	tests := []struct {
		in, want string
		fails    bool
		reason   string
	}{
		{in: `{"Sid":"50%"}`, want: `{"Sid":"50%"}`, reason: "a brace begins text that is not encoded"},
		{in: "\r\n\t {}", want: "\r\n\t {}", reason: "blanks before the brace"},
		{in: "\ufeff{\"Sid\":\"a%20b\"}", want: `{"Sid":"a%20b"}`, reason: "a byte order mark before the brace"},
		{in: "\ufeff \n{}", want: " \n{}", reason: "a mark, and blanks before the brace"},
		{in: "\ufeff%7B%7D", want: "{}", reason: "a mark before encoded text"},
		{in: "\ufeff%7B%2", want: "\ufeff%7B%2", fails: true, reason: "the text is kept as it was, with its mark"},
		{in: "%EF%BB%BF%7B%7D", want: "\ufeff{}", reason: "an encoded mark is part of the text"},
		{in: "%7B%22Sid%22%3A%22a+b%22%7D", want: `{"Sid":"a+b"}`, reason: "a plus is a plus"},
		{in: "%7B%22Sid%22%3A%20%22a%2Bb+c%22%7D", want: `{"Sid": "a+b+c"}`, reason: "blanks are %20 here"},
		{in: "%7B%22Sid%22%3A+%22a%22%7D", want: `{"Sid": "a"}`, reason: "JSON only with plus as a blank"},
		{in: "%7B%22Sid%22%3A%22a+b%2bc%22%7D", want: `{"Sid":"a b+c"}`, reason: "a true plus is %2B here"},
		{in: "%7B%22a%22%3A%22%252B+%22%7D", want: `{"a":"%2B+"}`, reason: "%252B is no encoded plus"},
		{in: "no+json", want: "no+json", reason: "no JSON either way: as RFC 3986 has it"},
		{in: "%7B%22a%22%3A%22%C3%BC%22%7D", want: `{"a":"ü"}`, reason: "UTF-8"},
		{in: "", want: "", reason: "nothing"},
		{in: "%7B%2", want: "%7B%2", fails: true, reason: "cut in an escape: the text is kept"},
		{in: "100% of", want: "100% of", fails: true, reason: "a bare percent sign"},
	}
	for _, tt := range tests {
		got, err := DecodeDocument(tt.in)
		if string(got) != tt.want || (err != nil) != tt.fails {
			t.Errorf("DecodeDocument(%q) = %q, %v; want %q, error %v: %s", tt.in, got, err, tt.want, tt.fails, tt.reason)
		}
	}
}

func TestDecodeDocumentUndoesTheEncoder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := "[" + rapid.String().Draw(t, "text")
		encoded := strings.ReplaceAll(url.QueryEscape(text), "+", "%20")
		if got, err := DecodeDocument(encoded); err != nil || got != inventory.Document(text) {
			t.Fatalf("%q came back as %q, %v", text, got, err)
		}
	})
}

func TestPolicyName(t *testing.T) {
	for arn, want := range map[string]string{
		"arn:aws:iam::aws:policy/service-role/X": "X",
		"arn:aws:iam::123456789012:policy/Y":     "Y",
		"Z":                                      "Z",
		"":                                       "",
	} {
		if got := PolicyName(arn); got != want {
			t.Errorf("PolicyName(%q) = %q, want %q", arn, got, want)
		}
	}
}

// TestCompact: what DocumentOf makes of an object is what the JSON library makes of it.
func TestCompact(t *testing.T) {
	for _, in := range []string{
		`{}`, " {\t\"a\" :\r\n[ 1 , -2.5e3, true,null ] } ", `{"a b\"  c\\":"  \\\" x\\","":{" ":""}}`, "{\"a\": \"\xff \" , \"b\":\"\u2028 \\ud800 \"}", `{"a" : 1, "a" : 2}`,
	} {
		holdCompact(t, in)
	}
	rapid.Check(t, func(t *rapid.T) { holdCompact(t, jsonfiletest.Documents().Draw(t, "document")) })
}

func holdCompact(t rapid.TB, in string) {
	dec := jsontext.NewDecoder(strings.NewReader(in), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	v, err := dec.ReadValue()
	if err != nil || v.Kind() != jsontext.KindBeginObject {
		return
	}
	got, err := DocumentOf(v)
	want := v.Clone()
	if err := want.Compact(); err != nil {
		t.Fatal(err)
	}
	if err != nil || string(got) != string(want) {
		t.Fatalf("%q is %q, %v, want %q", in, got, err, want)
	}
}
