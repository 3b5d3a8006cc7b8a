package findings

import (
	"iamctl/report"
	"iamctl/result"
	"iamctl/result/audited"
	"iamctl/result/found"
)

// Section is what a report says after the findings: a heading and a line for each thing.
type Section struct {
	Title string
	Lines []string
	// Left is how many lines are left out.
	Left int
}

// sectionLines is how many lines a section has.
const sectionLines = 100

// Sections returns what waivers accept and which of them need attention, and what is gone
// since the earlier audit, and in what that was another. Every report has them in this
// order; those with nothing to say are left out.
func Sections(esc result.Escape, a *audited.Audit) []Section {
	var out []Section
	add := func(title string, lines []string) {
		if len(lines) > 0 {
			shown := lines[:min(len(lines), sectionLines)]
			out = append(out, Section{title, shown, len(lines) - len(shown)})
		}
	}
	since := esc(a.Meta.Since, result.LineLimit)
	add("Gone since "+since, goneLines(esc, a))
	add("Held against "+since, each(a.Notes, func(n *string) string { return esc(*n, longLimit) }))
	add("Waived", waivedLines(esc, a))
	add("Expired waivers", waiverLines(esc, a, result.WaiverExpired))
	add("Waivers that fit nothing", waiverLines(esc, a, result.WaiverUnmatched))
	add("Ignore rules", ruleLines(esc, a))
	return out
}

// each returns a line for each thing.
func each[T any](list []T, line func(*T) string) []string {
	var out []string
	for i := range list {
		out = append(out, line(&list[i]))
	}
	return out
}

func goneLines(esc result.Escape, a *audited.Audit) []string {
	return each(a.Gone, func(g *audited.Gone) string {
		return headOf(esc, a, string(g.Severity), g.Rule, g.EntityType, g.Entity, g.Tag) + ": " + esc(g.Message, longLimit)
	})
}

// headOf returns what a finding is about in a line.
func headOf(esc result.Escape, a *audited.Audit, level, rule, entityType, entity, tag string) string {
	out := level + " " + esc(rule, result.TagLimit) + ": " + found.KindOf(entityType) + esc(entity, result.LineLimit)
	if len(a.Accounts) > 1 {
		out += " in " + esc(tag, result.TagLimit)
	}
	return out
}

func waivedLines(esc result.Escape, a *audited.Audit) []string {
	var out []string
	for _, f := range a.Accepted() {
		out = append(out, headOf(esc, a, string(f.Severity), f.Rule, f.EntityType, f.Entity, f.Tag)+Where(esc, &f.Finding)+
			": "+esc(f.Message, longLimit)+"; accepted by "+report.WaiverText(esc, &a.Waivers[*f.Waiver]))
	}
	return out
}

// waiverLines are about the waivers in a state.
func waiverLines(esc result.Escape, a *audited.Audit, state string) []string {
	var out []string
	for i := range a.Waivers {
		w := &a.Waivers[i]
		if w.IsRule() || w.State != state {
			continue
		}
		line := report.WaiverText(esc, w) + report.SuccessorText(esc, w)
		if w.Count > 0 {
			line = result.Count(w.Count, "finding", "findings") + " again: " + line
		}
		out = append(out, line)
	}
	return out
}

func ruleLines(esc result.Escape, a *audited.Audit) []string {
	var out []string
	for i := range a.Waivers {
		w := &a.Waivers[i]
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

// Age returns in a word whether a finding is new, "" where that is not known or it is not,
// and what is known of it besides.
func Age(f *audited.Finding) string {
	switch {
	case f.Age == result.AgeNew:
		return "new"
	case f.Was != "":
		return "was " + string(f.Was)
	}
	return ""
}
