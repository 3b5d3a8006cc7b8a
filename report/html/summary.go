package html

import (
	"fmt"
	"slices"
	"strings"

	"iamctl/report"
	"iamctl/result"
)

// htmlVerdict is the run's outcome: Class is one of ok, bad, gap.
type htmlVerdict struct{ Class, Word, Text string }

// Verdict is the outcome of the run. A run with gaps is never in sync.
func (p *htmlPage) Verdict() htmlVerdict {
	t := &p.survey.total
	drift := t.Open() > 0 || p.Drift && t.Drifts == 0
	incomplete := p.Incomplete || len(p.Gaps) > 0
	v := htmlVerdict{"ok", "In sync", "Nothing differs between the two accounts."}
	switch {
	case drift:
		v = htmlVerdict{"bad", "Drift", fmt.Sprintf("%s that no waiver accepts", htmlPlural(t.Open(), "drift", "drifts"))}
		if p.Meta.Since != "" {
			v.Text += fmt.Sprintf(", %s of them new", htmlCount(t.New))
		}
		v.Text += "."
	case t.Drifts > 0:
		v = htmlVerdict{"ok", "Accepted", htmlPlural(t.Drifts, "drift", "drifts") + ", waived."}
	}
	if incomplete && drift {
		v.Word += ", incomplete"
	} else if incomplete {
		v.Class, v.Word = "gap", "Incomplete"
	}
	if incomplete {
		v.Text += fmt.Sprintf(" %s: what could not be compared may hide more.", htmlPlural(len(p.Gaps), "gap", "gaps"))
	}
	return v
}

// htmlTile is one figure of the summary; A and B are the accounts' own.
type htmlTile struct {
	Label, Value string
	A, B         string
	Note         string
	Class        string
}

// Tiles are the figures of the summary.
func (p *htmlPage) Tiles() []htmlTile {
	s := p.survey
	differing := 0
	for _, r := range s.roles {
		if r.Side == htmlBoth && r.tally.Drifts > 0 {
			differing++
		}
	}
	onlyA, onlyB, both := len(p.UniqueRoles.A), len(p.UniqueRoles.B), len(p.CommonRoles)
	masked := 0
	for i := range p.CommonRoles {
		masked += p.CommonRoles[i].Masked.Len()
	}
	tiles := []htmlTile{
		{Label: "Roles", A: htmlCount(both + onlyA), B: htmlCount(both + onlyB), Note: htmlCount(both) + " in both"},
		{Label: "Differing roles", Value: htmlCount(differing + onlyA + onlyB), Note: fmt.Sprintf("%s in both, %s in one account alone", htmlCount(differing), htmlCount(onlyA+onlyB))},
		{Label: "Items", A: htmlCount(s.items[0]), B: htmlCount(s.items[1]), Note: "permissions of roles in both that one account alone has"},
		{Label: "Attributes", Value: htmlCount(s.attributes), Note: "of roles in both that differ"},
		p.newTile(),
		p.waivedTile(),
		{Label: "Gaps", Value: htmlCount(len(p.Gaps)), Note: "could not be read, parsed or compared", Class: htmlAlarm(len(p.Gaps))},
		{Label: "Masked", Value: htmlCount(masked), Note: "items equal only by a doubtful rewriting"},
	}
	if p.Meta.Since != "" || len(p.Fixed) > 0 {
		tiles = append(tiles, htmlTile{Label: "Fixed", Value: htmlCount(len(p.Fixed)), Note: "drifts of the earlier run that are gone"})
	}
	return tiles
}

func htmlAlarm(n int) string {
	if n > 0 {
		return "gap"
	}
	return ""
}

func (p *htmlPage) newTile() htmlTile {
	if t := &p.survey.total; p.Meta.Since != "" || t.New+t.Known > 0 {
		v := htmlTile{Label: "New", Value: htmlCount(t.New), Note: fmt.Sprintf("%s still there", htmlCount(t.Known))}
		if t.New > 0 {
			v.Class = "bad"
		}
		return v
	}
	return htmlTile{Label: "New", Value: "–", Note: "not held against an earlier run"}
}

func (p *htmlPage) waivedTile() htmlTile {
	v := htmlTile{Label: "Waived", Value: htmlCount(p.survey.total.Waived), Note: "of " + htmlPlural(p.survey.total.Drifts, "drift", "drifts")}
	if n := len(p.Expired()); n > 0 {
		v.Note += ", " + htmlPlural(n, "waiver has expired", "waivers have expired")
		v.Class = "bad"
	}
	return v
}

// MaskedReasons sum up the masked items of the run, in their order.
func (p *htmlPage) MaskedReasons() []report.Masking {
	list, _ := report.Maskings(p.CommonRoles...)
	return list
}

// htmlFigureRow is a figure of diff.json.
type htmlFigureRow struct {
	Title string
	A, B  int
}

// Figures are all figures of diff.json: those of every run, then the others by
// their members' names.
func (p *htmlPage) Figures() []htmlFigureRow {
	var out, others []htmlFigureRow
	for _, f := range p.Result.Figures() {
		if f.Occasional {
			others = append(others, htmlFigureRow{strings.ReplaceAll(f.Member, "_", " "), f.A, f.B})
		} else {
			out = append(out, htmlFigureRow{f.Title, f.A, f.B})
		}
	}
	slices.SortFunc(others, func(a, b htmlFigureRow) int { return strings.Compare(a.Title, b.Title) })
	return append(out, others...)
}

// htmlGapName names what a gap is about.
func htmlGapName(g result.Gap) string {
	parts := []string{g.Entity, g.Name, g.PolicyType, g.PolicyName}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " ")
}
