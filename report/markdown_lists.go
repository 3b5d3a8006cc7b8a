package report

import (
	"fmt"

	"iamctl/result"
)

// list writes as many of n points as there is room for, and how many more there
// are.
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
	gaps := GapGroups(m.r.Gaps)
	m.list(result.Count(len(m.r.Gaps), "thing", "things")+" could not be read, parsed or compared", len(gaps), func(i int) string {
		return codeSpan(gaps[i].Text(Clip))
	})
}

// waivers lists the waivers that need attention, and all ignore rules.
func (m *markdown) waivers() {
	for _, l := range []struct{ state, one, many string }{
		{result.WaiverOutgrown, "waiver is outgrown: the meaning is more than was accepted", "waivers are outgrown: the meaning is more than was accepted"},
		{result.WaiverExpired, "waiver has expired and accepts nothing any more", "waivers have expired and accept nothing any more"},
		{result.WaiverUnmatched, "waiver fits no difference", "waivers fit no difference"},
	} {
		list := withoutRules(waiversIn(m.r, l.state))
		m.list(result.Count(len(list), l.one, l.many), len(list), func(i int) string {
			return fmt.Sprintf("%s (%s)%s", codeSpan(WaiverText(Clip, &list[i])), result.Count(list[i].Count, "difference", "differences"),
				outgrownText(SpanOf, &list[i])+SuccessorText(SpanOf, &list[i]))
		})
	}
	rules := rulesIn(m.r)
	m.list(result.Count(len(rules), "ignore rule", "ignore rules"), len(rules), func(i int) string {
		text := codeSpan(RuleText(Clip, &rules[i]))
		if rules[i].Wide != "" {
			text += " **warning: " + SpanOf(rules[i].Wide, result.LineLimit) + "**"
		}
		return text
	})
}

func (m *markdown) fixed() {
	h := m.r
	title := result.Count(len(h.Fixed), "difference is", "differences are") + " no more"
	if h.Meta.Since != "" {
		title += ", held against " + SpanOf(h.Meta.Since, result.LineLimit)
	}
	m.list(title, len(h.Fixed), func(i int) string {
		return SpanOf(h.Fixed[i].RoleName, result.LineLimit) + " " + SpanOf(h.Fixed[i].Text, result.LineLimit)
	})
}

// remarks writes what else the reader must know, folded away.
func (m *markdown) remarks() {
	h := m.r
	var points []string
	masked, items, attributes := Maskings(h.CommonRoles...)
	for _, k := range masked {
		points = append(points, fmt.Sprintf("%s equal after rewriting, but may hide a difference: %s: %s",
			k.IsOrAre(), SpanOf(k.Value, result.LineLimit), SpanOf(k.Reason, result.LineLimit)))
	}
	entries := ByWeight(h)
	for i := range entries {
		points = append(points, "equal only by the dictionary's entry "+EntryName(SpanOf, &entries[i])+": "+EntryText(&entries[i]))
	}
	for _, n := range h.Notes {
		points = append(points, SpanOf(n, result.LineLimit))
	}
	for _, in := range h.Meta.Files() {
		points = append(points, InputTitle(SpanOf, in.Kind)+": "+SpanOf(InputText(result.Whole, &in), 2*result.LineLimit))
	}
	for _, k := range h.Ignored {
		points = append(points, "ignored on request: "+SpanOf(k, result.TagLimit))
	}
	for i := range h.Excluded {
		points = append(points, "excluded on request: "+ExcludedText(SpanOf, m.tags, &h.Excluded[i]))
	}
	for _, o := range h.OutOfScope {
		points = append(points, "out of scope: "+SpanOf(o, result.LineLimit))
	}
	if len(points) == 0 {
		return
	}
	m.line("<details><summary>%s, %s</summary>\n", result.Count(items+attributes, "masked item", "masked items"), result.Count(len(points)-len(masked), "remark", "remarks"))
	m.list("Remarks", len(points), func(i int) string { return points[i] })
	m.line("</details>\n")
}
