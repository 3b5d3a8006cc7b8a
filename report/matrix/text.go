package matrix

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/fatih/color"
	"github.com/jedib0t/go-pretty/v6/text"

	"iamctl/report"
	"iamctl/result"
	"iamctl/result/matrix"
	"iamctl/verdict/severity"
)

// TextOptions say how a text is to look.
type TextOptions struct {
	// Color asks for terminal colours.
	Color bool
	// Width is the terminal's in columns, between whose words lines are broken; 0 breaks
	// none.
	Width int
	// Lines is how many roles are listed, of which the worst five in full; 0 lists all in
	// full, with every form, every account, and all that there is to say besides.
	Lines int
}

// first is how many roles a text that is cut has in full.
const first = report.FirstFindings

// Text writes a matrix for a terminal: how it ended, then the roles that differ, the worst
// first, with the accounts of each form, then what could not be read, what waivers accept and
// what is gone.
func Text(w io.Writer, m *matrix.Matrix, o TextOptions) error {
	out := bufio.NewWriter(w)
	t := &writer{out, m, o}
	ranked := m.Ranked()
	t.ending(ranked)
	for i, r := range ranked {
		switch {
		case o.Lines == 0 || i < first:
			t.role(r)
		case i < o.Lines:
			if i == first {
				t.line("")
			}
			t.short(r)
		case i == o.Lines:
			t.line("\nand %d more: outliers.csv has them all", len(ranked)-i)
		}
	}
	most := SectionLines
	if o.Lines == 0 {
		most = 0
	}
	for _, s := range Sections(report.Clip, m, most) {
		t.section(s)
	}
	return out.Flush()
}

type writer struct {
	w io.Writer
	m *matrix.Matrix
	o TextOptions
}

func (t *writer) line(format string, args ...any) { fmt.Fprintf(t.w, format+"\n", args...) }

func (t *writer) paint(a ...color.Attribute) *color.Color { return report.Paint(t.o.Color, a...) }

func (t *writer) ending(ranked []*matrix.Role) {
	look := []color.Attribute{color.FgGreen}
	switch {
	case t.m.Incomplete:
		look = []color.Attribute{color.FgRed, color.Bold}
	case len(ranked) > 0:
		look = report.ColorOf(t.m.Severity(ranked[0]))
	case t.m.Drift:
		look = []color.Attribute{color.FgYellow}
	}
	t.line("%s", t.paint(look...).Sprint(report.Wrap(Ending(t.m), t.o.Width, 0)))
}

// levelWidth is how wide the column of severities is.
const levelWidth = len(severity.Critical) + 2

// together is how long what is different of a role may be to be one paragraph; of more each
// form has its own.
const together = 160

// role writes a role in full, with a request for each form that has one.
func (t *writer) role(r *matrix.Role) {
	of := t.limits()
	text, name := roleText(report.Clip, t.m, r, of), report.Clip(r.Name, result.LineLimit)
	list, rest := openForms(t.m, r, of)
	if apart := len(list)+len(rest) > 1 && utf8.RuneCountInString(text) > together; apart {
		t.line("\n%s", t.head(r, report.Wrap(name+": "+reference(&r.Forms[0]), t.o.Width, levelWidth)))
		for _, f := range list {
			t.indented(0, formText(report.Clip, t.m, f, of), 4)
			t.example(2, r, f)
		}
		for _, s := range rest {
			t.indented(0, s, 4)
		}
		return
	}
	t.line("\n%s", t.head(r, report.Wrap(name+": "+text, t.o.Width, levelWidth)))
	for _, f := range list {
		t.example(0, r, f)
	}
}

// limits returns how much of a role the text has: all in the whole.
func (t *writer) limits() limits {
	if t.o.Lines == 0 {
		return limits{}
	}
	return brief
}

func (t *writer) example(indent int, r *matrix.Role, f openForm) {
	if e := exampleOf(report.Clip, t.m, r, f); e != "" {
		t.indented(indent, "e.g. "+e, len("e.g. "))
	}
}

// indented writes a text below the name of a role, so many columns to the right of it, its
// further lines yet more.
func (t *writer) indented(indent int, text string, further int) {
	indent += levelWidth
	t.line("%*s%s", indent, "", report.Wrap(text, t.o.Width, indent+further))
}

// short writes a role in a line, of which the end is cut off that does not fit.
func (t *writer) short(r *matrix.Role) {
	line := report.Clip(r.Name, result.LineLimit) + ": " + shortText(report.Clip, t.m, r)
	if t.o.Width > 0 {
		line = text.Snip(line, max(t.o.Width-levelWidth, 1), "…")
	}
	t.line("%s", t.head(r, line))
}

// head returns the severity and the name of a role before a text that begins with the name.
func (t *writer) head(r *matrix.Role, line string) string {
	l := t.m.Severity(r)
	level := t.paint(report.ColorOf(l)...).Sprintf("%-*s", levelWidth, l)
	name := report.Clip(r.Name, result.LineLimit)
	if rest, ok := strings.CutPrefix(line, name); ok && utf8.RuneCountInString(name) > 0 {
		line = t.paint(color.Bold).Sprint(name) + rest
	}
	return level + line
}

func (t *writer) section(s Section) {
	t.line("\n%s:", t.paint(color.Bold).Sprint(report.Wrap(strings.ToLower(s.Title[:1])+s.Title[1:], t.o.Width, 2)))
	for _, line := range s.Lines {
		t.line("  %s", report.Wrap(line, t.o.Width, 4))
	}
	if s.Left > 0 {
		t.line("  ... and %d more: %s has them", s.Left, matrix.FileName)
	}
}
