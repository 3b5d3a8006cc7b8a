package equivalency_test

import (
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"iamctl/equivalency"
)

func TestBoundary(t *testing.T) {
	for _, tt := range []struct {
		reason        string
		before, after string
		want          bool
	}{
		{"the string's start", "", "d", true},
		{"the string's end", "d", "", true},
		{"a hyphen", "d", "-", true},
		{"after a slash", "/", "d", true},
		{"an underscore", "_", "d", true},
		{"letter to digit", "v", "1", true},
		{"digit to letter", "1", "v", true},
		{"a hump", "v", "B", true},
		{"inside a word", "d", "e", false},
		{"inside a number", "1", "2", false},
		{"inside capitals", "D", "E", false},
		{"a capital before small letters", "D", "e", false},
		{"letters of another script", "д", "е", false},
		{"a hump in another script", "д", "Е", true},
		{"letters without case", "開", "発", false},
		{"digits of another script", "d", "٣", true},
		{"two scripts' digits", "3", "٣", false},
		{"an accent belongs to its letter", "e", "\u0301", false},
		{"a vowel sign belongs to its letter", "क", "ी", false},
		{"a superscript is no digit", "x", "²", true},
		{"an emoji", "x", "🙂", true},
	} {
		if got := equivalency.Boundary(tt.before+tt.after, len(tt.before)); got != tt.want {
			t.Errorf("%s: Boundary(%q|%q) = %v", tt.reason, tt.before, tt.after, got)
		}
	}
	if !equivalency.Boundary("a\xffb", 1) || !equivalency.Boundary("a\xffb", 2) {
		t.Error("a byte that is no UTF-8 divides")
	}
}

// The rule in design.md's words.
func slowDivides(a, b rune) bool {
	letter := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) }
	neither := func(r rune) bool { return !letter(r) && !unicode.IsDigit(r) }
	return neither(a) || neither(b) || letter(a) != letter(b) ||
		unicode.IsLower(a) && (unicode.IsUpper(b) || unicode.IsTitle(b))
}

func TestBoundaryLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.StringMatching(`[a-bA-B0-1_\-é́ß発٣]{0,8}`), rapid.String()).Draw(t, "s")
		for i := 1; i < len(s); i++ {
			if !utf8.RuneStart(s[i]) {
				continue
			}
			a, _ := utf8.DecodeLastRuneInString(s[:i])
			b, _ := utf8.DecodeRuneInString(s[i:])
			if got, want := equivalency.Boundary(s, i), slowDivides(a, b); got != want {
				t.Fatalf("Boundary(%q, %d) = %v", s, i, got)
			}
		}
	})
}

func TestJoinsID(t *testing.T) {
	for _, tt := range []struct {
		before, placeholder, after string
		want                       bool
		reason                     string
	}{
		{"", "accountprefix1", "23456789012", true, "twelve digits with those after"},
		{"x12345678901", "2placeholder", "", true, "with those before"},
		{"1", "2345678901", "2x", true, "with both"},
		{"", "p1", "2345678901", false, "eleven digits"},
		{"", "p1", "234567890123", false, "thirteen"},
		{"", "p1", "x23456789012", false, "something between"},
		{"123456789012", "p", "123456789012", false, "ids beside a placeholder without digits"},
		{"-", "123456789012", "-", false, "the placeholder alone"},
	} {
		if got := equivalency.JoinsID(tt.before, tt.placeholder, tt.after); got != tt.want {
			t.Errorf("%s: %v", tt.reason, got)
		}
	}
}
