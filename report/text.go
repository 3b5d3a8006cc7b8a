package report

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/fatih/color"
	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"iamctl/internal/visible"
	"iamctl/result"
)

// TextOptions say how text is to look.
type TextOptions struct {
	// Color asks for terminal colours.
	Color bool
	// Width is the terminal's in columns: a longer line counts as several.
	// 0 is no terminal.
	Width int
	// Lines is how many lines what differs may take. With 0 the text is whole:
	// no list in it is cut.
	Lines int
	// Folder is where the files are, "" for the folder of the text.
	Folder string
}

// Text writes the summary for a person: the worst in words, the figures, what differs (at most
// Lines lines of it, and how much more there is), what is waived and what is
// fixed, what was masked, what could not be compared, and where the files are.
// A Result that was read makes the same text as the one that was written, but
// for bytes that are not UTF-8: those are text in diff.json.
func Text(w io.Writer, r *result.Result, o TextOptions) error {
	t := newTextWriter(w, r, o)
	t.first()
	t.accounts()
	t.table()
	t.differences()
	t.audit()
	t.waivers()
	t.fixed()
	t.entries()
	t.masked()
	t.gaps()
	t.remarks()
	t.result()
	return t.out.Flush()
}

// textWriter writes to out, which keeps the first error until Flush.
type textWriter struct {
	out  *bufio.Writer
	r    *result.Result
	o    TextOptions
	tags [2]string
	// cut reports whether something of what differs was left out.
	cut bool

	onlyA, onlyB, changed, strong, dim, alarm *color.Color
}

func newTextWriter(w io.Writer, r *result.Result, o TextOptions) *textWriter {
	t := &textWriter{out: bufio.NewWriter(visible.NewLogWriter(w, visible.InText)), r: r, o: o, tags: r.Tags()}
	paint := func(attributes ...color.Attribute) *color.Color {
		p := color.New(attributes...)
		if o.Color {
			p.EnableColor()
		} else {
			p.DisableColor()
		}
		return p
	}
	t.onlyA, t.onlyB, t.changed = paint(color.FgRed), paint(color.FgGreen), paint(color.FgYellow)
	t.strong, t.dim, t.alarm = paint(color.Bold), paint(color.Faint), paint(color.Bold, color.FgRed)
	return t
}

// paint returns the colour of a line by its sign.
func (t *textWriter) paint(sign byte) *color.Color {
	switch sign {
	case '-':
		return t.onlyA
	case '+':
		return t.onlyB
	case sameSign[0]:
		return t.dim
	}
	return t.changed
}

// whole reports whether no list is to be cut.
func (t *textWriter) whole() bool { return t.o.Lines == 0 }

// few is how many lines a list may take, but that of what differs.
func (t *textWriter) few() int {
	if t.whole() {
		return math.MaxInt
	}
	return fewLines
}

// line writes a line. Its arguments must be escaped.
func (t *textWriter) line(format string, args ...any) {
	fmt.Fprintf(t.out, format+"\n", args...)
}

func (t *textWriter) tag(side int) string { return Clip(t.tags[side], result.TagLimit) }

func (t *textWriter) accounts() {
	if head := HeadText(Clip, &t.r.Meta); head != "" {
		t.line("%s", head)
	}
	for side := range 2 {
		a := t.r.Accounts.Of(side)
		parts := []string{"source " + Clip(a.Source, result.LineLimit)}
		if a.ID != "" {
			parts = append(parts, "account "+Clip(a.ID, result.TagLimit))
		}
		if a.Alias != "" {
			parts = append(parts, "alias "+Clip(a.Alias, result.LineLimit))
		}
		for _, part := range []string{AtCommit(Clip, a), ReadBy(Clip, a)} {
			if part != "" {
				parts = append(parts, part)
			}
		}
		t.line("%s: %s", t.strong.Sprint(t.tag(side)), strings.Join(parts, ", "))
	}
	t.line("")
}

// table writes the figures, by their names in AWS's IAMCTL.
func (t *textWriter) table() {
	w := table.NewWriter()
	w.SetStyle(table.StyleDefault)
	w.Style().Format.Header = text.FormatDefault
	w.SetColumnConfigs([]table.ColumnConfig{
		{Number: 2, Align: text.AlignRight, AlignHeader: text.AlignRight},
		{Number: 3, Align: text.AlignRight, AlignHeader: text.AlignRight},
	})
	w.AppendHeader(table.Row{"Metric", t.tag(0), t.tag(1)})
	for _, f := range t.r.Figures() {
		if f.Title != "" {
			w.AppendRow(table.Row{f.Title, f.A, f.B})
		}
	}
	t.line("%s", w.Render())
}

// result writes where the files are and, in the last line, how the run ended.
func (t *textWriter) result() {
	folder := "beside this one"
	if t.o.Folder != "" {
		folder = visible.Escape(t.o.Folder)
	}
	if hint := suggestHint(t.r); hint != "" {
		t.line("Hint: %s", hint)
	}
	if t.cut && !t.whole() {
		t.line("%s", t.strong.Sprint("Cut here: "+SummaryName+" has the whole text, and so has --full"))
	}
	t.line("Files: %s", folder)
	var parts []string
	for _, v := range outcome(t.r, Clip) {
		switch v.kind {
		case outcomeBad:
			v.text = t.alarm.Sprint(v.text)
		case outcomeGood:
			v.text = t.onlyB.Sprint(v.text)
		}
		parts = append(parts, v.text)
	}
	t.line("Result: %s", strings.Join(parts, "; "))
}
