package sarif

import (
	"strings"

	"iamctl/report"
	"iamctl/result"
)

// sentence returns a line with words in place of the sign that it begins with.
func (s *writer) sentence(line string) string {
	sign, text := line[0], line[2:]
	if side := strings.IndexByte(result.Signs, sign); side >= 0 {
		return "only in " + escape(s.tags[side], result.TagLimit) + ": " + text
	}
	return text
}

// result returns a result without its locations.
func (s *writer) result(id, level, role, text, fingerprint string, m *result.Mark) logResult {
	if role != "" {
		text = escape(role, result.LineLimit) + ": " + text
	}
	r := logResult{
		RuleID: id, RuleIndex: ruleIndex[id], Level: level, Message: message{text},
		// The second is the one that GitHub's code scanning goes by.
		PartialFingerprints: map[string]string{"iamctlDrift/v1": fingerprint, "primaryLocationLineHash": fingerprint + ":1"},
	}
	if s.judged {
		r.Suppressions = &[]suppression{}
	}
	if m.Waiver != nil {
		r.Suppressions = &[]suppression{s.suppressed(*m.Waiver)}
	}
	if s.aged {
		r.BaselineState = "new"
		if m.Age == result.AgeKnown {
			r.BaselineState = "unchanged"
		}
	}
	if c := m.FirstSeen; c != nil {
		r.Properties = &properties{&commit{
			report.Clip(c.Hash, result.LineLimit), report.Clip(c.Time, result.TagLimit), report.Clip(c.Author, result.LineLimit), report.Clip(c.Subject, result.LineLimit), c.AtLeast,
		}}
	}
	return r
}

// suppressed returns the suppression by a waiver.
func (s *writer) suppressed(waiver int) suppression {
	return suppression{"external", "accepted", report.WaiverText(report.Clip, &s.r.Waivers[waiver])}
}

// locations returns the role's file, if there is one, and the role.
func (s *writer) locations(r *result.Role, names [2]string, lineOf func(*roleFile, int) int) []location {
	return []location{{
		s.locator.place(0, names, lineOf), []logical{{report.Clip(r.OriginalRoleName, result.LineLimit), report.Clip(r.ARN, result.LineLimit), "role"}},
	}}
}

// gapLocations returns the file of a gap's role or account.
func (s *writer) gapLocations(g *result.Gap) []location {
	var names [2]string
	side := 0
	if g.Account == s.tags[1] {
		side = 1
	}
	if g.OfRole() {
		names[side] = g.Name
	}
	l := location{s.locator.place(side, names, nil), []logical{}}
	if g.Name != "" {
		l.Logical = append(l.Logical, logical{Name: report.Clip(g.Name, result.LineLimit), Kind: report.Clip(g.Entity, result.TagLimit)})
	}
	return []location{l}
}
