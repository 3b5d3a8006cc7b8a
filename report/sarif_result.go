package report

import "strings"

// sentence makes words of the sign that a line begins with.
func (s *sarif) sentence(line string) string {
	sign, text := line[0], line[2:]
	if side := strings.IndexByte(signs, sign); side >= 0 {
		return "only in " + sarifText(s.tags[side], clipTag) + ": " + text
	}
	return text
}

func (s *sarif) result(id, level, role, text, fingerprint string, m *RunMark) sarifResult {
	if role != "" {
		text = sarifText(role, clipLine) + ": " + text
	}
	r := sarifResult{
		RuleID: id, RuleIndex: sarifRuleIndex[id], Level: level, Message: sarifMessage{text},
		// The second is the one that GitHub's code scanning goes by.
		PartialFingerprints: map[string]string{"iamctlDrift/v1": fingerprint, "primaryLocationLineHash": fingerprint + ":1"},
	}
	if s.judged {
		r.Suppressions = &[]sarifSuppressed{}
	}
	if m.Waiver != nil {
		r.Suppressions = &[]sarifSuppressed{s.suppressed(*m.Waiver)}
	}
	if s.aged {
		r.BaselineState = "new"
		if m.Age == AgeKnown {
			r.BaselineState = "unchanged"
		}
	}
	if c := m.FirstSeen; c != nil {
		r.Properties = &sarifProperties{&sarifCommit{
			clip(c.Hash, clipLine), clip(c.Time, clipTag), clip(c.Author, clipLine), clip(c.Subject, clipLine), c.AtLeast,
		}}
	}
	return r
}

func (s *sarif) suppressed(waiver int) sarifSuppressed {
	return sarifSuppressed{"external", "accepted", waiverText(clip, &s.r.Waivers[waiver])}
}

// locations are the role's file, if there is one, and the role.
func (s *sarif) locations(r *RunRole, names [2]string, look func(*roleFile, int) int) []sarifLocation {
	return []sarifLocation{{
		s.places.place(0, names, look), []sarifLogical{{clip(r.OriginalRoleName, clipLine), clip(r.ARN, clipLine), "role"}},
	}}
}

// gapLocations are the file of a gap's role, or of its account.
func (s *sarif) gapLocations(g *RunGap) []sarifLocation {
	var names [2]string
	side := 0
	if g.Account == s.tags[1] {
		side = 1
	}
	if g.Entity == "role" {
		names[side] = g.Name
	}
	l := sarifLocation{s.places.place(side, names, nil), []sarifLogical{}}
	if g.Name != "" {
		l.Logical = append(l.Logical, sarifLogical{Name: clip(g.Name, clipLine), Kind: clip(g.Entity, clipTag)})
	}
	return []sarifLocation{l}
}
