package report

import (
	"fmt"
	"iter"
	"strings"

	"github.com/fatih/color"
	"github.com/jedib0t/go-pretty/v6/text"

	"iamctl/diff"
	"iamctl/normalize"
)

// budget is how many lines are left.
type budget struct {
	width int
	left  int
	limit bool
}

// take takes the lines that s needs, and says whether they were left. The
// last line is kept for saying how much more there is.
func (b *budget) take(s string) bool {
	if !b.limit {
		return true
	}
	need := 1
	if w := text.StringWidthWithoutEscSequences(s); b.width > 0 && w > b.width {
		need = (w + b.width - 1) / b.width
	}
	if b.left-need < 1 {
		return false
	}
	b.left -= need
	return true
}

// differences writes the common roles that differ and the roles of one
// account alone.
func (t *textWriter) differences() {
	if !t.c.Drift() {
		return
	}
	t.line("\n%s %s   %s   %s", t.strong.Sprint("What differs:"), t.onlyA.Sprintf("- only in %s", t.tag(0)),
		t.onlyB.Sprintf("+ only in %s", t.tag(1)), t.changed.Sprint("~ not the same"))
	uniques := len(t.c.OnlyA) + len(t.c.OnlyB)
	lines := t.o.Lines
	// Roles of one account alone get a quarter of the lines, more where the
	// others leave some.
	forUnique := min(uniques+2, max(lines/4, 3))
	if uniques == 0 {
		forUnique = 0
	}
	left := t.common(&budget{t.o.Width, lines - forUnique, lines > 0})
	t.unique(&budget{t.o.Width, forUnique + left, lines > 0})
}

// common writes the common roles that differ and gives the lines it left.
func (t *textWriter) common(b *budget) int {
	total := t.n.CommonRolesWithDifferences[0]
	perRole := max(b.left/max(total, 1), 4)
	shown := 0
	for i := range t.c.Common {
		p := &t.c.Common[i]
		if !p.Differs() {
			continue
		}
		block := t.roleBlock(p, perRole, b)
		if block == nil {
			break
		}
		for _, l := range block {
			t.line("%s", l)
		}
		shown++
	}
	if shown < total {
		t.line("... and %s: see %s", plural(total-shown, "more common role that differs", "more common roles that differ"),
			differingName(fileSafe(t.c.A.Tag)))
		b.left--
	}
	return max(b.left-1, 0)
}

// roleBlock gives the lines on one role: its name, at most limit lines on
// what differs, and how much more there is. nil means that the lines are gone.
func (t *textWriter) roleBlock(p *diff.Pair, limit int, b *budget) []string {
	head := t.strong.Sprint(clip(p.Name, clipLine))
	if a, other := p.A.Raw.Name, p.B.Raw.Name; a != p.Name || other != p.Name {
		head += fmt.Sprintf(" (%s: %s, %s: %s)", t.tag(0), clip(a, clipLine), t.tag(1), clip(other, clipLine))
	}
	if b.limit && b.left < 3 || !b.take(head) {
		return nil
	}
	block := []string{head}
	rest := len(p.Attributes) + len(p.OnlyA) + len(p.OnlyB)
	for d := range t.roleLines(p) {
		if b.limit && len(block) >= limit || !b.take(d.text) {
			break
		}
		block = append(block, d.text)
		rest -= d.count
	}
	if rest > 0 {
		more := fmt.Sprintf("  ... and %s", plural(rest, "more difference", "more differences"))
		b.left--
		block = append(block, more)
	}
	return block
}

// roleLine is a line on one or more differences.
type roleLine struct {
	text  string
	count int
}

// roleLines gives lines on what differs: attributes first, then the items of
// either side. There are fewer lines than differences where there are many.
func (t *textWriter) roleLines(p *diff.Pair) iter.Seq[roleLine] {
	return func(yield func(roleLine) bool) {
		for i := range p.Attributes {
			if !yield(roleLine{t.attributeLine(&p.Attributes[i]), 1}) {
				return
			}
		}
		for side, paint := range []*color.Color{t.onlyA, t.onlyB} {
			for _, g := range group(p.Role(side), p.Only(side)) {
				d := t.c.Difference(p.Role(side), side, g.first)
				line := fmt.Sprintf("  %c %s", "-+"[side], g.line(&d))
				if !yield(roleLine{paint.Sprint(line), g.count}) {
					return
				}
			}
		}
	}
}

func (t *textWriter) attributeLine(a *diff.AttributeChange) string {
	what := string(a.Kind)
	if a.Key != "" {
		what += " " + clip(a.Key, clipLine)
	}
	switch {
	case !a.B.Has:
		return t.onlyA.Sprintf("  - %s%s%s", what, valuePart(a.A.Value), namesPart(a.A.Names))
	case !a.A.Has:
		return t.onlyB.Sprintf("  + %s%s%s", what, valuePart(a.B.Value), namesPart(a.B.Names))
	}
	return t.changed.Sprintf("  ~ %s: %s %s%s -> %s %s%s", what,
		t.tag(0), quoted(a.A.Value), namesPart(a.A.Names), t.tag(1), quoted(a.B.Value), namesPart(a.B.Names))
}

func valuePart(value string) string {
	if value == "" {
		return ""
	}
	return ": " + quoted(value)
}

func quoted(value string) string { return `"` + clip(value, clipLine) + `"` }

// namesPart says that something names the other account's values.
func namesPart(names []normalize.Named) string {
	var b strings.Builder
	for _, n := range names {
		fmt.Fprintf(&b, " [names %s of %s", clip(n.Value, clipLine), clip(n.Owner, clipTag))
		if n.Expected != "" {
			fmt.Fprintf(&b, ", expected %s", clip(n.Expected, clipLine))
		}
		b.WriteByte(']')
	}
	return b.String()
}

// unique writes the roles of one account alone.
func (t *textWriter) unique(b *budget) {
	for side, paint := range []*color.Color{t.onlyA, t.onlyB} {
		roles := t.c.Only(side)
		for i, r := range roles {
			line := fmt.Sprintf("  %c role %s%s, %s", "-+"[side], clip(r.Path, clipLine), clip(r.Name, clipLine),
				plural(newRoleRow(r).Items, "item", "items"))
			// The other account's roles must have a line left too.
			if b.limit && side == 0 && b.left < 3 && len(t.c.OnlyB) > 0 || !b.take(line) {
				t.line("  ... and %s: see %s", plural(len(roles)-i, "more role", "more roles"),
					uniqueName("", fileSafe(t.c.Account(side).Tag), fileSafe(t.c.Account(1-side).Tag)))
				b.left--
				break
			}
			t.line("%s", paint.Sprint(line))
		}
	}
}
