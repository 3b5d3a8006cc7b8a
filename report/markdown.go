package report

import (
	"fmt"
	"io"
	"strings"
)

const (
	// markdownLimit is how many bytes, and so characters at most, a report
	// may have: GitHub takes 65,536 characters in a comment.
	markdownLimit = 60_000
	// markdownFoot is kept for saying what is left out.
	markdownFoot = 600
	// markdownList and markdownRole are how many bytes a list at the top and
	// a role may have.
	markdownList = 5_000
	markdownRole = 6_000
)

// Markdown writes a report that fits into the comment on a pull request, of
// 60,000 characters at most: how it ended, what is in the dark, which waivers
// need a person, what is fixed and the figures, then role by role what
// differs, what is new first. What does not fit is counted.
func Markdown(w io.Writer, r *Run) error {
	m := &markdown{v: r.view(), tags: r.tags(), roles: map[string]bool{}}
	m.headline()
	m.gaps()
	m.waivers()
	m.fixed()
	m.figures()
	m.remarks()
	m.drift()
	_, err := io.WriteString(w, m.b.String())
	return err
}

type markdown struct {
	b    strings.Builder
	v    *view
	tags [2]string
	// full tells that something did not fit: the common roles of these names
	// with so many differences, and so many roles of one account alone.
	full               bool
	roles              map[string]bool
	differences, alone int
}

// spanOf shows AWS's text in a code span.
func spanOf(s string, limit int) string { return codeSpan(clip(s, limit)) }

// elementOf shows AWS's text in a block of HTML.
func elementOf(s string, limit int) string { return codeElement(clip(s, limit)) }

func (m *markdown) line(format string, args ...any) { fmt.Fprintf(&m.b, format+"\n", args...) }

func (m *markdown) headline() {
	parts := m.v.verdict(spanOf)
	state := "in sync"
	switch drift := m.v.tally.drift(); {
	case m.v.head.Incomplete && drift:
		state = "incomplete, drift"
	case m.v.head.Incomplete:
		state = "incomplete"
	case drift:
		state = "drift"
	}
	m.line("## IAM roles: %s: %s and %s\n", state, spanOf(m.tags[0], clipTag), spanOf(m.tags[1], clipTag))
	texts := make([]string, len(parts))
	for i, p := range parts {
		texts[i] = p.text
		if p.kind != verdictPlain {
			texts[i] = "**" + p.text + "**"
		}
	}
	m.line("%s\n", strings.Join(texts, "; "))
}

// list writes as many of n points as there is room for in a list, and how
// many more there are.
func (m *markdown) list(title string, n int, point func(i int) string) {
	if n == 0 {
		return
	}
	m.line("### %s\n", title)
	size := 0
	for i := range n {
		p := "- " + point(i)
		if size += len(p) + 1; size > markdownList {
			m.line("- ... and %d more: see %s", n-i, JSONName)
			break
		}
		m.line("%s", p)
	}
	m.line("")
}

func (m *markdown) gaps() {
	gaps := m.v.head.Gaps
	m.list(plural(len(gaps), "thing", "things")+" could not be read, parsed or compared", len(gaps), func(i int) string {
		return codeSpan(gapText(clip, &gaps[i]))
	})
}

// waivers lists those that need a person.
func (m *markdown) waivers() {
	for _, l := range []struct{ state, one, many string }{
		{WaiverExpired, "waiver has expired and accepts nothing any more", "waivers have expired and accept nothing any more"},
		{WaiverUnmatched, "waiver fits no difference", "waivers fit no difference"},
	} {
		list := m.v.head.waiversIn(l.state)
		m.list(plural(len(list), l.one, l.many), len(list), func(i int) string {
			return fmt.Sprintf("%s (%s)", codeSpan(waiverText(clip, &list[i])), plural(list[i].Count, "difference", "differences"))
		})
	}
}

func (m *markdown) fixed() {
	h := m.v.head
	title := plural(len(h.Fixed), "difference is", "differences are") + " no more"
	if h.Meta.Since != "" {
		title += ", held against " + spanOf(h.Meta.Since, clipLine)
	}
	m.list(title, len(h.Fixed), func(i int) string {
		return spanOf(h.Fixed[i].RoleName, clipLine) + " " + spanOf(h.Fixed[i].Text, clipLine)
	})
}

// markdownFigures are the figures that a comment has room for.
var markdownFigures = map[string]bool{
	"roles": true, "common_roles": true, "common_roles_with_differences": true, "differences_among_common_roles": true,
	"attribute_differences": true, "unique_roles": true, "masked_items": true, "gaps": true,
	countWaived: true, countNew: true, countFixed: true,
}

func (m *markdown) figures() {
	m.line("| Metric | %s | %s |", cellSpan(clip(m.tags[0], clipTag)), cellSpan(clip(m.tags[1], clipTag)))
	m.line("| --- | ---: | ---: |")
	for _, f := range allFigures() {
		if v, ok := m.v.head.Counts[f.member]; ok && markdownFigures[f.member] {
			m.line("| %s | %d | %d |", f.title, v.A, v.B)
		}
	}
	m.line("")
}

// remarks says what else the reader must know, folded away.
func (m *markdown) remarks() {
	h := m.v.head
	var points []string
	masked, total := maskings(m.v.masked)
	for _, k := range masked {
		points = append(points, fmt.Sprintf("%s equal after rewriting, but may hide a difference: %s: %s",
			plural(k.items, "item is", "items are"), spanOf(k.value, clipLine), spanOf(k.reason, clipLine)))
	}
	for _, n := range h.Notes {
		points = append(points, spanOf(n, clipLine))
	}
	for _, k := range h.Ignored {
		points = append(points, "ignored on request: "+spanOf(k, clipTag))
	}
	for _, o := range h.OutOfScope {
		points = append(points, "out of scope: "+spanOf(o, clipLine))
	}
	if len(points) == 0 {
		return
	}
	m.line("<details><summary>%s, %s</summary>\n", plural(total, "masked item", "masked items"), plural(len(points)-len(masked), "remark", "remarks"))
	m.list("Remarks", len(points), func(i int) string { return points[i] })
	m.line("</details>\n")
}
