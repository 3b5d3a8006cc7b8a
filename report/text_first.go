package report

import (
	"fmt"
	"strings"

	"github.com/fatih/color"
	"github.com/jedib0t/go-pretty/v6/text"

	"iamctl/result"
	"iamctl/verdict/severity"
)

const (
	// paperWidth is how wide the first lines are where there is no terminal.
	paperWidth = 120
	// levelWidth is how wide the column of severities is.
	levelWidth = len(severity.Critical)
	// leastWhat is how much room what was found has at least: beside a longer name it
	// is on a line of its own.
	leastWhat = 30
	// nameShare is up to which part of the line names are padded: a longer one makes
	// what was found at others no shorter.
	nameShare = 5
)

// first writes what the reader must see: how the run ended, both accounts and the worst
// findings. A result that does not say what its drift means has none.
func (t *textWriter) first() {
	list := Findings(Clip, t.r)
	if list == nil {
		return
	}
	t.ending()
	shown := list[:min(len(list), FirstFindings)]
	pad := 0
	for i := range shown {
		if w := text.StringWidth(shown[i].Name); w <= t.width()/nameShare {
			pad = max(pad, w)
		}
	}
	for i := range shown {
		t.found(&shown[i], pad)
	}
	rest := "the metrics, every difference and the files follow"
	if n := len(list) - len(shown); n > 0 {
		rest = fmt.Sprintf("and %d more; %s", n, rest)
	}
	t.line("%s\n", t.dim.Sprint(rest))
}

// width is how wide a line may be.
func (t *textWriter) width() int {
	if t.o.Width > 0 {
		return t.o.Width
	}
	return paperWidth
}

// ending writes how the run ended and between which accounts, on more than one line if it must
// be.
func (t *textWriter) ending() {
	end := endingText(t.r, Clip)
	var accounts []string
	for side := range 2 {
		name := t.tag(side)
		if id := t.r.Accounts.Of(side).ID; id != "" {
			name += " " + Clip(id, result.TagLimit)
		}
		accounts = append(accounts, name)
	}
	both := strings.Join(accounts, "  ")
	between := "\n"
	if text.StringWidth(end)+text.StringWidth(both)+3 <= t.width() {
		between = "   "
	}
	paint := t.onlyB
	if t.r.Incomplete || t.r.Drift {
		paint = t.alarm
	}
	t.line("%s%s%s", paint.Sprint(text.WrapSoft(end, t.width())), between, text.WrapSoft(both, t.width()))
}

// endingText returns how the run ended.
func endingText(r *result.Result, esc result.Escape) string {
	t := r.Tally()
	var parts []string
	if r.Incomplete {
		parts = append(parts, "incomplete, "+result.Count(len(r.Gaps), "gap", "gaps"))
	}
	tags := r.Tags()
	switch {
	case t.Drift():
		differ := "differ"
		if t.Roles == 1 {
			differ = "differs"
		}
		text := fmt.Sprintf("drift: %d of %s %s, %s only in %s, %d only in %s", t.Roles, result.Count(len(r.CommonRoles), "common role", "common roles"), differ,
			result.Count(t.Only[0], "role", "roles"), esc(tags[0], result.TagLimit), t.Only[1], esc(tags[1], result.TagLimit))
		if t.AWS > 0 {
			text += ", " + awsText(t)
		}
		if findings := auditText(r, esc); findings != "" {
			text += ", " + findings
		}
		parts = append(parts, text)
	case r.Incomplete:
		parts = append(parts, "no difference in what was compared")
	default:
		parts = append(parts, "in sync")
	}
	if form := formText(t); form != "" {
		parts = append(parts, form)
	}
	return strings.Join(parts, "; ")
}

// found writes a finding. What does not fit is cut, but for the severity and the name.
func (t *textWriter) found(f *Finding, pad int) {
	head := fmt.Sprintf("%-*s  ", levelWidth, f.Level)
	name := f.Name + strings.Repeat(" ", max(pad-text.StringWidth(f.Name), 0)) + "  "
	what := f.What
	if f.Example != "" {
		what += "   e.g. " + f.Example
	}
	room := t.width() - len(head) - text.StringWidth(name)
	between := ""
	if room < leastWhat && room < text.StringWidth(what) {
		between = "\n" + strings.Repeat(" ", len(head))
		room = t.width() - len(head)
	}
	if text.StringWidth(what) > room {
		what = text.Snip(what, max(room, 1), "…")
	}
	t.line("%s%s%s%s", t.level(f.Level).Sprint(head), t.strong.Sprint(name), between, what)
}

// level returns the colour of a severity.
func (t *textWriter) level(l severity.Level) *color.Color {
	switch l {
	case severity.Critical:
		return t.alarm
	case severity.High:
		return t.onlyA
	case severity.Medium:
		return t.changed
	}
	return t.dim
}
