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

// markText returns a note on how old a drift is, "" if that is not known. told is
// the commit that was named for the whole role, nil for none.
func markText(esc result.Escape, m *result.Mark, told *result.Commit) string {
	text := ""
	if m.Age == result.AgeNew {
		text = " [new]"
	}
	switch {
	case sameCommit(m.FirstSeen, told):
		return text
	case m.FirstSeen == nil:
		return text + " [in no commit]"
	}
	return text + " [" + sinceText(esc, m.FirstSeen) + "]"
}

// roleSince returns a note on the commit that was named for a whole role, "" for
// none.
func roleSince(esc result.Escape, told *result.Commit) string {
	if told == nil {
		return ""
	}
	return " [" + sinceText(esc, told) + "]"
}

// sinceText returns the first commit that shows a drift.
func sinceText(esc result.Escape, c *result.Commit) string {
	date, _, _ := strings.Cut(c.Time, "T")
	if c.AtLeast {
		date += " or before"
	}
	return fmt.Sprintf("since %s, commit %s", esc(date, result.TagLimit), esc(shortHash(c.Hash), result.TagLimit))
}

// sameCommit reports whether a and b are one commit, or both none.
func sameCommit(a, b *result.Commit) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Hash == b.Hash && a.AtLeast == b.AtLeast
}

// shortFingerprint returns the start of a drift's fingerprint, by which it can be
// waived, and how many more drifts are in the line. A shell takes it as it is.
func shortFingerprint(fingerprint string, more int) string {
	text := FingerprintPrefix + fingerprint[:min(len(fingerprint), fingerprintDigits)]
	if more > 0 {
		text += fmt.Sprintf(" +%d", more)
	}
	return text
}

// ShortFingerprint returns the start of a fingerprint, by which 'iamctl waive' knows it.
func ShortFingerprint(fingerprint string) string { return shortFingerprint(fingerprint, 0) }

// FingerprintPrefix begins a fingerprint wherever people read one.
const FingerprintPrefix = "fp:"

// fingerprintDigits is how many digits of a fingerprint are shown: 40 bits, which
// two drifts of a run hardly ever share.
const fingerprintDigits = 10

// shortHash returns the start of a commit's hash, as git shows it.
func shortHash(hash string) string { return hash[:min(len(hash), 12)] }

// WaiverText returns a waiver in one line: for what, until when, whose and why.
func WaiverText(esc result.Escape, w *result.Waiver) string {
	what := w.Fingerprint
	if w.Role != "" {
		what = RuleName(w)
	}
	text := esc(what, result.LineLimit)
	if w.Meaning != "" {
		text += " (" + esc(w.Meaning, result.TagLimit) + " of " + esc(w.Of, result.LineLimit) + ")"
	}
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

// SuccessorText returns under which fingerprint what a waiver accepted seems to be
// now, "" if that is not known.
func SuccessorText(esc result.Escape, w *result.Waiver) string {
	if w.Successor == "" {
		return ""
	}
	return " [seems to be " + esc(w.Successor, result.LineLimit) + " now]"
}

// outgrownText returns why a waiver that is bound to a meaning holds no longer, "" if it
// does.
func outgrownText(esc result.Escape, w *result.Waiver) string {
	if w.Outgrown == "" {
		return ""
	}
	return " [" + esc(w.Outgrown, result.LineLimit) + "]"
}

// RuleName returns what an ignore rule is for.
func RuleName(w *result.Waiver) string {
	switch first, _, _ := strings.Cut(w.Role, " "); {
	case first != w.Role && (first == "path" || first == "kind"), ofFindings(w):
		return w.Role
	}
	return "role " + w.Role
}

// ofFindings reports whether an ignore rule is for findings of audits. No name of a role
// has a blank.
func ofFindings(w *result.Waiver) bool {
	first, _, more := strings.Cut(w.Role, " ")
	return more && (first == "rule" || first == "entity" || first == "account")
}

// RuleText returns an ignore rule in one line: for what, how much it accepts, whose
// it is, until when and why.
func RuleText(esc result.Escape, w *result.Waiver) string {
	text := esc(RuleName(w), result.LineLimit) + ": "
	if ofFindings(w) {
		text += result.Count(w.Count, "finding", "findings")
	} else {
		text += result.Count(w.Count, "difference", "differences")
	}
	if w.Roles > 0 {
		text += " of " + result.Count(w.Roles, "role", "roles")
	}
	if w.State == result.WaiverExpired {
		text += " again, for it has expired"
	}
	owner := "no owner"
	if w.Owner != "" {
		owner = "owner " + esc(w.Owner, result.LineLimit)
	}
	text += ", " + owner
	if w.Expires != "" {
		text += ", until " + esc(w.Expires, result.TagLimit)
	}
	if w.Ticket != "" {
		text += ", " + esc(w.Ticket, result.LineLimit)
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
