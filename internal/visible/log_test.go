package visible

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"testing"
	"testing/iotest"

	"iamctl/internal/visible/visibletest"
)

// logged returns s as a LogWriter passes it on.
func logged(s string, spell Spelling) string {
	var b bytes.Buffer
	if _, err := io.WriteString(NewLogWriter(&b, spell), s); err != nil {
		panic(err) // a buffer takes all
	}
	return b.String()
}

func TestLogWriter(t *testing.T) {
	for _, c := range []struct{ in, want, reason string }{
		{"role ##vso[task.setvariable variable=PATH]/x\n", `role ##vso\u{5B}task.setvariable variable=PATH]/x` + "\n", "Azure Pipelines, anywhere in a line"},
		{"##[error]x", `##\u{5B}error]x`, "its colours, and GitHub's older form"},
		{"###VSO[x", `###VSO\u{5B}x`, "more of #, capitals"},
		{"##teamcity[x", `##teamcity\u{5B}x`, "TeamCity"},
		{"::error title=x::y", `:\u{3A}error title=x::y`, "GitHub, at the start"},
		{"a\n \t::stop-commands::tok\n", "a\n \t" + `:\u{3A}stop-commands::tok` + "\n", "of a later line, after blanks"},
		{"a\n\u00a0\u3000::x", "a\n\u00a0\u3000" + `:\u{3A}x`, "after blanks that are not ASCII"},
		{"a\r::x", "a\r" + `:\u{3A}x`, "after a carriage return"},
		{"\x1b[1m::x\x1b[0m", "\x1b[1m" + `:\u{3A}x` + "\x1b[0m", "after a colour"},
		{"##\x1b[31m[x", "##\x1b[31m" + `\u{5B}x`, "a colour within"},
		{"## IAM roles\n### What [x](y)", "## IAM roles\n### What [x](y)", "Markdown's headings stay"},
		{"arn:aws:iam::123456789012:role/a", "arn:aws:iam::123456789012:role/a", "an ARN stays"},
		{"x ::error::y", "x ::error::y", "no start of a line"},
		{": :x", ": :x", "no two colons"},
		{"#[x] # #[x]", "#[x] # #[x]", "no two of #"},
		{`##vso\u{5B}x` + "\n" + `:\u{3A}x`, `##vso\u{5B}x` + "\n" + `:\u{3A}x`, "what was broken before"},
	} {
		if got := logged(c.in, InText); got != c.want {
			t.Errorf("%s: %q becomes %q, want %q", c.reason, c.in, got, c.want)
		}
		var b bytes.Buffer
		if _, err := io.Copy(NewLogWriter(&b, InText), iotest.OneByteReader(bytes.NewReader([]byte(c.in)))); err != nil || b.String() != c.want {
			t.Errorf("%s: byte by byte %q becomes %q, %v; want %q", c.reason, c.in, b.String(), err, c.want)
		}
	}
	if got, want := logged("<b>##vso[x</b>\n ::y", InHTML), "<b>##vso&#91;x</b>\n :&#58;y"; got != want {
		t.Errorf("in HTML: %q, want %q", got, want)
	}
}

// TestLogWriterFails: a failure of what is below is one of the LogWriter.
func TestLogWriterFails(t *testing.T) {
	w := NewLogWriter(iotest.TruncateWriter(failing{}, 1), InText)
	if n, err := io.WriteString(w, "abc"); n != 0 || !errors.Is(err, errFull) {
		t.Errorf("%d, %v", n, err)
	}
}

var errFull = errors.New("full")

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errFull }

var command = regexp.MustCompile(`##[A-Za-z]*\[|(?m)^[\s\p{Z}]*::`)

// FuzzLogWriter: no command is left, the text can be had back, and breaking it
// again changes nothing.
func FuzzLogWriter(f *testing.F) {
	for _, s := range append(hostile, "##vso[x]\n::y::z", "a\n\u3000::x", "##[x", `##\u{5B}`, "::", ":::", "\x1b[1m::x", `\::x`) {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		text := Escape(s)
		got := logged(text, InText)
		if command.MatchString(got) {
			t.Errorf("%q: a command in %q", s, got)
		}
		if back := visibletest.Unescape(got); back != s {
			t.Errorf("%q becomes %q, which is %q again", s, got, back)
		}
		if again := logged(got, InText); again != got {
			t.Errorf("%q becomes %q the second time", got, again)
		}
		if json := AppendJSON(nil, s); logged(string(json), InText) != string(json) {
			t.Errorf("JSON is changed: %s", json)
		}
	})
}
