package format

import (
	"io"
	"slices"

	"iamctl/report/findings"
	"iamctl/report/html"
	"iamctl/report/sarif"
	"iamctl/result/audited"
)

// AuditNames returns the names of the formats of an audit.
func AuditNames() []string {
	return []string{"text", "json", "markdown", "html", "sarif", "junit", "csv"}
}

// IsAudit reports whether an audit has a format of the name.
func IsAudit(name string) bool { return slices.Contains(AuditNames(), name) }

// AuditOptions say how an audit is to look. Each format takes what concerns it.
type AuditOptions struct {
	Text  findings.TextOptions
	SARIF sarif.AuditOptions
}

// RenderAudit writes an audit in a format for which IsAudit holds. The same Audit makes the same bytes.
func RenderAudit(name string, w io.Writer, a *audited.Audit, o AuditOptions) error {
	switch name {
	case "json":
		return a.Write(w)
	case "markdown":
		return findings.Markdown(w, a)
	case "html":
		return html.WriteAudit(w, a)
	case "sarif":
		return sarif.WriteAudit(w, a, o.SARIF)
	case "junit":
		return findings.JUnit(w, a)
	case "csv":
		return findings.CSV(w, a)
	}
	return findings.Text(w, a, o.Text)
}
