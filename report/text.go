package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/fatih/color"
	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"iamctl/diff"
	"iamctl/inventory"
	"iamctl/normalize"
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
// Lines lines of it, and how much more there is), what was masked, what is in
// the dark, what was not compared, and where the files are.
func Text(w io.Writer, c *diff.Changes, o TextOptions) error {
	t := newTextWriter(w, c, o)
	t.accounts()
	t.table()
	t.differences()
	t.masked()
	t.gaps()
	t.remarks()
	t.result()
	return t.out.Flush()
}

// textWriter writes to out, which keeps the first error until Flush.
type textWriter struct {
	out *bufio.Writer
	c   *diff.Changes
	o   TextOptions
	n   diff.Counts

	onlyA, onlyB, changed, strong, alarm *color.Color
}

func newTextWriter(w io.Writer, c *diff.Changes, o TextOptions) *textWriter {
	t := &textWriter{out: bufio.NewWriter(w), c: c, o: o, n: c.Counts()}
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

// line writes a line. Its arguments must be escaped.
func (t *textWriter) line(format string, args ...any) {
	fmt.Fprintf(t.out, format+"\n", args...)
}

func (t *textWriter) tag(side int) string { return clip(t.c.Account(side).Tag, clipTag) }

func (t *textWriter) accounts() {
	for side := range 2 {
		a := t.c.Account(side)
		parts := []string{"source " + clip(a.Source, clipLine)}
		if a.Flat.ID != "" {
			parts = append(parts, "account "+clip(a.Flat.ID, clipTag))
		}
		if a.Flat.Alias != "" {
			parts = append(parts, "alias "+clip(a.Flat.Alias, clipLine))
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
	for _, m := range metrics {
		v := m.of(&t.n)
		w.AppendRow(table.Row{m.title, v[0], v[1]})
	}
	t.line("%s", w.Render())
}

// masked says how many items are equal only by rewriting that might hide
// something, and by which values.
func (t *textWriter) masked() {
	type why struct{ value, reason string }
	count := map[why]int{}
	var order []why
	total := 0
	for i := range t.c.Common {
		for _, m := range t.c.Common[i].Masked {
			k := why{m.Value, m.Reason}
			if count[k] == 0 {
				order = append(order, k)
			}
			count[k]++
			total++
		}
	}
	if total == 0 {
		return
	}
	t.line("\n%s", t.changed.Sprintf("Masked: %s equal after rewriting, but may hide a difference (masked_items.csv):",
		plural(total, "item is", "items are")))
	for i, k := range order {
		if i == fewLines {
			t.line("  ... and %s", plural(len(order)-i, "more value", "more values"))
			break
		}
		t.line("  %s: %s: %s", plural(count[k], "item", "items"), clip(k.value, clipLine), clip(k.reason, clipLine))
	}
}

func (t *textWriter) gaps() {
	gaps := t.c.Gaps
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
		t.line("  %s", GapText(g))
	}
}

// GapText tells a gap in one line, escaped.
func GapText(g inventory.Gap) string {
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
	return fmt.Sprintf("%s%s: %s", clip(strings.Join(what, " "), clipLine), note, clip(g.Reason, clipLine))
}

// remarks says what else the reader must know.
func (t *textWriter) remarks() {
	t.line("")
	for i, n := range t.c.Notes {
		if i == fewLines {
			t.line("Note: ... and %d more: see diff.json", len(t.c.Notes)-i)
			break
		}
		t.line("Note: %s", clip(n, clipLine))
	}
	if len(t.c.Ignored) > 0 {
		t.line("Ignored on request: %s", kindList(t.c.Ignored))
	}
	t.line("Out of scope: %s", strings.Join(outOfScope, ", "))
}

func kindList(kinds []normalize.Kind) string {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = Escape(string(k))
	}
	return strings.Join(names, ", ")
}

// result says where the files are and, in the last line, how it ended.
func (t *textWriter) result() {
	folder := "beside this one"
	if t.o.Folder != "" {
		folder = Escape(t.o.Folder)
	}
	t.line("Files: %s", folder)
	var parts []string
	if t.c.Incomplete() {
		parts = append(parts, t.alarm.Sprintf("incomplete, %s", plural(len(t.c.Gaps), "gap", "gaps")))
	}
	switch {
	case t.c.Drift():
		parts = append(parts, t.alarm.Sprintf("drift: %s, %s only in %s, %s only in %s",
			plural(t.n.CommonRolesWithDifferences[0], "common role differs", "common roles differ"),
			plural(len(t.c.OnlyA), "role", "roles"), t.tag(0), plural(len(t.c.OnlyB), "role", "roles"), t.tag(1)))
	case t.c.Incomplete():
		parts = append(parts, "no difference in what was compared")
	default:
		parts = append(parts, t.onlyB.Sprint("in sync"))
	}
	t.line("Result: %s", strings.Join(parts, "; "))
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
