package report

import (
	"fmt"
	"strings"
)

// A drift in one line, as the text, CSV and Markdown reports have it: a sign,
// - for what account A alone has, + for what B alone has, ~ for what both have
// and is not the same, and what it is.

// show makes text fit to be shown: clip for a terminal, whole to escape later.
type show func(s string, limit int) string

// whole leaves the text as it is.
func whole(s string, _ int) string { return s }

const signs = "-+"

// actionText is the item's action with its service.
func actionText(it *RunItemColumns) string { return it.Service + ":" + it.Action }

// itemText is an item, or several that differ in the action alone.
func itemText(s show, side int, it *RunItemColumns, actions string, names []RunName) string {
	var b strings.Builder
	b.WriteByte(signs[side])
	b.WriteByte(' ')
	b.WriteString(s(it.PolicyType, clipTag))
	if it.PolicyName != "" {
		b.WriteString(" " + s(it.PolicyName, clipLine))
	}
	b.WriteString(": " + s(it.Effect, clipTag) + " " + actions)
	for _, part := range []struct{ before, value string }{
		{" on ", it.ARN},
		{" by ", strings.TrimSpace(it.PrincipalType + " " + it.Principal)},
		{" negated: ", it.Negated},
		{" if ", it.Condition},
		{" as a whole: ", it.Statement},
		{" note: ", it.Note},
	} {
		if part.value != "" {
			b.WriteString(part.before + s(part.value, clipLine))
		}
	}
	return b.String() + namesText(s, names)
}

// attributeText is an attribute that differs.
func attributeText(s show, tags [2]string, a *RunAttribute) string {
	what := s(a.Kind, clipTag)
	if a.Key != "" {
		what += " " + s(a.Key, clipLine)
	}
	switch {
	case !a.B.Has:
		return "- " + what + valueText(s, a.A.Value) + namesText(s, a.A.Names)
	case !a.A.Has:
		return "+ " + what + valueText(s, a.B.Value) + namesText(s, a.B.Names)
	}
	return fmt.Sprintf("~ %s: %s %s%s -> %s %s%s", what,
		s(tags[0], clipTag), quoted(s, a.A.Value), namesText(s, a.A.Names),
		s(tags[1], clipTag), quoted(s, a.B.Value), namesText(s, a.B.Names))
}

func valueText(s show, value string) string {
	if value == "" {
		return ""
	}
	return ": " + quoted(s, value)
}

func quoted(s show, value string) string { return `"` + s(value, clipLine) + `"` }

// namesText says that something names the other account's values.
func namesText(s show, names []RunName) string {
	var b strings.Builder
	for _, n := range names {
		fmt.Fprintf(&b, " [names %s of %s", s(n.Value, clipLine), s(n.Owner, clipTag))
		if n.Expected != "" {
			fmt.Fprintf(&b, ", expected %s", s(n.Expected, clipLine))
		}
		b.WriteByte(']')
	}
	return b.String()
}

// uniqueText is a role of one account alone.
func uniqueText(s show, side int, tag string, r *RunRole, items int) string {
	original := ""
	if r.OriginalRoleName != r.RoleName {
		original = " (" + s(tag, clipTag) + ": " + s(r.OriginalRoleName, clipLine) + ")"
	}
	return fmt.Sprintf("%c role %s%s%s, %s", signs[side], s(r.Path, clipLine), s(r.RoleName, clipLine), original,
		plural(items, "item", "items"))
}

// pairText is the name of a common role with its names before rewriting and
// why it is one.
func pairText(s show, tags [2]string, p *pairView) string {
	var why []string
	if p.originals[0] != p.name || p.originals[1] != p.name {
		why = append(why, fmt.Sprintf("%s: %s, %s: %s", s(tags[0], clipTag), s(p.originals[0], clipLine),
			s(tags[1], clipTag), s(p.originals[1], clipLine)))
	}
	if p.reason != "" {
		why = append(why, "paired "+s(p.reason, clipLine))
	}
	if why == nil {
		return s(p.name, clipLine)
	}
	return s(p.name, clipLine) + " (" + strings.Join(why, "; ") + ")"
}

// markText says how old a drift is.
func markText(s show, m *RunMark) string {
	text := ""
	if m.Age == AgeNew {
		text = " [new]"
	}
	if c := m.FirstSeen; c != nil {
		date, _, _ := strings.Cut(c.Time, "T")
		if c.AtLeast {
			date += " or before"
		}
		text += fmt.Sprintf(" [since %s, commit %s]", s(date, clipTag), s(shortHash(c.Hash), clipTag))
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

// waiverText is a waiver that needs a person: what for, whose, why.
func waiverText(s show, w *RunWaiver) string {
	what := w.Fingerprint
	if w.Role != "" {
		what = "role " + w.Role
	}
	text := s(what, clipLine)
	if w.Expires != "" {
		text += ", until " + s(w.Expires, clipTag)
	}
	for _, part := range []string{w.Owner, w.Ticket} {
		if part != "" {
			text += ", " + s(part, clipLine)
		}
	}
	return text + ": " + s(w.Reason, clipLine)
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
