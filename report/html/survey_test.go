package html

import (
	"slices"
	"testing"

	"iamctl/result"
)

// TestFirstCommit: a role is as old as its oldest drift, and a commit is in
// the list once, whether older drift is known or not.
func TestFirstCommit(t *testing.T) {
	m := newMaker()
	p := m.pair("app-%s")
	sure := *madeOlder
	sure.AtLeast = false
	for i, c := range []*result.Commit{madeCommit, madeOlder, &sure, madeCommit} {
		a := madeAttribute("tag", string(rune('a'+i)), "x", "y")
		a.FirstSeen = c
		p.Attributes = append(p.Attributes, a)
	}
	m.CommonRoles = []result.Pair{p}
	page := newPage(m.Result, defaultLimits)
	if got := page.survey.roles[0].tally.First; got != madeOlder {
		t.Errorf("the first commit is %+v", got)
	}
	var hashes []string
	for _, c := range page.Commits() {
		hashes = append(hashes, c.Hash)
	}
	if want := []string{madeCommit.Hash, madeOlder.Hash}; !slices.Equal(hashes, want) {
		t.Errorf("the commits are %q, want %q", hashes, want)
	}
}

func TestCharts(t *testing.T) {
	kinds := newPage(sampleResult(), defaultLimits).Charts[0]
	total := figures{}
	for _, b := range kinds.Bars {
		total.A += b.A
		total.B += b.B
		total.Both += b.Both
		total.Waived += b.Waived
	}
	if want := (figures{A: 7, B: 8, Both: 1, Waived: 2}); total != want {
		t.Errorf("the bars count %+v, want %+v", total, want)
	}
	services := newPage(largeResult(50), limits{page: defaultLimits.page, list: 3}).Charts[1]
	last := services.Bars[len(services.Bars)-1]
	if len(services.Bars) != maxBars || last.Label != "4 others" || last.Total() == 0 {
		t.Errorf("%d bars, the last is %q of %d: want %d, the last of all that have no room", len(services.Bars), last.Label, last.Total(), maxBars)
	}
	if len(services.All) != 3 || services.More != 12 {
		t.Errorf("the table has %d rows and leaves out %d, want 3 and 12", len(services.All), services.More)
	}
}
