package html

import (
	"fmt"
	"slices"
	"strings"

	"iamctl/report"
	"iamctl/result"
)

// ending is the outcome of the run. Class is one of ok, bad and gap.
type ending struct{ Class, Word, Text string }

// Verdict is the outcome of the run. With gaps it is never in sync.
func (p *page) Verdict() ending {
	t := &p.survey.total
	v := ending{"ok", "In sync", "Nothing differs between the two accounts."}
	form := p.Meta.By == result.ByMeaning && !p.Drift
	drift := t.Open() > 0 && !form || p.Drift && t.Drifts == 0
	switch {
	case form && t.Open() > 0:
		v.Text = plural(t.Open(), "difference", "differences") + " without a change in meaning."
	case drift:
		v = ending{"bad", "Drift", plural(t.Open(), "drift", "drifts") + " that no waiver accepts"}
		if p.Meta.Since != "" {
			v.Text += fmt.Sprintf(", %s of them new", thousands(t.New))
		}
		v.Text += "."
	case t.Drifts > 0:
		v = ending{"ok", "Accepted", plural(t.Drifts, "drift", "drifts") + ", waived."}
	}
	for _, text := range p.ExcludedTexts() {
		v.Text += " Left out on request: " + text + "."
	}
	if !p.Incomplete && len(p.Gaps) == 0 {
		return v
	}
	v.Text += fmt.Sprintf(" %s: what could not be compared may hide more.", plural(len(p.Gaps), "gap", "gaps"))
	if drift {
		v.Word += ", incomplete"
	} else {
		v.Class, v.Word = "gap", "Incomplete"
	}
	return v
}

// tile is one figure of the summary. A and B are those of the accounts, Value
// is that of a figure of the run.
type tile struct {
	Label, Value string
	A, B         string
	Note         string
	Class        string
}

// Tiles are the figures of the summary.
func (p *page) Tiles() []tile {
	s := p.survey
	onlyA, onlyB, both := len(p.UniqueRoles.A), len(p.UniqueRoles.B), len(p.CommonRoles)
	differing, alone := s.differing(), onlyA+onlyB
	tiles := []tile{
		{Label: "Roles", A: thousands(both + onlyA), B: thousands(both + onlyB), Note: thousands(both) + " in both"},
		{
			Label: "Differing roles", Value: thousands(differing + alone),
			Note: fmt.Sprintf("%s in both, %s in one account alone", thousands(differing), thousands(alone)),
		},
		{
			Label: "Items", A: thousands(s.items[0]), B: thousands(s.items[1]),
			Note: "permissions of roles in both that one account alone has",
		},
		{Label: "Attributes", Value: thousands(s.attributes), Note: "of roles in both that differ"},
		p.newTile(),
		p.waivedTile(),
		{Label: "Gaps", Value: thousands(len(p.Gaps)), Note: "could not be read, parsed or compared", Class: gapClass(len(p.Gaps))},
		{Label: "Masked", Value: thousands(p.masked()), Note: "items and attributes equal only by a doubtful rewriting"},
	}
	if p.Meta.Since != "" || len(p.Fixed) > 0 {
		tiles = append(tiles, tile{Label: "Fixed", Value: thousands(len(p.Fixed)), Note: "drifts of the earlier run that are gone"})
	}
	return tiles
}

// differing is how many common roles have drift.
func (s *survey) differing() int {
	n := 0
	for _, r := range s.roles {
		if r.Side == result.Both && r.tally.Drifts > 0 {
			n++
		}
	}
	return n
}

// masked is how many items, names and attributes are masked.
func (p *page) masked() int {
	n := 0
	for i := range p.CommonRoles {
		n += p.CommonRoles[i].Masked.Len() + len(p.CommonRoles[i].MaskedAttributes)
	}
	return n
}

// gapClass is the CSS class of so many gaps.
func gapClass(n int) string {
	if n > 0 {
		return "gap"
	}
	return ""
}

func (p *page) newTile() tile {
	t := &p.survey.total
	if p.Meta.Since == "" && t.New+t.Known == 0 {
		return tile{Label: "New", Value: "–", Note: "not held against an earlier run"}
	}
	v := tile{Label: "New", Value: thousands(t.New), Note: fmt.Sprintf("%s still there", thousands(t.Known))}
	if t.New > 0 {
		v.Class = "bad"
	}
	return v
}

func (p *page) waivedTile() tile {
	v := tile{Label: "Waived", Value: thousands(p.survey.total.Waived), Note: "of " + plural(p.survey.total.Drifts, "drift", "drifts")}
	if n := len(p.Expired()); n > 0 {
		v.Note += ", " + plural(n, "waiver has expired", "waivers have expired")
		v.Class = "bad"
	}
	return v
}

// MaskedReasons sum up what is masked, in its order.
func (p *page) MaskedReasons() []report.Masking {
	list, _, _ := report.Maskings(p.CommonRoles...)
	return list
}

// figureRow is a figure of diff.json, for both accounts.
type figureRow struct {
	Title string
	A, B  int
}

// Figures are all figures of diff.json: those of every run, then the others by
// their members' names.
func (p *page) Figures() []figureRow {
	var out, others []figureRow
	for _, f := range p.Result.Figures() {
		if f.Occasional {
			others = append(others, figureRow{strings.ReplaceAll(f.Member, "_", " "), f.A, f.B})
		} else {
			out = append(out, figureRow{f.Title, f.A, f.B})
		}
	}
	slices.SortFunc(others, func(a, b figureRow) int { return strings.Compare(a.Title, b.Title) })
	return append(out, others...)
}

// gapName names what a gap is about.
func gapName(g result.Gap) string {
	parts := []string{g.Entity, g.Name, g.PolicyType, g.PolicyName}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " ")
}
