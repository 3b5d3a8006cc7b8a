package findings

import (
	"fmt"
	"io"
	"strings"

	"iamctl/internal/visible"
	"iamctl/report"
	"iamctl/result"
	"iamctl/result/audited"
)

// markdownLimit is how many bytes a report may have: GitHub takes 65,536 characters in a
// comment.
const markdownLimit = 60_000

// Markdown writes a report that fits into a comment on a pull request: how the audit
// ended, what could not be read, then the findings, the worst first. What does not fit
// is counted.
func Markdown(w io.Writer, a *audited.Audit) error {
	var b strings.Builder
	fmt.Fprintf(&b, "## IAM audit: %s\n\n", Ending(a))
	accounts, left := named(a, false)
	for _, of := range accounts {
		fmt.Fprintf(&b, "- %s\n", report.SpanOf(strings.TrimSpace(of.Tag+" "+of.ID), result.LineLimit))
	}
	if left > 0 {
		fmt.Fprintf(&b, "- and %d more\n", left)
	}
	if len(a.Gaps) > 0 {
		b.WriteString("\nNot seen:\n\n")
		for i, g := range report.GapGroups(a.Gaps) {
			if i == gapLines {
				b.WriteString("- and more\n")
				break
			}
			fmt.Fprintf(&b, "- %s\n", g.Text(report.SpanOf))
		}
	}
	open := a.Open()
	for i, g := range overview(open) {
		if i == 0 {
			b.WriteString("\n| severity | findings | rule | what it looks for |\n|---|---|---|---|\n")
		}
		fmt.Fprintf(&b, "| %s | %d | %s | %s |\n", g.severity, g.total, report.SpanOf(g.rule, result.TagLimit), report.SpanOf(title(a, g.rule), result.LineLimit))
	}
	n := 0
	for f, more := range shown(a, false) {
		text := markdownOf(a, f)
		if more > 0 {
			text += fmt.Sprintf("\nAnd %d more of %s.\n", more, report.SpanOf(f.Rule, result.TagLimit))
		}
		if b.Len()+len(text) > markdownLimit {
			fmt.Fprintf(&b, "\n%s left out here.\n", result.Count(len(open)-n, "finding is", "findings are"))
			break
		}
		b.WriteString(text)
		n += 1 + more
	}
	markdownSections(&b, a)
	_, err := io.WriteString(visible.NewLogWriter(w, visible.InText), b.String())
	return err
}

// gapLines is how many gaps a report names.
const gapLines = 20

func markdownOf(a *audited.Audit, f *audited.Finding) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n**%s** %s: %s%s", f.Severity, report.SpanOf(f.Rule, result.TagLimit), f.Kind(), report.SpanOf(f.Entity, result.LineLimit))
	if len(a.Accounts) > 1 {
		b.WriteString(" in " + report.SpanOf(f.Tag, result.TagLimit))
	}
	b.WriteString(Where(report.SpanOf, &f.Finding))
	if age := Age(f); age != "" {
		fmt.Fprintf(&b, " (**%s**)", age)
	}
	fmt.Fprintf(&b, "\n\n- %s\n", report.SpanOf(f.Message, longLimit))
	if f.Unknown != "" {
		fmt.Fprintf(&b, "- undecided: %s\n", report.SpanOf(f.Unknown, longLimit))
	}
	if f.Witness != nil {
		fmt.Fprintf(&b, "- e.g. %s\n", report.SpanOf(RequestText(f.Witness), longLimit))
	}
	for _, step := range report.FindingSteps(&f.Finding) {
		fmt.Fprintf(&b, "- then %s\n", report.SpanOf(step, longLimit))
	}
	for _, line := range commands(f) {
		fmt.Fprintf(&b, "- mend: %s\n", report.SpanOf(line, 10*longLimit)) // with what is escaped
	}
	fmt.Fprintf(&b, "- waive: %s\n", report.SpanOf(report.ShortFingerprint(f.Fingerprint), result.LineLimit))
	return b.String()
}

// markdownSections writes what else there is to say, as far as there is room.
func markdownSections(b *strings.Builder, a *audited.Audit) {
	for _, s := range Sections(report.SpanOf, a) {
		if b.Len()+len(s.Title) > markdownLimit {
			fmt.Fprintf(b, "\nWhat waivers accept and what is gone is left out here.\n")
			return
		}
		fmt.Fprintf(b, "\n### %s\n\n", s.Title)
		for i, line := range s.Lines {
			if b.Len()+len(line) > markdownLimit {
				s.Left += len(s.Lines) - i
				break
			}
			fmt.Fprintf(b, "- %s\n", line)
		}
		if s.Left > 0 {
			fmt.Fprintf(b, "- and %d more\n", s.Left)
		}
	}
}
