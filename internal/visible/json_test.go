package visible

import (
	"encoding/json"
	"testing"
	"unicode/utf8"

	"iamctl/internal/visible/visibletest"
)

func TestAppendJSON(t *testing.T) {
	for _, c := range []struct{ in, want, reason string }{
		{"s3:Get*", `"s3:Get*"`, "plain"},
		{"a\"b\\c\n\r\t", `"a\"b\\c\n\r\t"`, "short escapes"},
		{"\x00\x1b\x7f\u009b", `"\u0000\u001b\u007f\u009b"`, "control characters, C1 too"},
		{"\u202e\u2028\ufeff", `"\u202e\u2028\ufeff"`, "format characters and separators"},
		{"<script>&", `"\u003cscript\u003e\u0026"`, "nothing for a browser"},
		{"\U000E0041x", `"\udb40\udc41x"`, "above the first plane"},
		{"Grüße 開発 👍 \ufffd", "\"Grüße 開発 👍 \ufffd\"", "text"},
		{"##vso[x", `"##vso\u005bx"`, "a command to a CI"},
		{"[# ## [x]", `"[# ## [x]"`, "brackets otherwise"},
		{"a\xffb", `"a\\x{FF}b"`, "not UTF-8"},
	} {
		if got := string(AppendJSON(nil, c.in)); got != c.want {
			t.Errorf("%s: JSON of %q = %s, want %s", c.reason, c.in, got, c.want)
		}
	}
}

func TestEscapeJSON(t *testing.T) {
	for _, c := range []struct{ in, want, reason string }{
		{"{\n  \"a\": [1, \"é<&>\"]\n}", "{\n  \"a\": [1, \"é<&>\"]\n}", "white space, letters and HTML stay"},
		{`["##[x", "##vso[y"]`, `["##\u005bx", "##vso\u005by"]`, "commands to a CI"},
		{"\"\x7f\u009b\u202e\"", `"\u007f\u009b\u202e"`, "characters that move or turn"},
		{"\"\U000E0041\u0601\"", `"\udb40\udc41\u0601"`, "invisible ones"},
	} {
		if got := string(EscapeJSON([]byte("x"), []byte(c.in))); got != "x"+c.want {
			t.Errorf("%s: EscapeJSON(x, %q) = %s, want x%s", c.reason, c.in, got, c.want)
		}
	}
}

func FuzzAppendJSON(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		b := AppendJSON(nil, s)
		visibletest.Check(t, string(b))
		var got string
		if err := json.Unmarshal(b, &got); err != nil {
			t.Fatalf("%q: %s: %v", s, b, err)
		}
		if utf8.ValidString(s) && got != s {
			t.Errorf("%q: %s reads back as %q", s, b, got)
		}
	})
}

func FuzzEscapeJSON(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		text, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		b := EscapeJSON(nil, text)
		visibletest.Check(t, string(b))
		var want, got string
		if err := json.Unmarshal(b, &got); err != nil {
			t.Fatalf("%q: %s: %v", s, b, err)
		}
		if err := json.Unmarshal(text, &want); err != nil || got != want {
			t.Errorf("%q: %s reads back as %q", s, b, got)
		}
	})
}
