package report

import (
	"fmt"
	"io"
	"strings"

	"iamctl/result"
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
func Markdown(w io.Writer, r *result.Result) error {
	m := &markdown{r: r, tags: r.Tags(), roles: map[string]bool{}}
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
	r    *result.Result
	tags [2]string
	// full tells that something did not fit: the common roles of these names
	// with so many differences, and so many roles of one account alone.
	full               bool
	roles              map[string]bool
	differences, alone int
}

// spanOf shows AWS's text in a code span.
func spanOf(s string, limit int) string { return codeSpan(Clip(s, limit)) }

// elementOf shows AWS's text in a block of HTML.
func elementOf(s string, limit int) string { return codeElement(Clip(s, limit)) }

func (m *markdown) line(format string, args ...any) { fmt.Fprintf(&m.b, format+"\n", args...) }

func (m *markdown) headline() {
	parts := outcome(m.r, spanOf)
	state := "in sync"
	switch drift := m.r.Tally().Drift(); {
	case m.r.Incomplete && drift:
		state = "incomplete, drift"
	case m.r.Incomplete:
		state = "incomplete"
	case drift:
		state = "drift"
	}
	m.line("## IAM roles: %s: %s and %s\n", state, spanOf(m.tags[0], result.TagLimit), spanOf(m.tags[1], result.TagLimit))
	texts := make([]string, len(parts))
	for i, p := range parts {
		texts[i] = p.text
		if p.kind != outcomePlain {
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
			m.line("- ... and %d more: see %s", n-i, result.FileName)
			break
		}
		m.line("%s", p)
	}
	m.line("")
}

func (m *markdown) gaps() {
	gaps := m.r.Gaps
	m.list(result.Count(len(gaps), "thing", "things")+" could not be read, parsed or compared", len(gaps), func(i int) string {
		return codeSpan(GapText(Clip, &gaps[i]))
	})
}

// waivers lists those that need a person.
func (m *markdown) waivers() {
	for _, l := range []struct{ state, one, many string }{
		{result.WaiverExpired, "waiver has expired and accepts nothing any more", "waivers have expired and accept nothing any more"},
		{result.WaiverUnmatched, "waiver fits no difference", "waivers fit no difference"},
	} {
		list := waiversIn(m.r, l.state)
		m.list(result.Count(len(list), l.one, l.many), len(list), func(i int) string {
			return fmt.Sprintf("%s (%s)", codeSpan(WaiverText(Clip, &list[i])), result.Count(list[i].Count, "difference", "differences"))
		})
	}
}

func (m *markdown) fixed() {
	h := m.r
	title := result.Count(len(h.Fixed), "difference is", "differences are") + " no more"
	if h.Meta.Since != "" {
		title += ", held against " + spanOf(h.Meta.Since, result.LineLimit)
	}
	m.list(title, len(h.Fixed), func(i int) string {
		return spanOf(h.Fixed[i].RoleName, result.LineLimit) + " " + spanOf(h.Fixed[i].Text, result.LineLimit)
	})
}

// markdownFigures are the figures that a comment has room for, with those that
// not every run has.
var markdownFigures = map[string]bool{
	"roles": true, "common_roles": true, "common_roles_with_differences": true, "differences_among_common_roles": true,
	"attribute_differences": true, "unique_roles": true, "masked_items": true, "gaps": true,
}

func (m *markdown) figures() {
	m.line("| Metric | %s | %s |", cellSpan(Clip(m.tags[0], result.TagLimit)), cellSpan(Clip(m.tags[1], result.TagLimit)))
	m.line("| --- | ---: | ---: |")
	for _, f := range m.r.Figures() {
		if f.Title != "" && (f.Occasional || markdownFigures[f.Member]) {
			m.line("| %s | %d | %d |", f.Title, f.A, f.B)
		}
	}
	m.line("")
}

// remarks says what else the reader must know, folded away.
func (m *markdown) remarks() {
	h := m.r
	var points []string
	masked, total := Maskings(h.CommonRoles...)
	for _, k := range masked {
		points = append(points, fmt.Sprintf("%s equal after rewriting, but may hide a difference: %s: %s",
			result.Count(k.Items, "item is", "items are"), spanOf(k.Value, result.LineLimit), spanOf(k.Reason, result.LineLimit)))
	}
	for _, n := range h.Notes {
		points = append(points, spanOf(n, result.LineLimit))
	}
	for _, k := range h.Ignored {
		points = append(points, "ignored on request: "+spanOf(k, result.TagLimit))
	}
	for _, o := range h.OutOfScope {
		points = append(points, "out of scope: "+spanOf(o, result.LineLimit))
	}
	if len(points) == 0 {
		return
	}
	m.line("<details><summary>%s, %s</summary>\n", result.Count(total, "masked item", "masked items"), result.Count(len(points)-len(masked), "remark", "remarks"))
	m.list("Remarks", len(points), func(i int) string { return points[i] })
	m.line("</details>\n")
}
