package report

import (
	"fmt"
	"iter"

	"github.com/jedib0t/go-pretty/v6/text"
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
// account alone, what is waived left out.
func (t *textWriter) differences() {
	if !t.v.tally.drift() {
		return
	}
	t.line("\n%s %s   %s   %s   %s", t.strong.Sprint("What differs:"), t.onlyA.Sprintf("- only in %s", t.tag(0)),
		t.onlyB.Sprintf("+ only in %s", t.tag(1)), t.changed.Sprint("~ not the same"), t.dim.Sprint("#... is for iamctl waive"))
	uniques := t.v.tally.only[0] + t.v.tally.only[1]
	lines := t.o.Lines
	// Roles of one account alone get a quarter of the lines, more where the
	// others leave some.
	forUnique := min(uniques+3, max(lines/4, 4))
	if uniques == 0 {
		forUnique = 0
	}
	left := t.common(&budget{t.o.Width, lines - forUnique, lines > 0})
	t.unique(&budget{t.o.Width, forUnique + left, lines > 0})
}

// common writes the common roles that differ and gives the lines it left.
func (t *textWriter) common(b *budget) int {
	total := t.v.tally.roles
	perRole := max(b.left/max(total, 1), 4)
	shown := 0
	for p := range t.v.pairs {
		block := t.roleBlock(&p, perRole, b)
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
			differingName(fileSafe(t.tags[0])))
		b.left--
	}
	return max(b.left-1, 0)
}

// roleBlock gives the lines on one role: its name, at most limit lines on
// what differs, and how much more there is. nil means that the lines are gone.
func (t *textWriter) roleBlock(p *pairView, limit int, b *budget) []string {
	head := t.strong.Sprint(clip(p.name, clipLine)) + pairText(clip, t.tags, p)[len(clip(p.name, clipLine)):]
	if b.limit && b.left < 3 || !b.take(head) {
		return nil
	}
	block := []string{head}
	rest := p.left
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

// roleLine is a line on one or more differences, and what to waive it by.
type roleLine struct {
	text, handle string
	count        int
}

// linesOf gives lines on what is wanted: attributes first, then the items of
// either side. There are fewer lines than differences where there are many.
func linesOf(s show, tags [2]string, p *pairView, want wanted) iter.Seq[roleLine] {
	return func(yield func(roleLine) bool) {
		for a := range pointers(p.attributes) {
			if !want(&a.RunMark) {
				continue
			}
			if !yield(roleLine{attributeText(s, tags, a) + markText(s, &a.RunMark), handle(a.Fingerprint, 0), 1}) {
				return
			}
		}
		for side, items := range p.items {
			for _, g := range group(items, want) {
				if !yield(roleLine{g.text(s, side, items), g.handle(items), g.count}) {
					return
				}
			}
		}
	}
}

// roleLines gives the lines on a role, indented and coloured by their signs.
func (t *textWriter) roleLines(p *pairView) iter.Seq[roleLine] {
	return func(yield func(roleLine) bool) {
		for l := range linesOf(clip, t.tags, p, unwaived) {
			l.text = t.paint(l.text[0]).Sprint("  "+l.text) + " " + t.dim.Sprint(l.handle)
			if !yield(l) {
				return
			}
		}
	}
}

// unique writes the roles of one account alone, at the margin so that none
// seems to be a part of the role before.
func (t *textWriter) unique(b *budget) {
	only := t.v.tally.only
	if only[0]+only[1] == 0 {
		return
	}
	t.line("%s", t.strong.Sprint("Roles in one account alone:"))
	b.left--
	for side, roles := range t.v.unique {
		shown := 0
		for u := range roles {
			line := uniqueText(clip, side, t.tags[side], &u.role, u.items) + markText(clip, &u.mark)
			line = t.paint(line[0]).Sprint(line) + " " + t.dim.Sprint(handle(u.fingerprint, 0))
			// The other account's roles must have a line left too.
			if b.limit && side == 0 && b.left < 3 && only[1] > 0 || !b.take(line) {
				t.line("... and %s: see %s", plural(only[side]-shown, "more role", "more roles"),
					uniqueName("", fileSafe(t.tags[side]), fileSafe(t.tags[1-side])))
				b.left--
				break
			}
			t.line("%s", line)
			shown++
		}
	}
}
