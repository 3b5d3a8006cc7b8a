package findings

import (
	"io"
	"strings"

	"iamctl/report"
	"iamctl/report/junitxml"
	"iamctl/result"
	"iamctl/result/audited"
	"iamctl/result/found"
)

// JUnit writes test results in the XML of JUnit: a suite for each account with a case for
// each rule, failed where it found something that fails the run, and skipped where it
// found less than that; and a suite of gaps, each in error.
func JUnit(w io.Writer, a *audited.Audit) error {
	all := junitxml.Suites{Name: "iamctl audit"}
	for i := range a.Accounts {
		all.Add(suiteOf(a, &a.Accounts[i]))
	}
	if len(a.Gaps) > 0 {
		all.Add(gapSuite(a))
	}
	if s := waiverSuite(a); len(s.Cases) > 0 {
		all.Add(s)
	}
	return junitxml.Write(w, &all)
}

func suiteOf(a *audited.Audit, of *audited.Account) junitxml.Suite {
	s := junitxml.Suite{Name: strings.TrimSpace(report.XMLText(of.Tag, result.TagLimit) + " " + report.XMLText(of.ID, result.TagLimit))}
	for i := range a.Rules {
		s.Cases = append(s.Cases, caseOf(a, of.Tag, &a.Rules[i]))
	}
	return s
}

// caseLines is how many findings a case names.
const caseLines = 100

func caseOf(a *audited.Audit, tag string, r *found.Rule) junitxml.Case {
	c := junitxml.Case{Name: report.XMLText(r.ID+" "+r.Title, result.LineLimit), ClassName: class(tag)}
	n, fails := 0, false
	var lines, waived []string
	for i := range a.Findings {
		f := &a.Findings[i]
		switch {
		case f.Tag != tag || f.Rule != r.ID:
		case f.Waiver != nil:
			waived = append(waived, report.WaiverText(report.XMLText, &a.Waivers[*f.Waiver]))
		default:
			if n++; n <= caseLines {
				lines = append(lines, lineOf(f))
			}
			fails = fails || f.Fails()
		}
	}
	if n > caseLines {
		lines = append(lines, "... and "+result.Count(n-caseLines, "more finding", "more findings"))
	}
	switch {
	case fails:
		c.Failure = &junitxml.Fault{Message: result.Count(n, "finding", "findings") + ": " + lines[0], Type: "finding", Text: strings.Join(lines, "\n")}
	case n > 0:
		c.Skipped = &junitxml.Skip{Message: result.Count(n, "finding that does", "findings that do") + " not fail the run: " + lines[0]}
	case len(waived) > 0:
		c.Skipped = &junitxml.Skip{Message: "waived: " + waived[0]}
	}
	return c
}

// lineOf returns a finding in a line.
func lineOf(f *audited.Finding) string {
	out := string(f.Severity) + ": "
	if age := Age(f); age != "" {
		out = age + ", " + out
	}
	out += f.Kind() + report.XMLText(f.Entity, result.LineLimit) + Where(report.XMLText, &f.Finding) + ": " + report.XMLText(f.Message, longLimit)
	if f.Witness != nil {
		out += "; e.g. " + report.XMLText(RequestText(f.Witness), longLimit)
	}
	for _, step := range report.FindingSteps(&f.Finding) {
		out += "; then " + report.XMLText(step, longLimit)
	}
	return out
}

// waiverSuite has the waivers that need attention, skipped.
func waiverSuite(a *audited.Audit) junitxml.Suite {
	s := junitxml.Suite{Name: "waivers"}
	for i := range a.Waivers {
		if w := &a.Waivers[i]; w.State != result.WaiverUsed {
			s.Cases = append(s.Cases, junitxml.Case{
				Name: report.XMLText(w.Fingerprint+w.Role, result.LineLimit), ClassName: class("waivers"),
				Skipped: &junitxml.Skip{Message: w.State + ": " + report.WaiverText(report.XMLText, w) + report.SuccessorText(report.XMLText, w)},
			})
		}
	}
	return s
}

func class(tag string) string { return "iamctl.audit." + report.FileSafe(tag) }

func gapSuite(a *audited.Audit) junitxml.Suite {
	s := junitxml.Suite{Name: "gaps"}
	for i := range a.Gaps {
		g := &a.Gaps[i]
		text := report.GapText(report.XMLText, g)
		s.Cases = append(s.Cases, junitxml.Case{Name: text, ClassName: class(g.Account), Error: &junitxml.Fault{Message: report.XMLText(g.Reason, result.LineLimit), Type: "gap", Text: text}})
	}
	return s
}
