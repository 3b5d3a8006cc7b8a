package matrix

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/fatih/color"

	"iamctl/report"
	"iamctl/result"
	"iamctl/result/matrix"
	"iamctl/verdict"
	"iamctl/verdict/severity"
)

// TextOptions say how a text is to look.
type TextOptions struct {
	// Color asks for terminal colours.
	Color bool
	// Width is the terminal's in columns, between whose words lines are broken; 0 breaks
	// none.
	Width int
}

// Text writes a matrix for a terminal: how it ended, then the roles that differ, the worst
// first, with the accounts of each form, then what could not be read.
func Text(w io.Writer, m *matrix.Matrix, o TextOptions) error {
	out := bufio.NewWriter(w)
	t := &text{out, m, o}
	t.ending()
	for _, r := range m.Ranked() {
		t.role(r)
	}
	t.aws()
	t.gaps()
	return out.Flush()
}

type text struct {
	w io.Writer
	m *matrix.Matrix
	o TextOptions
}

func (t *text) line(format string, args ...any) { fmt.Fprintf(t.w, format+"\n", args...) }

func (t *text) ending() {
	ranked := t.m.Ranked()
	of := fmt.Sprintf("%s of %s", result.Count(len(t.m.Roles), "role", "roles"), result.Count(len(t.m.Accounts), "account", "accounts"))
	switch {
	case t.m.Incomplete:
		t.line("%s", report.Paint(t.o.Color, color.FgRed, color.Bold).Sprintf("incomplete: a part could not be read; of %s %d differ", of, len(ranked)))
	case len(ranked) == 0 && t.m.Drift:
		t.line("%s", report.Paint(t.o.Color, color.FgYellow).Sprintf("drift: of %s none differs but in policies that AWS changed", of))
	case len(ranked) > 0:
		t.line("%s", report.Paint(t.o.Color, report.ColorOf(ranked[0].Severity())...).Sprintf("drift: of %s %d differ", of, len(ranked)))
	default:
		t.line("%s", report.Paint(t.o.Color, color.FgGreen).Sprintf("in sync: %s", of))
	}
}

// levelWidth is how wide the column of severities is.
const levelWidth = len(severity.Critical) + 2

func (t *text) role(r *matrix.Role) {
	name := report.Paint(t.o.Color, color.Bold).Sprint(report.Clip(r.Name, result.LineLimit))
	t.line("")
	t.line("%-*s%s: %s", levelWidth, "", name, reference(&r.Forms[0]))
	for i := range r.Forms[1:] {
		t.form(&r.Forms[i+1])
	}
}

// reference says what the outliers are held against.
func reference(f *matrix.Form) string {
	if f.Absent {
		return "not in " + result.Count(len(f.Accounts), "account", "accounts")
	}
	return "the same in " + result.Count(len(f.Accounts), "account", "accounts")
}

func (t *text) form(f *matrix.Form) {
	d := f.Difference
	level := report.Paint(t.o.Color, report.ColorOf(d.Severity)...).Sprintf("%-*s", levelWidth, d.Severity)
	what := report.Clip(verb(d)+d.What, result.LineLimit)
	t.line("%s%s", level, report.Wrap("in "+t.accounts(f.Accounts)+": "+what, t.o.Width, levelWidth))
}

// verb says what a verdict means.
func verb(d *matrix.Difference) string {
	if d.Kind != matrix.Differs {
		return ""
	}
	switch d.Verdict {
	case verdict.More:
		return "allows more: "
	case verdict.Less:
		return "allows less: "
	case verdict.Different:
		return "allows other things: "
	case verdict.Unknown:
		return "undecided: "
	}
	return ""
}

// named is how many accounts a line names.
const named = 8

func (t *text) accounts(list []int) string {
	var tags []string
	for _, a := range list[:min(len(list), named)] {
		tags = append(tags, report.Clip(t.m.Accounts[a].Tag, result.TagLimit))
	}
	out := strings.Join(tags, ", ")
	if more := len(list) - named; more > 0 {
		out += fmt.Sprintf(" and %d more", more)
	}
	return out
}

// aws says which policies of AWS's accounts have in several versions.
func (t *text) aws() {
	for i, x := range t.m.AWSChanges {
		if i == 0 {
			t.line("")
		}
		t.line("%-*sAWS changed %s: it is %s in %s, %s elsewhere", levelWidth, "", report.Clip(x.Policy, result.LineLimit),
			report.Clip(x.Versions[1], result.TagLimit), t.accounts(x.Accounts), report.Clip(x.Versions[0], result.TagLimit))
	}
}

func (t *text) gaps() {
	if len(t.m.Gaps) == 0 {
		return
	}
	t.line("")
	t.line("could not be read or compared:")
	for _, g := range t.m.Gaps {
		what := strings.TrimSpace(g.Entity + " " + g.Name)
		t.line("  %s: %s: %s", report.Clip(g.Account, result.TagLimit), report.Clip(what, result.LineLimit), report.Clip(g.Reason, result.LineLimit))
	}
}
