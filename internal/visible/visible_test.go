package visible

import (
	"testing"
	"unicode"
	"unicode/utf8"

	"iamctl/internal/visible/visibletest"
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
		if got := string(Append([]byte("x"), c.in)); got != "x"+c.want {
			t.Errorf("%s: Append(x, %q) = %q, want %q", c.reason, c.in, got, "x"+c.want)
		}
	}
}

func TestHidden(t *testing.T) {
	for _, c := range []struct {
		r      rune
		want   bool
		reason string
	}{
		{'\n', true, "a line feed"},
		{0x7F, true, "DEL"},
		{0x9B, true, "C1"},
		{0xAD, true, "a soft hyphen"},
		{0x601, true, "a format character of a script"},
		{0x61C, true, "a mark of the writing direction"},
		{0x180E, true, "a separator that nobody sees"},
		{0x2028, true, "a line separator"},
		{0x2065, true, "reserved among the invisible"},
		{0xFEFF, true, "a byte order mark"},
		{0xE0041, true, "a tag, which repeats ASCII invisibly"},
		{' ', false, "a blank"},
		{0xA0, false, "a no-break space takes its room"},
		{'é', false, "a letter"},
		{0x200A, false, "a thin space"},
		{utf8.RuneError, false, "the replacement character"},
	} {
		if got := Hidden(c.r); got != c.want {
			t.Errorf("%s: Hidden(%U) = %t", c.reason, c.r, got)
		}
	}
}

// TestEveryRune holds the rule against Unicode's categories.
func TestEveryRune(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		want := r == 0x2065 || unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp)
		if got := Hidden(r); got != want {
			t.Errorf("Hidden(%U) = %t, want %t", r, got, want)
		}
		s := string(r)
		if got := Escape(s) != s; utf8.ValidRune(r) && got != want {
			t.Errorf("Escape(%U) = %q", r, Escape(s))
		}
	}
}

var hostile = []string{
	"", "app1", `a"b`, "\"", "\\", "\\.", "\\u{1B}", "\\\\u{1B}", "\\\x1b", "\\\\\x1b", "\x1b]0;title\x07", "\x9b", "\xff\xfe", "\u009b",
	"\u202e", "\ufeff=1", `{"StringEquals":{"a":["\u0000"]}}`, "</script><script>alert(1)</script>", "a\nb", "\u2028", "\ufffd",
	"\\x{FF}\xff", "\U000E0041", "\u0601",
}

func FuzzEscape(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Escape(s)
		visibletest.Check(t, got)
		if back := visibletest.Unescape(got); back != s {
			t.Errorf("Escape(%q) = %q, which is %q again", s, got, back)
		}
		if Plain(s) && got != s {
			t.Errorf("%q is plain and becomes %q", s, got)
		}
	})
}
