// Package findings renders the outcome of an audit.
package findings

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/fatih/color"

	"iamctl/internal/visible"
	"iamctl/report"
	"iamctl/result"
	"iamctl/result/audited"
	"iamctl/verdict/severity"
)

// TextOptions say how a text is to look.
type TextOptions struct {
	// Color asks for terminal colours.
	Color bool
	// Width is the terminal's in columns, between whose words lines are broken; 0 breaks
	// none.
	Width int
	// Full asks for every finding, however many there are of one rule.
	Full bool
}

// Text writes an audit for a terminal: how it ended, then the findings, the worst first,
// each with its proof and what would mend it, then what could not be read, what waivers
// accept and what is gone.
func Text(w io.Writer, a *audited.Audit, o TextOptions) error {
	out := bufio.NewWriter(w)
	t := &text{w: out, a: a, o: o}
	t.ending()
	t.findings()
	t.gaps()
	t.sections()
	return out.Flush()
}

// findings writes an overview, if they are many, and then each.
func (t *text) findings() {
	for i, g := range overview(t.a.Open()) {
		if i == 0 {
			t.line("")
		}
		level := t.paint(report.ColorOf(g.severity)...).Sprintf("%-*s", levelWidth, g.severity)
		t.line("%s  %6d  %s", level, g.total, report.Wrap(report.Clip(g.rule, result.TagLimit)+": "+report.Clip(title(t.a, g.rule), result.LineLimit), t.o.Width, levelWidth+10))
	}
	for f, more := range shown(t.a, t.o.Full) {
		t.finding(f)
		if more > 0 {
			t.line("\n%-*s  and %d more of %s (--full shows them, other formats have them)", levelWidth, "", more, report.Clip(f.Rule, result.TagLimit))
		}
	}
}

type text struct {
	w io.Writer
	a *audited.Audit
	o TextOptions
}

func (t *text) paint(a ...color.Attribute) *color.Color { return report.Paint(t.o.Color, a...) }

func (t *text) line(format string, args ...any) { fmt.Fprintf(t.w, format+"\n", args...) }

// ending says how the audit ended.
func (t *text) ending() {
	end := Ending(t.a)
	var names []string
	accounts, left := named(t.a, t.o.Full)
	for _, a := range accounts {
		names = append(names, strings.TrimSpace(report.Clip(a.Tag, result.TagLimit)+" "+report.Clip(a.ID, result.TagLimit)))
	}
	if left > 0 {
		names = append(names, fmt.Sprintf("and %d more", left))
	}
	line := t.paint(t.worst()...).Sprint(end)
	if of := strings.Join(names, "  "); report.Fits(end+"   "+of, t.o.Width, 0) {
		t.line("%s   %s", line, of)
	} else {
		t.line("%s\n%s", t.paint(t.worst()...).Sprint(report.Wrap(end, t.o.Width, 0)), report.Wrap(of, t.o.Width, 0))
	}
}

// worst returns the colour of the ending.
func (t *text) worst() []color.Attribute {
	open := t.a.Open()
	if len(open) == 0 {
		return []color.Attribute{color.FgGreen}
	}
	return report.ColorOf(open[0].Severity)
}

// levelWidth is how wide the column of severities is.
const levelWidth = len(severity.Critical)

func (t *text) finding(f *audited.Finding) {
	t.line("")
	head := fmt.Sprintf("%-*s", levelWidth, f.Severity)
	id, entity := report.Clip(f.Rule, result.TagLimit), report.Clip(f.Entity, result.LineLimit)
	what := f.Kind() + entity + t.place(f)
	if age := Age(f); age != "" {
		what += " [" + age + "]"
	}
	what = report.Wrap(what, t.o.Width, levelWidth+2+utf8.RuneCountInString(id)+2)
	what = strings.Replace(what, entity, t.paint(color.Bold).Sprint(entity), 1)
	t.line("%s  %s  %s", t.paint(report.ColorOf(f.Severity)...).Sprint(head), id, what)
	t.more("", f.Message)
	if f.Unknown != "" {
		t.more("undecided", f.Unknown)
	}
	if f.Witness != nil {
		t.more("e.g.", RequestText(f.Witness))
	}
	for _, step := range report.FindingSteps(&f.Finding) {
		t.more("then", step)
	}
	t.fix(f)
	t.more("waive", report.ShortFingerprint(f.Fingerprint))
}

// fix writes the commands, none of them broken or cut, so that they can be copied.
func (t *text) fix(f *audited.Finding) {
	name := "mend"
	for _, line := range commands(f) {
		t.line("  %-*s %s", moreWidth, name, visible.Escape(line))
		name = ""
	}
}

// place names the account, if there are several, and the statement.
func (t *text) place(f *audited.Finding) string {
	var out string
	if len(t.a.Accounts) > 1 {
		out += " in " + report.Clip(f.Tag, result.TagLimit)
	}
	return out + Where(report.Clip, &f.Finding)
}

// longLimit is how many characters of a message or a command are shown.
const longLimit = 1200

// moreWidth is the width of the names before what is said of a finding.
const moreWidth = 9

func (t *text) more(name, what string) {
	t.line("  %-*s %s", moreWidth, name, report.Wrap(report.Clip(what, longLimit), t.o.Width, 2+moreWidth+1))
}

// sections writes what else there is to say.
func (t *text) sections() {
	for _, s := range Sections(report.Clip, t.a) {
		t.line("\n%s:", t.paint(color.Bold).Sprint(report.Wrap(strings.ToLower(s.Title[:1])+s.Title[1:], t.o.Width, 2)))
		for _, line := range s.Lines {
			t.line("  %s", report.Wrap(line, t.o.Width, 4))
		}
		if s.Left > 0 {
			t.line("  ... and %d more: JSON has them", s.Left)
		}
	}
}

func (t *text) gaps() {
	if len(t.a.Gaps) == 0 {
		return
	}
	t.line("\nnot seen:")
	for _, g := range report.GapGroups(t.a.Gaps) {
		t.line("  %s", report.Wrap(g.Text(report.Clip), t.o.Width, 2))
	}
}
