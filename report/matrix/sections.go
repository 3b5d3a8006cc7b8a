package matrix

import (
	"iamctl/report"
	"iamctl/result"
	"iamctl/result/matrix"
)

// Section is what a report says after the roles: a heading and a line for each thing.
type Section struct {
	Title string
	Lines []string
	// Left is how many lines are left out.
	Left int
}

// SectionLines is how many lines of a section there are in a report that is not the whole.
const SectionLines = 100

// Sections returns what AWS changed, what could not be read, which names may be one, what waivers accept and which
// of them need attention, and what is gone since the earlier run, and in what that was
// another. Every report has them in this order; those with nothing to say are left out. Each
// has no more than so many lines, 0 for all.
func Sections(esc result.Escape, m *matrix.Matrix, most int) []Section {
	var out []Section
	add := func(title string, lines []string) {
		if len(lines) > 0 {
			shown := lines
			if most > 0 {
				shown = lines[:min(len(lines), most)]
			}
			out = append(out, Section{title, shown, len(lines) - len(shown)})
		}
	}
	since := esc(m.Meta.Since, result.LineLimit)
	add("Changed by AWS", awsLines(esc, m))
	add("Could not be read or compared", gapLines(esc, m))
	add("Names that were not paired", noteLines(esc, m.Unpaired))
	add("Gone since "+since, goneLines(esc, m))
	add("Held against "+since, noteLines(esc, m.Notes))
	add("Waived", waivedLines(esc, m))
	add("Expired waivers", waiverLines(esc, m, result.WaiverExpired))
	add("Waivers that fit nothing", waiverLines(esc, m, result.WaiverUnmatched))
	add("Ignore rules", ruleLines(esc, m))
	return out
}

func awsLines(esc result.Escape, m *matrix.Matrix) (out []string) {
	for _, c := range m.OpenAWS() {
		out = append(out, awsText(esc, m, c))
	}
	return out
}

func gapLines(esc result.Escape, m *matrix.Matrix) (out []string) {
	for _, g := range report.GapGroups(m.Gaps) {
		out = append(out, g.Text(esc))
	}
	return out
}

func goneLines(esc result.Escape, m *matrix.Matrix) (out []string) {
	for i := range m.Gone {
		g := &m.Gone[i]
		out = append(out, string(g.Severity)+": "+esc(g.Role, result.LineLimit)+" in "+esc(m.LabelOf(g.Account), result.TagLimit)+": "+esc(g.What, result.LineLimit))
	}
	return out
}

func noteLines(esc result.Escape, notes []string) (out []string) {
	for _, n := range notes {
		out = append(out, esc(n, result.LineLimit))
	}
	return out
}

func waivedLines(esc result.Escape, m *matrix.Matrix) (out []string) {
	for o := range m.Outliers() {
		if o.Waiver != nil {
			out = append(out, string(o.Difference.Severity)+": "+esc(o.Role.Name, result.LineLimit)+" in "+esc(o.Label, result.TagLimit)+": "+
				esc(o.Difference.What, result.LineLimit)+"; accepted by "+report.WaiverText(esc, &m.Waivers[*o.Waiver]))
		}
	}
	return out
}

// waiverLines are about the waivers in a state.
func waiverLines(esc result.Escape, m *matrix.Matrix, state string) (out []string) {
	for i := range m.Waivers {
		w := &m.Waivers[i]
		if w.IsRule() || w.State != state {
			continue
		}
		line := report.WaiverText(esc, w) + report.SuccessorText(esc, w)
		if w.Count > 0 {
			line = result.Count(w.Count, "outlier", "outliers") + " again: " + line
		}
		out = append(out, line)
	}
	return out
}

func ruleLines(esc result.Escape, m *matrix.Matrix) (out []string) {
	for i := range m.Waivers {
		w := &m.Waivers[i]
		if !w.IsRule() {
			continue
		}
		line := report.RuleText(esc, w)
		if w.Wide != "" {
			line += " [WARNING: " + esc(w.Wide, result.LineLimit) + "]"
		}
		out = append(out, line)
	}
	return out
}
