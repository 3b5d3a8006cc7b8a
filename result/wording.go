package result

import (
	"fmt"
	"slices"
	"strings"

	"iamctl/internal/driftkind"
)

// A drift in one line is worded here and not in package report, because waivers
// and earlier runs keep it too (Drift.Text). In every report it is a sign, - for
// what account A alone has, + for what B alone has, ~ for what both have and is
// not the same, and what it is.

// Signs are the signs of what account A alone has and of what B alone has.
const Signs = "-+"

// TagLimit and LineLimit are how many characters of a tag and of any other text
// are shown. The files have the whole text.
const (
	TagLimit  = 32
	LineLimit = 300
)

// Escape returns text as a format may hold it: escaped, and cut after limit
// characters.
type Escape func(s string, limit int) string

// Whole is an Escape that returns the text as it is.
func Whole(s string, _ int) string { return s }

// Line returns a line on an item of a side.
func (it *Item) Line(esc Escape, side int) string {
	return ItemLine(esc, side, &it.Columns, esc(it.FullAction(), LineLimit), it.Names)
}

// ItemLine returns a line on an item, or on several that differ in the action
// alone; actions is the text of their actions.
func ItemLine(esc Escape, side int, it *Columns, actions string, names []Name) string {
	var b strings.Builder
	b.WriteByte(Signs[side])
	b.WriteByte(' ')
	b.WriteString(esc(it.PolicyType, TagLimit))
	if it.PolicyName != "" {
		b.WriteString(" " + esc(it.PolicyName, LineLimit))
	}
	b.WriteString(": " + esc(it.Effect, TagLimit) + " " + it.not("NotAction") + actions)
	for _, part := range []struct{ before, value string }{
		{" on " + it.not("NotResource"), it.ARN},
		{" by " + it.not("NotPrincipal"), strings.TrimSpace(it.PrincipalType + " " + it.Principal)},
		{" if ", it.Condition},
		{" as a whole: ", it.Statement},
		{" note: ", it.Note},
	} {
		if part.value != "" {
			b.WriteString(part.before + esc(part.value, LineLimit))
		}
	}
	return b.String() + namesText(esc, names)
}

// not returns the name of a Not- element and a blank if the item's value is from
// it, "" otherwise: a line never reads as what the statement excludes.
func (c *Columns) not(element string) string {
	if slices.Contains(strings.Fields(c.Negated), element) {
		return element + " "
	}
	return ""
}

// Line returns a line on an attribute that differs.
func (a *Attribute) Line(esc Escape, tags [2]string) string {
	if a.Kind == driftkind.Future {
		return a.later(esc, tags)
	}
	what := esc(a.Kind, TagLimit)
	if a.Key != "" {
		what += " " + esc(a.Key, LineLimit)
	}
	switch a.Side() {
	case 0:
		return "- " + what + valueText(esc, a.A.Value) + namesText(esc, a.A.Names)
	case 1:
		return "+ " + what + valueText(esc, a.B.Value) + namesText(esc, a.B.Names)
	}
	return fmt.Sprintf("~ %s: %s %s%s -> %s %s%s", what,
		esc(tags[0], TagLimit), quoted(esc, a.A.Value), namesText(esc, a.A.Names),
		esc(tags[1], TagLimit), quoted(esc, a.B.Value), namesText(esc, a.B.Names))
}

// later returns a line on a pattern of actions that differs in those that AWS may add.
func (a *Attribute) later(esc Escape, tags [2]string) string {
	of := func(side int) string { return esc(tags[side], TagLimit) }
	key := esc(a.Key, LineLimit)
	on := func(v *Value) string { return esc(v.Value, LineLimit) }
	switch side := a.Side(); side {
	case 0, 1:
		v := []*Value{&a.A, &a.B}[side]
		return fmt.Sprintf("%c %s %s (the same today; actions that AWS adds later match it in %s alone)", Signs[side], key, on(v), of(side))
	}
	return fmt.Sprintf("~ %s (the same today; actions that AWS adds later match it in %s %s, in %s %s)", key, of(0), on(&a.A), of(1), on(&a.B))
}

func valueText(esc Escape, value string) string {
	if value == "" {
		return ""
	}
	return ": " + quoted(esc, value)
}

func quoted(esc Escape, value string) string { return `"` + esc(value, LineLimit) + `"` }

// namesText returns a note for every value of the other account, "" for none.
func namesText(s Escape, names []Name) string {
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

// Line returns a line on a role of one account alone.
func (u *Unique) Line(esc Escape, side int, tag string) string {
	original := ""
	if u.OriginalRoleName != u.RoleName {
		original = " (" + esc(tag, TagLimit) + ": " + esc(u.OriginalRoleName, LineLimit) + ")"
	}
	return fmt.Sprintf("%c role %s%s%s, %s", Signs[side], esc(u.Path, LineLimit), esc(u.RoleName, LineLimit), original,
		Count(u.Items.Len(), "item", "items"))
}

// Count returns a number with its noun.
func Count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
