package report

import (
	"iter"
	"strings"

	"github.com/fatih/color"
	"github.com/jedib0t/go-pretty/v6/text"

	"iamctl/result"
)

// budget is the lines that are left for a part of the text.
type budget struct {
	// width is the terminal's, 0 for none.
	width int
	left  int
	// limit reports whether there is a limit at all.
	limit bool
}

// take uses up the lines that s needs, and reports whether there were enough.
// It keeps one line for how much more there is.
func (b *budget) take(s string) bool {
	if !b.limit {
		return true
	}
	need := 0
	for line := range strings.SplitSeq(s, "\n") {
		need++
		if w := text.StringWidthWithoutEscSequences(line); b.width > 0 && w > b.width {
			need += (w - 1) / b.width
		}
	}
	if b.left-need < 1 {
		return false
	}
	b.left -= need
	return true
}

// differences writes the common roles that differ and the roles of one account
// alone, but for what is waived.
func (t *textWriter) differences() {
	if !t.r.Tally().Open() {
		return
	}
	t.line("\n%s", t.legend())
	uniques := t.r.Tally().Only[0] + t.r.Tally().Only[1]
	lines := t.o.Lines
	if lines > 0 {
		lines = max(lines-t.changedByAWS(&budget{t.o.Width, max(lines/4, 4), true}), 4)
	} else {
		t.changedByAWS(&budget{})
	}
	// Roles of one account alone get a quarter of the lines, more where the
	// others leave some.
	forUnique := min(uniques+3, max(lines/4, 4))
	if uniques == 0 {
		forUnique = 0
	}
	left := t.common(&budget{t.o.Width, lines - forUnique, lines > 0})
	t.unique(&budget{t.o.Width, forUnique + left, lines > 0})
}

// legendWidth is how wide a line of the legend may be: that of a small terminal.
const legendWidth = 80

// legend returns what the signs before the lines mean, broken where a tag is long.
func (t *textWriter) legend() string {
	out := t.strong.Sprint("What differs:")
	width := len("What differs:")
	between := " "
	for _, part := range []struct {
		paint *color.Color
		text  string
	}{
		{t.onlyA, "- only in " + t.tag(0)},
		{t.onlyB, "+ only in " + t.tag(1)},
		{t.changed, "~ not the same"},
		{t.dim, FingerprintPrefix + "... to waive"},
	} {
		w := text.StringWidthWithoutEscSequences(part.text)
		if width+len(between)+w > legendWidth {
			between, width = "\n  ", 0
		}
		out += between + part.paint.Sprint(part.text)
		width += len(between) + w
		between = "   "
	}
	return out
}

// common writes the common roles that differ, the worst first, and returns how many
// lines are left.
func (t *textWriter) common(b *budget) int {
	total := t.r.Tally().Roles + t.r.Tally().FormRoles
	perRole := max(b.left/max(total, 1), 4)
	shown := 0
	for f := range t.r.Ranked() {
		if f.Pair == nil || f.Pair.Open() == 0 {
			continue
		}
		block := t.roleBlock(f.Pair, perRole, b)
		if block == nil {
			break
		}
		for _, l := range block {
			t.line("%s", l)
		}
		shown++
	}
	if shown < total {
		t.line("... and %s", result.Count(total-shown, "more common role that differs", "more common roles that differ"))
		t.cut = true
		b.left--
	}
	return max(b.left-1, 0)
}

// roleBlock returns the lines on one role: its name, at most limit lines on what
// differs, and how much more there is; nil if too few lines are left.
func (t *textWriter) roleBlock(p *result.Pair, limit int, b *budget) []string {
	told := commitOf(p, isOpen)
	name := Clip(p.RoleName, result.LineLimit)
	head := t.strong.Sprint(name) + pairText(Clip, t.tags, p)[len(name):]
	f := newFinder(Clip, t.r)
	if level := f.level(p); level != "" && !t.whole() {
		note := string(level)
		if f.nothingLeft(p) {
			note += ", no effective difference"
		}
		head += " " + t.level(level).Sprintf("[%s]", note)
	}
	head += roleSince(Clip, told)
	if b.limit && b.left < 3 || !b.take(head) {
		return nil
	}
	block := append([]string{head}, t.meant(p)...)
	rest := p.Open()
	for d := range t.roleLines(p, told) {
		if b.limit && len(block) >= limit || !b.take(d.text) {
			break
		}
		block = append(block, d.text)
		rest -= d.count
	}
	if rest > 0 {
		more := "  ... and " + result.Count(rest, "more difference", "more differences")
		if t.whole() {
			more += ": see " + result.FileName
		}
		t.cut = true
		b.left--
		block = append(block, more)
	}
	return block
}

// meant returns in a whole text the lines on what a role's differences mean: the first
// lines of the text may be cut.
func (t *textWriter) meant(p *result.Pair) []string {
	if !t.whole() || p.Meaning == nil {
		return nil
	}
	var lines []string
	for _, x := range newFinder(Clip, t.r).pair(p) {
		what := x.What
		if x.Example != "" {
			what += "; e.g. " + x.Example
		}
		lines = append(lines, "  "+t.level(x.Level).Sprint(string(x.Level)+":")+" "+what)
	}
	return lines
}

// roleLines yields the lines on a role, indented and coloured by their signs. What
// permits the same is one line, but in a whole text.
func (t *textWriter) roleLines(p *result.Pair, told *result.Commit) iter.Seq[roleLine] {
	lines := linesOf(Clip, t.tags, p, isOpen, told, t.few())
	if !t.whole() {
		lines = newFinder(Clip, t.r).folded(p, lines)
	}
	return func(yield func(roleLine) bool) {
		for l := range lines {
			l.text = t.driftLine("  "+l.text, l.text[0], l.fingerprint)
			if !yield(l) {
				return
			}
		}
	}
}

// driftLine returns a line on a drift in the colour of its sign, with the
// fingerprint at the end: on a line of its own where the terminal would break it.
func (t *textWriter) driftLine(line string, sign byte, fingerprint string) string {
	if fingerprint == "" {
		return t.paint(sign).Sprint(line)
	}
	between := " "
	if t.o.Width > 0 {
		rest := t.o.Width - text.StringWidthWithoutEscSequences(line)%t.o.Width
		if rest <= len(fingerprint) {
			between = "\n    "
		}
	}
	return t.paint(sign).Sprint(line) + between + t.dim.Sprint(fingerprint)
}

// unique writes the roles of one account alone, at the margin so that none
// seems to be a part of the role before.
func (t *textWriter) unique(b *budget) {
	only := t.r.Tally().Only
	if only[0]+only[1] == 0 {
		return
	}
	t.line("%s", t.strong.Sprint("Roles in one account alone:"))
	b.left--
	for side := range 2 {
		shown := 0
		for f := range t.r.Ranked() {
			u := f.Unique
			if u == nil || f.Side != side || u.Waiver != nil {
				continue
			}
			line := u.Line(Clip, side, t.tags[side]) + levelNote(u.Meaning.Level()) + markText(Clip, &u.Mark, nil)
			line = t.driftLine(line, line[0], shortFingerprint(u.Fingerprint, 0))
			// The other account's roles must have a line left too.
			if b.limit && side == 0 && b.left < 3 && only[1] > 0 || !b.take(line) {
				t.line("... and %s", result.Count(only[side]-shown, "more role", "more roles"))
				t.cut = true
				b.left--
				break
			}
			t.line("%s", line)
			shown++
		}
	}
}
