package report

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"iamctl/report/junitxml"
	"iamctl/result"
)

// findingsName is the name of the file of the findings of audits that one account alone has.
const findingsName = "findings.csv"

// findingRow is a row of that file.
type findingRow struct {
	Severity    string `csv:"severity"` // of the difference
	OnlyIn      string `csv:"only_in"`
	Rule        string `csv:"rule"`
	Finding     string `csv:"finding_severity"`
	Account     string `csv:"account"`
	EntityType  string `csv:"entity_type"`
	Entity      string `csv:"entity"`
	PolicyType  string `csv:"policytype"`
	Policy      string `csv:"policy"`
	Statement   string `csv:"statement"` // from 0, as in diff.json
	Message     string `csv:"message"`
	Witness     string `csv:"witness"`
	Fix         string `csv:"fix"`
	Age         string `csv:"age"`
	Waiver      string `csv:"waiver"`
	Steps       string `csv:"steps"` // the requests of further steps
	Fingerprint string `csv:"fingerprint"`
}

func writeFindings(w io.Writer, r *result.Result) error {
	return WriteTable(w, func(yield func(findingRow) bool) {
		for _, o := range oneSided(r, func(*result.Mark) bool { return true }) {
			if !yield(findingRowOf(r, o)) {
				return
			}
		}
	})
}

func findingRowOf(r *result.Result, o *result.OneSided) findingRow {
	row := findingRow{
		Severity: string(o.Level()), OnlyIn: r.Tags()[o.At()], Rule: o.Rule, Finding: string(o.Severity), Account: o.Account,
		EntityType: o.EntityType, Entity: o.Entity, PolicyType: o.PolicyType, Policy: o.Policy, Message: o.Message,
		Fix: CommandsInLine(o.Fix), Age: o.Age, Fingerprint: o.Fingerprint,
	}
	if o.Statement != nil {
		row.Statement = strconv.Itoa(*o.Statement)
	}
	if o.Unknown != "" {
		row.Message += "; undecided: " + o.Unknown
	}
	row.Steps = strings.Join(FindingSteps(&o.Finding), "; ")
	if o.Witness != nil {
		row.Witness = FindingRequest(o.Witness)
	}
	if o.Waiver != nil {
		row.Waiver = WaiverText(result.Whole, &r.Waivers[*o.Waiver])
	}
	return row
}

// CommandsInLine returns commands, one a line, as a line for a shell.
func CommandsInLine(fix string) string { return strings.ReplaceAll(fix, "\n", " && ") }

// oneSided returns the findings of one account alone whose mark is to be shown, the worst
// first.
func oneSided(r *result.Result, keep filter) []*result.OneSided {
	var out []*result.OneSided
	if r.Audit == nil {
		return nil
	}
	for i := range r.Audit.Findings {
		if o := &r.Audit.Findings[i]; keep(&o.Mark) {
			out = append(out, o)
		}
	}
	return out
}

// audit writes the findings of one account alone, and how many both have.
func (t *textWriter) audit() {
	if t.r.Audit == nil {
		return
	}
	list := oneSided(t.r, isOpen)
	t.line("\n%s", t.strong.Sprintf("Audit: %s in one account alone, %d in both", result.Count(len(list), "finding", "findings"), t.r.Audit.Both))
	for i, o := range list {
		if !t.whole() && i == auditLines {
			t.line("  ... and %d more: see %s", len(list)-i, findingsName)
			t.cut = true
			return
		}
		line := o.Line(Clip) + markText(Clip, &o.Mark, nil)
		t.line("%s", t.driftLine(line, line[0], shortFingerprint(o.Fingerprint, 0)))
	}
}

// auditLines is how many findings a text that is not whole has.
const auditLines = 20

// audited writes those findings that keep chooses.
func (m *markdown) audited(level string, keep filter, write func(string) bool) {
	list := oneSided(m.r, keep)
	var lines []string
	size := 0
	for i, o := range list {
		text := o.Line(Clip) + markText(Clip, &o.Mark, nil) + " " + shortFingerprint(o.Fingerprint, 0)
		if size += len(text) + 1; size > markdownRole {
			lines = append(lines, "  ... and "+result.Count(len(list)-i, "more finding", "more findings"))
			break
		}
		lines = append(lines, text)
	}
	summary := fmt.Sprintf("<details><summary>%sAudit: %s in one account alone</summary>\n\n", level, result.Count(len(list), "finding", "findings"))
	if !write(summary + diffBlock(lines) + "\n</details>\n\n") {
		m.findings += len(list)
	}
}

// audited returns the suite of the findings of one account alone.
func (j *junit) audited() junitxml.Suite {
	s := junitxml.Suite{Name: "findings of the audit"}
	for _, o := range oneSided(j.r, func(*result.Mark) bool { return true }) {
		what := newFinder(XMLText, j.r).audited(o)
		c := junitxml.Case{Name: XMLText(o.Rule+" "+o.Kind()+o.Entity+" only in "+j.tags[o.At()], result.LineLimit), ClassName: j.class("audit")}
		if o.Waiver != nil {
			c.Skipped = &junitxml.Skip{Message: "waived: " + WaiverText(XMLText, &j.r.Waivers[*o.Waiver])}
		} else {
			c.Failure = j.fault(&result.Finding{Audited: o}, string(what.Level)+": "+what.What, []string{o.Line(XMLText)})
		}
		s.Cases = append(s.Cases, c)
	}
	return s
}
