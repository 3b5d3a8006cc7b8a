package result

import (
	"fmt"
	"strings"
)

// A drift in one line, as every report has it: a sign, - for what account A
// alone has, + for what B alone has, ~ for what both have and is not the same,
// and what it is.

// Signs are the signs of what account A alone and what B alone has.
const Signs = "-+"

// How many characters of a tag and of anything else are shown; the files have
// the whole text.
const (
	TagLimit  = 32
	LineLimit = 300
)

// Show makes text fit to be shown: it escapes it, and cuts it at so many
// characters.
type Show func(s string, limit int) string

// Whole leaves the text as it is.
func Whole(s string, _ int) string { return s }

// ItemLine is an item, or several that differ in the action alone; actions is
// what to call them.
func ItemLine(s Show, side int, it *Columns, actions string, names []Name) string {
	var b strings.Builder
	b.WriteByte(Signs[side])
	b.WriteByte(' ')
	b.WriteString(s(it.PolicyType, TagLimit))
	if it.PolicyName != "" {
		b.WriteString(" " + s(it.PolicyName, LineLimit))
	}
	b.WriteString(": " + s(it.Effect, TagLimit) + " " + actions)
	for _, part := range []struct{ before, value string }{
		{" on ", it.ARN},
		{" by ", strings.TrimSpace(it.PrincipalType + " " + it.Principal)},
		{" negated: ", it.Negated},
		{" if ", it.Condition},
		{" as a whole: ", it.Statement},
		{" note: ", it.Note},
	} {
		if part.value != "" {
			b.WriteString(part.before + s(part.value, LineLimit))
		}
	}
	return b.String() + namesText(s, names)
}

// Line is an attribute that differs.
func (a *Attribute) Line(s Show, tags [2]string) string {
	what := s(a.Kind, TagLimit)
	if a.Key != "" {
		what += " " + s(a.Key, LineLimit)
	}
	switch a.Side() {
	case 0:
		return "- " + what + valueText(s, a.A.Value) + namesText(s, a.A.Names)
	case 1:
		return "+ " + what + valueText(s, a.B.Value) + namesText(s, a.B.Names)
	}
	return fmt.Sprintf("~ %s: %s %s%s -> %s %s%s", what,
		s(tags[0], TagLimit), quoted(s, a.A.Value), namesText(s, a.A.Names),
		s(tags[1], TagLimit), quoted(s, a.B.Value), namesText(s, a.B.Names))
}

func valueText(s Show, value string) string {
	if value == "" {
		return ""
	}
	return ": " + quoted(s, value)
}

func quoted(s Show, value string) string { return `"` + s(value, LineLimit) + `"` }

// namesText says that something names the other account's values.
func namesText(s Show, names []Name) string {
	var b strings.Builder
	for _, n := range names {
		fmt.Fprintf(&b, " [names %s of %s", s(n.Value, LineLimit), s(n.Owner, TagLimit))
		if n.Expected != "" {
			fmt.Fprintf(&b, ", expected %s", s(n.Expected, LineLimit))
		}
		b.WriteByte(']')
	}
	return b.String()
}

// Line is a role of one account alone.
func (u *Unique) Line(s Show, side int, tag string) string {
	original := ""
	if u.OriginalRoleName != u.RoleName {
		original = " (" + s(tag, TagLimit) + ": " + s(u.OriginalRoleName, LineLimit) + ")"
	}
	return fmt.Sprintf("%c role %s%s%s, %s", Signs[side], s(u.Path, LineLimit), s(u.RoleName, LineLimit), original,
		Count(u.Items.Len(), "item", "items"))
}

// Count is a number with its noun.
func Count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
