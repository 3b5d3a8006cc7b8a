package report

import (
	"fmt"
	"strings"

	"iamctl/result"
)

// The lines of text and Markdown beside those of drifts, which package result
// has.

// pairText is the name of a common role with its names before rewriting and
// why it is one.
func pairText(s result.Show, tags [2]string, p *result.Pair) string {
	var why []string
	if original := p.OriginalNames(); original[0] != p.RoleName || original[1] != p.RoleName {
		why = append(why, fmt.Sprintf("%s: %s, %s: %s", s(tags[0], result.TagLimit), s(original[0], result.LineLimit),
			s(tags[1], result.TagLimit), s(original[1], result.LineLimit)))
	}
	if p.Reason != "" {
		why = append(why, "paired "+s(p.Reason, result.LineLimit))
	}
	if why == nil {
		return s(p.RoleName, result.LineLimit)
	}
	return s(p.RoleName, result.LineLimit) + " (" + strings.Join(why, "; ") + ")"
}

// markText says how old a drift is.
func markText(s result.Show, m *result.Mark) string {
	text := ""
	if m.Age == result.AgeNew {
		text = " [new]"
	}
	if c := m.FirstSeen; c != nil {
		date, _, _ := strings.Cut(c.Time, "T")
		if c.AtLeast {
			date += " or before"
		}
		text += fmt.Sprintf(" [since %s, commit %s]", s(date, result.TagLimit), s(shortHash(c.Hash), result.TagLimit))
	}
	return text
}

// handle is what a drift is waived by: the start of its fingerprint, and how
// many more drifts are in the line.
func handle(fingerprint string, more int) string {
	text := "#" + fingerprint[:min(len(fingerprint), handleDigits)]
	if more > 0 {
		text += fmt.Sprintf(" +%d", more)
	}
	return text
}

// handleDigits is how many digits of a fingerprint are shown: 40 bits, which
// two drifts of a run hardly ever share.
const handleDigits = 10

// shortHash is what git calls a commit at least.
func shortHash(hash string) string { return hash[:min(len(hash), 12)] }

// WaiverText is a waiver that needs a person: what for, whose, why.
func WaiverText(s result.Show, w *result.Waiver) string {
	what := w.Fingerprint
	if w.Role != "" {
		what = "role " + w.Role
	}
	text := s(what, result.LineLimit)
	if w.Expires != "" {
		text += ", until " + s(w.Expires, result.TagLimit)
	}
	for _, part := range []string{w.Owner, w.Ticket} {
		if part != "" {
			text += ", " + s(part, result.LineLimit)
		}
	}
	return text + ": " + s(w.Reason, result.LineLimit)
}

// GapText is a gap in one line.
func GapText(s result.Show, g *result.Gap) string {
	what := []string{g.Account + ":", g.Entity}
	for _, part := range []string{g.Name, g.PolicyType, g.PolicyName} {
		if part != "" {
			what = append(what, part)
		}
	}
	note := ""
	if g.Blind {
		note = " (not compared)"
	}
	return fmt.Sprintf("%s%s: %s", s(strings.Join(what, " "), result.LineLimit), note, s(g.Reason, result.LineLimit))
}
