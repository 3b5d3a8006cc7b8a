package html

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"iamctl/report"
	"iamctl/result"
	"iamctl/result/resulttest"
)

// words are what a report begins with: a line for each finding, with blanks as one.
type words []string

func (w *words) add(parts ...string) {
	if last := len(parts) - 1; parts[last] != "" {
		parts[last] = "e.g. " + parts[last]
	}
	*w = append(*w, strings.Join(strings.Fields(strings.Join(parts, " ")), " "))
}

// wordsOfText are those of the text, on a screen where all of them fit.
func wordsOfText(t fatal, r *result.Result) words {
	var b bytes.Buffer
	if err := report.Text(&b, r, report.TextOptions{Width: 1 << 20, Lines: 100}); err != nil {
		t.Fatal(err)
	}
	head, _, _ := strings.Cut(b.String(), "\n\n")
	var w words
	for line := range strings.SplitSeq(head, "\n") {
		if level, _, ok := strings.Cut(line, " "); ok && isLevel(level) {
			w.add(line, "")
		}
	}
	return w
}

func isLevel(s string) bool {
	return strings.Contains(" critical high medium low none ", " "+s+" ")
}

// wordsOfMarkdown are those of Markdown's first table.
func wordsOfMarkdown(t fatal, r *result.Result) words {
	var b bytes.Buffer
	if err := report.Markdown(&b, r); err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(b.String(), "| Severity | Role | What | For example |\n| --- | --- | --- | --- |\n")
	table, _, _ = strings.Cut(table, "\n\n")
	var w words
	for row := range strings.SplitSeq(table, "\n") {
		cells := strings.Split(strings.TrimSuffix(strings.TrimPrefix(row, "| "), " |"), " | ")
		if len(cells) != 4 {
			continue
		}
		cells[0] = strings.Trim(cells[0], "*")
		for i := range cells[1:] {
			cells[1+i] = unspan(cells[1+i])
		}
		w.add(cells...)
	}
	return w
}

// unspan is the text of a code span in a table.
func unspan(s string) string {
	ticks := len(s) - len(strings.TrimLeft(s, "`"))
	if ticks == 0 {
		return s
	}
	return strings.ReplaceAll(s[ticks:len(s)-ticks], `\u{7C}`, "|")
}

// wordsOfPage are those of the page.
func wordsOfPage(t testing.TB, r *result.Result) words {
	var w words
	for e := range elements(parse(t, pageOf(t, r)).root) {
		if e.Data != "li" || attr(e.Parent, "class") != "worst" {
			continue
		}
		example := ""
		if list := all(e, "code"); len(list) > 0 {
			example = textOf(list[0])
		}
		w.add(textOf(all(e, "b")[0]), textOf(all(e, "a")[0]), textOf(all(e, "span")[0]), example)
	}
	return w
}

type fatal interface{ Fatal(args ...any) }

// sameWords compares what three formats begin with. Markdown cuts long texts.
func sameWords(t fatal, text, markdown, page words) {
	if d := cmp.Diff(text, page); d != "" {
		t.Fatal("the text and the page begin with (-text +page):\n" + d)
	}
	if len(text) != len(markdown) {
		t.Fatal("the text begins with", text, "Markdown with", markdown)
	}
	for i := range text {
		pattern := strings.ReplaceAll(regexp.QuoteMeta(markdown[i]), `\.\.\.`, `.*`)
		if !regexp.MustCompile("^" + pattern + "$").MatchString(text[i]) {
			t.Fatal("Markdown says", markdown[i], "and the text", text[i])
		}
	}
}

// TestFormatsBeginAlike: what text, Markdown and the page begin with is the same, word
// for word.
func TestFormatsBeginAlike(t *testing.T) {
	for _, c := range resulttest.Cases {
		changes, marks := c.Changes()
		r := resulttest.Reread(t, changes, marks)
		text := wordsOfText(t, r)
		sameWords(t, text, wordsOfMarkdown(t, r), wordsOfPage(t, r))
		if c.Name == "meant" && len(text) != report.FirstFindings || c.Name == "empty" && len(text) > 0 {
			t.Errorf("%s: begins with %q", c.Name, text)
		}
	}
}

// TestFormatsBeginAlikeLaw: the same of any Changes, waived or not, hostile or not.
func TestFormatsBeginAlikeLaw(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		r := resulttest.Result(resulttest.AnyChanges(rt))
		sameWords(rt, wordsOfText(rt, r), wordsOfMarkdown(rt, r), wordsOfPage(t, r))
	})
}
