package html

import (
	"bytes"
	"html/template"
	"io"

	"iamctl/internal/visible"
	"iamctl/report"
	told "iamctl/report/matrix"
	"iamctl/result"
	"iamctl/result/matrix"
)

// matrixRoles is how many roles the list of a page has.
const matrixRoles = 1_000

var (
	heatStyle  = style + "\n" + asset("heat.css")
	heatScript = asset("heat.js")
)

// matrixPage is a comparison of many accounts as its template sees it.
type matrixPage struct {
	*matrix.Matrix
	data template.JS
}

// WriteMatrix writes a comparison of many accounts as a page: a heat map of roles by
// accounts, and a list of the roles that differ, the worst first, for who has no script or
// prints it.
func WriteMatrix(w io.Writer, m *matrix.Matrix) error {
	data, err := heatOf(m).text()
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := templates.ExecuteTemplate(&b, "matrix", matrixPage{m, template.JS(data)}); err != nil {
		return err
	}
	_, err = visible.NewLogWriter(w, visible.InHTML).Write(b.Bytes())
	return err
}

// Style is the page's style sheet, Script its script, and Data what the script reads.
func (p matrixPage) Style() template.CSS { return template.CSS(heatStyle) }

func (p matrixPage) Script() template.JS { return template.JS(heatScript) }

func (p matrixPage) Data() template.JS { return p.data }

// Policy is the page's Content-Security-Policy.
func (p matrixPage) Policy() string {
	return "default-src 'none'; style-src " + digest(heatStyle) + "; script-src " + digest(heatScript) +
		"; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
}

// Ending is how the comparison ended, and Class how that looks.
func (p matrixPage) Ending() string { return told.Ending(p.Matrix) }

func (p matrixPage) Class() string {
	switch {
	case p.Incomplete:
		return "gap"
	case p.Drift:
		return "bad"
	}
	return "ok"
}

// Shown are the roles of the list, and Left how many are not in it.
func (p matrixPage) Shown() []*matrix.Role {
	all := p.Ranked()
	return all[:min(len(all), matrixRoles)]
}

func (p matrixPage) Left() int { return max(0, len(p.Ranked())-matrixRoles) }

// Level is how bad the worst difference of a role is, and Text what is different.
func (p matrixPage) Level(r *matrix.Role) string { return string(p.Severity(r)) }

func (p matrixPage) Text(r *matrix.Role) string { return told.RoleText(report.Clip, p.Matrix, r) }

// Sections are what there is to say besides.
func (p matrixPage) Sections() []told.Section {
	return told.Sections(report.Clip, p.Matrix, told.SectionLines)
}

// Held is what the roles are held against.
func (p matrixPage) Held() string {
	if p.Against != "" {
		return report.Clip(p.Against, result.TagLimit)
	}
	return "what most accounts have"
}

// Inputs are the files that had a part in the result.
func (p matrixPage) Inputs() []string {
	var out []string
	for _, in := range p.Meta.Files() {
		out = append(out, report.Clip(in.Kind, result.TagLimit)+": "+report.InputText(report.Clip, &in))
	}
	return out
}
