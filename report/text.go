package report

import (
	"bufio"
	"fmt"
	"io"
	"iter"
	"strings"

	"github.com/fatih/color"
	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"iamctl/diff"
	"iamctl/inventory"
)

// TextOptions says how text is to look.
type TextOptions struct {
	// Color asks for terminal colours.
	Color bool
	// Width is the terminal's in columns: a longer line counts as several.
	// 0 is no terminal.
	Width int
	// Lines is how many lines may be spent on what differs; 0 is no limit.
	Lines int
	// Folder is where the files are, "" if it is where the text is.
	Folder string
}

// Text writes the summary for a person: the figures, what differs (at most
// Lines lines of it, and how much more there is), what is waived and what is
// fixed, what was masked, what is in the dark, what was not compared, and
// where the files are. marks may be nil.
func Text(w io.Writer, c *diff.Changes, marks *Marks, o TextOptions) error {
	return writeText(w, viewOf(c, Meta{}, marks, tallyOf(c, marks)), o)
}

// RunText writes the same from a Run.
func RunText(w io.Writer, r *Run, o TextOptions) error { return writeText(w, r.view(), o) }

func writeText(w io.Writer, v *view, o TextOptions) error {
	t := newTextWriter(w, v, o)
	t.accounts()
	t.table()
	t.differences()
	t.waivers()
	t.fixed()
	t.masked()
	t.gaps()
	t.remarks()
	t.result()
	return t.out.Flush()
}

// textWriter writes to out, which keeps the first error until Flush.
type textWriter struct {
	out  *bufio.Writer
	v    *view
	o    TextOptions
	tags [2]string

	onlyA, onlyB, changed, strong, alarm *color.Color
}

func newTextWriter(w io.Writer, v *view, o TextOptions) *textWriter {
	t := &textWriter{out: bufio.NewWriter(w), v: v, o: o, tags: v.head.tags()}
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
	t.strong, t.alarm = paint(color.Bold), paint(color.Bold, color.FgRed)
	return t
}

// paint is the colour of a line with a sign.
func (t *textWriter) paint(sign byte) *color.Color {
	switch sign {
	case '-':
		return t.onlyA
	case '+':
		return t.onlyB
	}
	return t.changed
}

// line writes a line. Its arguments must be escaped.
func (t *textWriter) line(format string, args ...any) {
	fmt.Fprintf(t.out, format+"\n", args...)
}

func (t *textWriter) tag(side int) string { return clip(t.tags[side], clipTag) }

func (t *textWriter) accounts() {
	for side := range 2 {
		a := t.v.head.account(side)
		parts := []string{"source " + clip(a.Source, clipLine)}
		if a.ID != "" {
			parts = append(parts, "account "+clip(a.ID, clipTag))
		}
		if a.Alias != "" {
			parts = append(parts, "alias "+clip(a.Alias, clipLine))
		}
		t.line("%s: %s", t.strong.Sprint(t.tag(side)), strings.Join(parts, ", "))
	}
	t.line("")
}

// table writes the figures under the names that AWS's IAMCTL gives them.
func (t *textWriter) table() {
	w := table.NewWriter()
	w.SetStyle(table.StyleDefault)
	w.Style().Format.Header = text.FormatDefault
	w.SetColumnConfigs([]table.ColumnConfig{
		{Number: 2, Align: text.AlignRight, AlignHeader: text.AlignRight},
		{Number: 3, Align: text.AlignRight, AlignHeader: text.AlignRight},
	})
	w.AppendHeader(table.Row{"Metric", t.tag(0), t.tag(1)})
	for _, f := range allFigures() {
		if v, ok := t.v.head.Counts[f.member]; ok {
			w.AppendRow(table.Row{f.title, v.A, v.B})
		}
	}
	t.line("%s", w.Render())
}

// masking is a reason for which items are masked, and how many.
type masking struct {
	value, reason string
	items         int
}

// maskings gives the reasons in the order in which they come.
func maskings(masked iter.Seq2[string, string]) (list []masking, total int) {
	index := map[[2]string]int{}
	for value, reason := range masked {
		i, ok := index[[2]string{value, reason}]
		if !ok {
			i = len(list)
			index[[2]string{value, reason}] = i
			list = append(list, masking{value: value, reason: reason})
		}
		list[i].items++
		total++
	}
	return list, total
}

// masked says how many items are equal only by rewriting that might hide
// something, and by which values.
func (t *textWriter) masked() {
	list, total := maskings(t.v.masked)
	if total == 0 {
		return
	}
	t.line("\n%s", t.changed.Sprintf("Masked: %s equal after rewriting, but may hide a difference (masked_items.csv):",
		plural(total, "item is", "items are")))
	for i, m := range list {
		if i == fewLines {
			t.line("  ... and %s", plural(len(list)-i, "more value", "more values"))
			break
		}
		t.line("  %s: %s: %s", plural(m.items, "item", "items"), clip(m.value, clipLine), clip(m.reason, clipLine))
	}
}

func (t *textWriter) gaps() {
	gaps := t.v.head.Gaps
	if len(gaps) == 0 {
		return
	}
	t.line("\n%s", t.alarm.Sprintf("INCOMPLETE: %s could not be read, parsed or compared (gaps.csv):",
		plural(len(gaps), "thing", "things")))
	for i, g := range gaps {
		if i == fewLines {
			t.line("  ... and %d more: see gaps.csv", len(gaps)-i)
			return
		}
		t.line("  %s", gapText(clip, &g))
	}
}

// GapText tells a gap in one line, escaped.
func GapText(g inventory.Gap) string {
	r := runGap(g)
	return gapText(clip, &r)
}

func gapText(s show, g *RunGap) string {
	what := []string{g.Account + ":", g.Entity}
	for _, part := range []string{g.Name, g.PolicyType, g.PolicyName} {
		if part != "" {
			what = append(what, part)
		}
	}
	note := ""
	if g.Blind {
		note = " (not compared)"
	}
	return fmt.Sprintf("%s%s: %s", s(strings.Join(what, " "), clipLine), note, s(g.Reason, clipLine))
}

// remarks says what else the reader must know.
func (t *textWriter) remarks() {
	t.line("")
	h := t.v.head
	for i, n := range h.Notes {
		if i == fewLines {
			t.line("Note: ... and %d more: see diff.json", len(h.Notes)-i)
			break
		}
		t.line("Note: %s", clip(n, clipLine))
	}
	if len(h.Ignored) > 0 {
		t.line("Ignored on request: %s", clip(strings.Join(h.Ignored, ", "), clipLine))
	}
	t.line("Out of scope: %s", clip(strings.Join(h.OutOfScope, ", "), clipLine))
}

// result says where the files are and, in the last line, how it ended.
func (t *textWriter) result() {
	folder := "beside this one"
	if t.o.Folder != "" {
		folder = Escape(t.o.Folder)
	}
	t.line("Files: %s", folder)
	var parts []string
	for _, v := range t.v.verdict(clip) {
		switch v.kind {
		case verdictBad:
			v.text = t.alarm.Sprint(v.text)
		case verdictGood:
			v.text = t.onlyB.Sprint(v.text)
		}
		parts = append(parts, v.text)
	}
	t.line("Result: %s", strings.Join(parts, "; "))
}
