package matrix

import (
	"fmt"
	"io"
	"strings"

	"iamctl/internal/visible"
	"iamctl/report"
	"iamctl/result"
	"iamctl/result/matrix"
)

const (
	// markdownLimit is how many bytes a report may have: GitHub takes 65,536 characters in a
	// comment.
	markdownLimit = 60_000
	// markdownFoot is how many of them are kept for what comes after the roles.
	markdownFoot = 10_000
	// markdownLines is how many lines of each thing it has after the roles, and prints how
	// many accounts of a form it has the fingerprints of.
	markdownLines = 20
	prints        = 3
)

// Markdown writes a report that fits into a comment on a pull request: how the comparison
// ended, then the roles that differ, the worst first, what could not be read, what waivers
// accept and what is gone. What does not fit is counted.
func Markdown(w io.Writer, m *matrix.Matrix) error {
	var b strings.Builder
	end := Ending(m)
	state, _, _ := strings.Cut(end, ":")
	fmt.Fprintf(&b, "## IAM roles of many accounts: %s\n\n%s.\n", state, strings.ToUpper(end[:1])+end[1:])
	if head := report.HeadText(report.SpanOf, &m.Meta); head != "" {
		fmt.Fprintf(&b, "\n%s\n", head)
	}
	ranked := m.Ranked()
	for i, r := range ranked {
		text := markdownRole(m, r)
		if b.Len()+len(text) > markdownLimit-markdownFoot {
			fmt.Fprintf(&b, "\n**Left out here for its length: %s.** outliers.csv has them; so has `iamctl report RUN_FOLDER --format html`.\n", result.Count(len(ranked)-i, "role", "roles"))
			break
		}
		b.WriteString(text)
	}
	for _, s := range Sections(report.SpanOf, m, SectionLines) {
		markdownSection(&b, s)
	}
	_, err := io.WriteString(visible.NewLogWriter(w, visible.InText), b.String())
	return err
}

func markdownRole(m *matrix.Matrix, r *matrix.Role) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n**%s** %s: %s\n\n", m.Severity(r), report.SpanOf(r.Name, result.LineLimit), reference(&r.Forms[0]))
	list, rest := openForms(m, r, brief)
	for _, f := range list {
		open := f.open
		fmt.Fprintf(&b, "- %s", formText(report.SpanOf, m, f, brief))
		if example := exampleOf(report.SpanOf, m, r, f); example != "" {
			fmt.Fprintf(&b, "; e.g. %s", example)
		}
		if len(open) <= prints {
			for n, i := range open {
				if n == 0 {
					b.WriteString("; waive:")
				}
				fmt.Fprintf(&b, " %s", report.SpanOf(report.ShortFingerprint(f.Outliers[i].Fingerprint), result.LineLimit))
			}
		}
		b.WriteString("\n")
	}
	if rest != nil {
		b.WriteString("- and other forms: outliers.csv has them\n")
	}
	return b.String()
}

// markdownSection writes a section as far as there is room.
func markdownSection(b *strings.Builder, s Section) {
	fmt.Fprintf(b, "\n### %s\n\n", s.Title)
	for i, line := range s.Lines {
		if i == markdownLines || b.Len()+len(line) > markdownLimit {
			s.Left += len(s.Lines) - i
			break
		}
		fmt.Fprintf(b, "- %s\n", line)
	}
	if s.Left > 0 {
		fmt.Fprintf(b, "- and %d more: %s has them\n", s.Left, matrix.FileName)
	}
}
