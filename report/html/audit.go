package html

import (
	"bytes"
	"html/template"
	"io"
	"strings"

	"iamctl/internal/visible"
	"iamctl/report"
	"iamctl/report/findings"
	"iamctl/result"
	"iamctl/result/audited"
	"iamctl/result/found"
)

// findingLimit is how many findings a page shows.
const findingLimit = 5_000

// auditPage is an audit as its template sees it.
type auditPage struct{ *audited.Audit }

// WriteAudit writes an audit as a page, the worst first.
func WriteAudit(w io.Writer, a *audited.Audit) error {
	var b bytes.Buffer
	if err := templates.ExecuteTemplate(&b, "audit", auditPage{a}); err != nil {
		return err
	}
	_, err := visible.NewLogWriter(w, visible.InHTML).Write(b.Bytes())
	return err
}

// Style is the page's style sheet.
func (p auditPage) Style() template.CSS { return template.CSS(style) }

// Policy is the page's Content-Security-Policy.
func (p auditPage) Policy() string {
	return "default-src 'none'; style-src " + digest(style) + "; base-uri 'none'; form-action 'none'"
}

// Ending is how the audit ended.
func (p auditPage) Ending() string { return findings.Ending(p.Audit) }

// Shown are the findings that are shown, and Left how many are not.
func (p auditPage) Shown() []*audited.Finding {
	open := p.Open()
	return open[:min(len(open), findingLimit)]
}
func (p auditPage) Left() int { return max(0, len(p.Open())-findingLimit) }

// Sections are what there is to say besides.
func (p auditPage) Sections() []findings.Section { return findings.Sections(result.Whole, p.Audit) }

// Age says of a finding whether it is new, and Waive by what it can be accepted.
func (p auditPage) Age(f *audited.Finding) string { return findings.Age(f) }

func (p auditPage) Waive(f *audited.Finding) string { return report.ShortFingerprint(f.Fingerprint) }

// Where is the document and the statement of a finding.
func (p auditPage) Where(f *audited.Finding) string { return findings.Where(result.Whole, &f.Finding) }

// Request is a witness in a line, and Commands are those that mend a finding.
func (p auditPage) Request(r *found.Request) string { return findings.RequestText(r) }

// Further are the requests of the further steps of a finding.
func (p auditPage) Further(f *audited.Finding) []string { return report.FindingSteps(&f.Finding) }

func (p auditPage) Commands(f *audited.Finding) []string { return commandLines(f.Fix) }

// commandLines are commands, a line each.
func commandLines(fix string) []string {
	return strings.FieldsFunc(fix, func(r rune) bool { return r == '\n' })
}

// NotSeen is what could not be read.
func (p auditPage) NotSeen() []string {
	var out []string
	for _, g := range report.GapGroups(p.Gaps) {
		out = append(out, g.Text(result.Whole))
	}
	return out
}
