package jsonplace

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
	"pgregory.net/rapid"
)

func TestKindName(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"{}", "an object"},
		{"[1]", "a list"},
		{`"x"`, "a string"},
		{"-1", "a number"},
		{"0", "a number"},
		{"91", "a number"},
		{"true", "true or false"},
		{"false", "true or false"},
		{"null", "null"},
	} {
		if got := KindName(jsontext.Kind(tt.text[0])); got != tt.want {
			t.Errorf("%s by its first byte is %q, want %q", tt.text, got, tt.want)
		}
		if got := KindName(jsontext.Value(tt.text).Kind()); got != tt.want {
			t.Errorf("%s by its kind is %q, want %q", tt.text, got, tt.want)
		}
	}
	for _, k := range []jsontext.Kind{0, '}', ']', ':', '/', 'x', 0xE9} {
		if got := KindName(k); got != "" {
			t.Errorf("%q begins no value and is %q", rune(k), got)
		}
	}
}

func TestUnquote(t *testing.T) {
	for _, tt := range []struct{ raw, want, reason string }{
		{`""`, "", "an empty string"},
		{`"a b"`, "a b", "no escape"},
		{`"\u0041\n\"\\"`, "A\n\"\\", "escapes"},
		{`"\ud83d\ude00"`, "\U0001F600", "a surrogate pair"},
		{`"é"`, "é", "characters of several bytes"},
	} {
		if got := Unquote(tt.raw); got != tt.want {
			t.Errorf("%s: %s is %q, want %q", tt.reason, tt.raw, got, tt.want)
		}
	}
}

func TestOf(t *testing.T) {
	const text = "a\nüb\n\nc"
	for _, tt := range []struct {
		offset       int
		line, column int
		reason       string
	}{
		{0, 1, 1, "the first byte"},
		{1, 1, 2, "a line feed is on the line that it ends"},
		{2, 2, 1, "behind it is the next line"},
		{4, 2, 2, "a character of two bytes is one column"},
		{6, 3, 1, "an empty line"},
		{7, 4, 1, "the last character"},
		{8, 4, 2, "the end"},
		{99, 4, 2, "beyond the end"},
		{-1, 1, 1, "before the beginning"},
	} {
		if got := Of(text, tt.offset); got != (Position{tt.line, tt.column}) {
			t.Errorf("%s: byte %d is at %v, want line %d, column %d", tt.reason, tt.offset, got, tt.line, tt.column)
		}
	}
}

func TestSkipBetween(t *testing.T) {
	for _, tt := range []struct {
		text     string
		at, want int
		reason   string
	}{
		{`{"a" :` + "\t\r\n" + ` 1}`, 4, 10, "a colon and blanks"},
		{`[1, 2]`, 2, 4, "a comma"},
		{`[1]`, 1, 1, "the value itself"},
		{"1 \n", 1, 3, "nothing follows"},
		{"\x00", 0, 0, "a byte of zero is neither"},
	} {
		if got := SkipBetween(tt.text, tt.at); got != tt.want {
			t.Errorf("%s: from byte %d of %q to %d, want %d", tt.reason, tt.at, tt.text, got, tt.want)
		}
	}
}

// TestIndexLaw asks an index for many positions of a text, in any order, and
// counts in its own way.
func TestIndexLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Repeat(rapid.StringMatching(`[a\né🙂]{1,40}`).Draw(t, "text"), rapid.IntRange(1, 60).Draw(t, "times"))
		x, bytes := NewIndex(text), NewIndex([]byte(text))
		for range rapid.IntRange(1, 5).Draw(t, "questions") {
			at := rapid.IntRange(-1, len(text)+1).Draw(t, "offset")
			for at > 0 && at < len(text) && !utf8.RuneStart(text[at]) {
				at--
			}
			before := text[:min(max(at, 0), len(text))]
			want := Position{
				Line:   1 + strings.Count(before, "\n"),
				Column: 1 + utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:]),
			}
			if got := x.At(at); got != want || bytes.At(at) != want || Of(text, at) != want {
				t.Fatalf("byte %d of %q is at %v, want %v", at, text, got, want)
			}
		}
	})
}

// TestTooDeep: neither the reason nor the place of a fault is as long as the text is deep.
func TestTooDeep(t *testing.T) {
	text := strings.Repeat(`{"a":`, 20_000)
	_, err := jsontext.NewDecoder(strings.NewReader(text)).ReadValue()
	if reason := SyntaxReason(err).Error(); !strings.HasPrefix(reason, "values are nested more than 10,000 deep") || len(reason) > 200 {
		t.Errorf("the reason is %.300s", reason)
	}
	if got := Pointer(jsontext.Pointer(strings.Repeat("/a", 10_000))); len(got) > 130 || !strings.HasSuffix(got, "/a/...") {
		t.Errorf("the place is %.300s", got)
	}
	if got := Pointer("/a/b"); got != "/a/b" {
		t.Errorf("/a/b is %s", got)
	}
}

// TestUnicode: what is Unicode is what the JSON library takes for a value.
func TestUnicode(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`"([a-zé🙂]|\\ud83d|\\ude00|\\u0041|\\n|!)*"`).Draw(t, "text")
		v := jsontext.Value(strings.ReplaceAll(text, "!", rapid.SampledFrom([]string{"\xff", "\xc3", "!"}).Draw(t, "byte")))
		if Unicode(v) != v.IsValid() {
			t.Fatalf("%q: %v", v, Unicode(v))
		}
	})
}
