package matrix

import (
	"io"
	"strings"

	"iamctl/report"
	"iamctl/report/junitxml"
	"iamctl/result"
	"iamctl/result/matrix"
)

// JUnit writes test results in the XML of JUnit: a case for each role, failed where it
// differs in a way that fails the run, and skipped where it differs in less than that; and
// suites of what AWS changed, of gaps, each in error, and of waivers that need attention.
func JUnit(w io.Writer, m *matrix.Matrix) error {
	all := junitxml.Suites{Name: "iamctl matrix"}
	outliers := map[*matrix.Role][]matrix.Found{}
	for f := range m.Outliers() {
		outliers[f.Role] = append(outliers[f.Role], f)
	}
	roles := junitxml.Suite{Name: "roles"}
	for i := range m.Roles {
		roles.Cases = append(roles.Cases, caseOf(m, &m.Roles[i], outliers[&m.Roles[i]]))
	}
	for _, s := range []junitxml.Suite{roles, awsSuite(m), gapSuite(m), waiverSuite(m)} {
		if len(s.Cases) > 0 {
			all.Add(s)
		}
	}
	return junitxml.Write(w, &all)
}

// caseLines is how many accounts a case names.
const caseLines = 100

func class(of string) string { return "iamctl.matrix." + of }

func caseOf(m *matrix.Matrix, r *matrix.Role, outliers []matrix.Found) junitxml.Case {
	c := junitxml.Case{Name: report.XMLText(r.Name, result.LineLimit), ClassName: class("roles")}
	n, fails, accepted := 0, false, ""
	var lines []string
	for i := range outliers {
		f := &outliers[i]
		switch {
		case f.Waiver != nil:
			accepted = report.WaiverText(report.XMLText, &m.Waivers[*f.Waiver])
		case m.Counted(f):
			if n++; n <= caseLines {
				lines = append(lines, lineOf(f))
			}
			fails = fails || m.Fails(f)
		}
	}
	if n > caseLines {
		lines = append(lines, "... and "+result.Count(n-caseLines, "more account", "more accounts")+": outliers.csv has them")
	}
	switch {
	case fails:
		c.Failure = &junitxml.Fault{Message: RoleText(report.XMLText, m, r), Type: string(m.Severity(r)), Text: strings.Join(lines, "\n")}
	case n > 0:
		c.Skipped = &junitxml.Skip{Message: "does not fail the run: " + RoleText(report.XMLText, m, r)}
	case accepted != "":
		c.Skipped = &junitxml.Skip{Message: "waived: " + accepted}
	}
	return c
}

// lineOf returns an outlier in a line.
func lineOf(f *matrix.Found) string {
	out := string(f.Severity) + ": " + report.XMLText(f.Label, result.TagLimit)
	if f.Key != f.Label {
		out += " " + report.XMLText(f.Key, result.TagLimit)
	}
	if f.OfBoth() {
		out += ": " + verb(f.Verdict, 1)
	}
	out += ": " + report.XMLText(f.What, result.LineLimit) + " " + report.ShortFingerprint(f.Outlier.Fingerprint)
	if f.Age == result.AgeNew {
		out += " [new]"
	}
	return out
}

func awsSuite(m *matrix.Matrix) junitxml.Suite {
	s := junitxml.Suite{Name: "policies that AWS changed"}
	on, _ := result.ParseFailOn(m.Meta.FailOn)
	for i := range m.AWSChanges {
		a := &m.AWSChanges[i]
		c := junitxml.Case{Name: report.XMLText(a.Policy, result.LineLimit), ClassName: class("aws")}
		text := awsText(report.XMLText, m, a)
		switch {
		case a.Waiver != nil:
			c.Skipped = &junitxml.Skip{Message: "waived: " + report.WaiverText(report.XMLText, &m.Waivers[*a.Waiver])}
		case on.Reaches("") && (!on.New || a.Age != result.AgeKnown || a.Again):
			c.Failure = &junitxml.Fault{Message: text, Type: "aws", Text: text}
		default:
			c.Skipped = &junitxml.Skip{Message: "does not fail the run: " + text}
		}
		s.Cases = append(s.Cases, c)
	}
	return s
}

func gapSuite(m *matrix.Matrix) junitxml.Suite {
	s := junitxml.Suite{Name: "gaps"}
	for i := range m.Gaps {
		g := &m.Gaps[i]
		text := report.GapText(report.XMLText, g)
		s.Cases = append(s.Cases, junitxml.Case{Name: text, ClassName: class("gaps"), Error: &junitxml.Fault{Message: report.XMLText(g.Reason, result.LineLimit), Type: "gap", Text: text}})
	}
	return s
}

// waiverSuite has the waivers that need attention, skipped.
func waiverSuite(m *matrix.Matrix) junitxml.Suite {
	s := junitxml.Suite{Name: "waivers"}
	for i := range m.Waivers {
		if w := &m.Waivers[i]; w.State != result.WaiverUsed {
			s.Cases = append(s.Cases, junitxml.Case{
				Name: report.XMLText(w.Fingerprint+w.Role, result.LineLimit), ClassName: class("waivers"),
				Skipped: &junitxml.Skip{Message: w.State + ": " + report.WaiverText(report.XMLText, w) + report.SuccessorText(report.XMLText, w)},
			})
		}
	}
	return s
}
