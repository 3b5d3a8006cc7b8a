package report

import (
	"fmt"
	"strings"

	"iamctl/result"
)

// The lines that text, Markdown and JUnit share. Those on drifts are in package
// result.

// pairText returns the name of a common role, with its names before rewriting
// and the reason for which its roles pair, if they are different.
func pairText(esc result.Escape, tags [2]string, p *result.Pair) string {
	var why []string
	if original := p.OriginalNames(); original[0] != p.RoleName || original[1] != p.RoleName {
		why = append(why, fmt.Sprintf("%s: %s, %s: %s", esc(tags[0], result.TagLimit), esc(original[0], result.LineLimit),
			esc(tags[1], result.TagLimit), esc(original[1], result.LineLimit)))
	}
	if p.Reason != "" {
		why = append(why, "paired "+esc(p.Reason, result.LineLimit))
	}
	if why == nil {
		return esc(p.RoleName, result.LineLimit)
	}
	return esc(p.RoleName, result.LineLimit) + " (" + strings.Join(why, "; ") + ")"
}

// markText returns a note on how old a drift is, "" if that is not known.
func markText(esc result.Escape, m *result.Mark) string {
	text := ""
	if m.Age == result.AgeNew {
		text = " [new]"
	}
	if c := m.FirstSeen; c != nil {
		date, _, _ := strings.Cut(c.Time, "T")
		if c.AtLeast {
			date += " or before"
		}
		text += fmt.Sprintf(" [since %s, commit %s]", esc(date, result.TagLimit), esc(shortHash(c.Hash), result.TagLimit))
	}
	return text
}

// shortFingerprint returns the start of a drift's fingerprint, by which it can be
// waived, and how many more drifts are in the line.
func shortFingerprint(fingerprint string, more int) string {
	text := "#" + fingerprint[:min(len(fingerprint), fingerprintDigits)]
	if more > 0 {
		text += fmt.Sprintf(" +%d", more)
	}
	return text
}

// fingerprintDigits is how many digits of a fingerprint are shown: 40 bits, which
// two drifts of a run hardly ever share.
const fingerprintDigits = 10

// shortHash returns the start of a commit's hash, as git shows it.
func shortHash(hash string) string { return hash[:min(len(hash), 12)] }

// WaiverText returns a waiver in one line: for what, until when, whose and why.
func WaiverText(esc result.Escape, w *result.Waiver) string {
	what := w.Fingerprint
	if w.Role != "" {
		what = "role " + w.Role
	}
	text := esc(what, result.LineLimit)
	if w.Expires != "" {
		text += ", until " + esc(w.Expires, result.TagLimit)
	}
	for _, part := range []string{w.Owner, w.Ticket} {
		if part != "" {
			text += ", " + esc(part, result.LineLimit)
		}
	}
	return text + ": " + esc(w.Reason, result.LineLimit)
}

// GapText returns a gap in one line.
func GapText(esc result.Escape, g *result.Gap) string {
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
	return fmt.Sprintf("%s%s: %s", esc(strings.Join(what, " "), result.LineLimit), note, esc(g.Reason, result.LineLimit))
}
