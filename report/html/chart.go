package html

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// chart is a bar chart as SVG. Lengths are in percent of its width, so that text
// keeps its size on any screen.
type chart struct {
	ID, Title, Text string
	Tags            [2]string
	Bars            []bar
	Height          int
	// Both and Waived report whether there are such figures at all.
	Both, Waived bool
	// All are the rows of the table beside the chart; More is how many more
	// there are.
	All  []bar
	More int
}

// bar is one bar. Its figures are its parts, in their order.
type bar struct {
	Label string
	figures
	Y, Middle int
	Parts     []barPart
	// End is where the number is.
	End string
}

// Total is the number that the bar shows.
func (b *bar) Total() int { return b.total() }

// barPart is a part of a bar: A, B, M (on both sides, not the same) or W.
type barPart struct{ Class, X, Width string }

const (
	barStep = 24 // pixels from bar to bar
	// Hundredths of a percent: where bars begin, and how long the longest is.
	barStart = 36_00
	barRoom  = 52_00
	maxBars  = 12
)

// newChart fills a chart with bars and its table with so many rows.
func newChart(c *chart, all []bar, rows int) *chart {
	c.Bars = firstBars(all)
	first, more := cut(all, rows)
	c.All, c.More = first, len(more)
	longest := 1
	for i := range c.Bars {
		longest = max(longest, c.Bars[i].total())
	}
	for i := range c.Bars {
		b := &c.Bars[i]
		c.Both = c.Both || b.Both > 0
		c.Waived = c.Waived || b.Waived > 0
		b.Y = i * barStep
		b.Middle = b.Y + 14
		b.lay(longest)
	}
	c.Height = len(c.Bars) * barStep
	return c
}

// firstBars returns the bars of a chart, with one bar for those that have no
// room.
func firstBars(all []bar) []bar {
	bars := slices.Clone(all)
	if len(bars) <= maxBars {
		return bars
	}
	rest := bar{Label: thousands(len(all)-maxBars+1) + " others"}
	for _, b := range all[maxBars-1:] {
		rest.A += b.A
		rest.B += b.B
		rest.Both += b.Both
		rest.Waived += b.Waived
	}
	return append(bars[:maxBars-1], rest)
}

// lay puts the parts of a bar end to end. Each is wide enough to be seen.
func (b *bar) lay(longest int) {
	at, sum := barStart, 0
	for _, p := range []struct {
		class string
		n     int
	}{{"A", b.A}, {"B", b.B}, {"M", b.Both}, {"W", b.Waived}} {
		if p.n == 0 {
			continue
		}
		sum += p.n
		end := max(barStart+barRoom*sum/longest, at+20)
		b.Parts = append(b.Parts, barPart{p.class, percent(at), percent(end - at)})
		at = end
	}
	b.End = percent(at)
}

// percent returns hundredths of a percent as a length.
func percent(hundredths int) string {
	return fmt.Sprintf("%d.%02d%%", hundredths/100, hundredths%100)
}

// charts returns those of all drift by kind, and of items by service.
func (s *survey) charts(rows int) []*chart {
	var kinds, services []bar
	for _, k := range s.kinds {
		kinds = append(kinds, bar{Label: kindLabel(k), figures: *s.byKind[k]})
	}
	for _, name := range slices.Sorted(maps.Keys(s.byService)) {
		services = append(services, bar{Label: cmp.Or(name, "(no service)"), figures: *s.byService[name]})
	}
	for _, bars := range [][]bar{kinds, services} {
		slices.SortStableFunc(bars, func(a, b bar) int {
			return cmp.Or(b.total()-a.total(), strings.Compare(a.Label, b.Label))
		})
	}
	return []*chart{
		newChart(&chart{
			ID: "kinds", Title: "Drift by kind", Tags: s.run.Tags(),
			Text: "Every drift counts once; a role that one account alone has is one drift.",
		}, kinds, rows),
		newChart(&chart{
			ID: "services", Title: "Items by service", Tags: s.run.Tags(),
			Text: "Items that differ, and the items of roles that one account alone has.",
		}, services, rows),
	}
}
