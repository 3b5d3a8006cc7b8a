package html

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// htmlChart is a bar chart as SVG. Lengths are in percent of its width, so
// that text keeps its size on any screen.
type htmlChart struct {
	ID, Title, Text string
	Tags            [2]string
	Bars            []htmlBar
	Height          int
	// Both and Waived tell which figures there are at all.
	Both, Waived bool
	// All are the rows of the table beside the chart; More is how many more
	// there are.
	All  []htmlBar
	More int
}

// htmlBar is one bar; its figures are its parts in this order.
type htmlBar struct {
	Label string
	htmlFigures
	Y, Middle int
	Parts     []htmlPart
	// End is where the number stands.
	End string
}

// Total is the number that the bar shows.
func (b *htmlBar) Total() int { return b.total() }

// htmlPart is a part of a bar: A, B, M (on both sides, not the same) or W.
type htmlPart struct{ Class, X, Width string }

const (
	htmlBarStep = 24 // pixels from bar to bar
	// Hundredths of a percent: where bars begin, and how long the longest is.
	htmlBarStart = 36_00
	htmlBarRoom  = 52_00
	htmlBars     = 12
)

// newHTMLChart fills a chart with the first bars and puts the others into one.
func newHTMLChart(c *htmlChart, all []htmlBar, list int) *htmlChart {
	c.All, c.Bars = all, slices.Clone(all)
	if len(all) > htmlBars {
		rest := htmlBar{Label: fmt.Sprintf("%s others", htmlCount(len(all)-htmlBars+1))}
		for _, b := range all[htmlBars-1:] {
			rest.A += b.A
			rest.B += b.B
			rest.Both += b.Both
			rest.Waived += b.Waived
		}
		c.Bars = append(c.Bars[:htmlBars-1], rest)
	}
	if len(all) > list {
		c.All, c.More = all[:list], len(all)-list
	}
	longest := 1
	for i := range c.Bars {
		longest = max(longest, c.Bars[i].total())
	}
	for i := range c.Bars {
		b := &c.Bars[i]
		c.Both = c.Both || b.Both > 0
		c.Waived = c.Waived || b.Waived > 0
		b.Y = i * htmlBarStep
		b.Middle = b.Y + 14
		b.lay(longest)
	}
	c.Height = len(c.Bars) * htmlBarStep
	return c
}

// lay puts the parts of a bar one after the other.
func (b *htmlBar) lay(longest int) {
	at, sum := htmlBarStart, 0
	for _, p := range []struct {
		class string
		n     int
	}{{"A", b.A}, {"B", b.B}, {"M", b.Both}, {"W", b.Waived}} {
		if p.n == 0 {
			continue
		}
		sum += p.n
		end := max(htmlBarStart+htmlBarRoom*sum/longest, at+20)
		b.Parts = append(b.Parts, htmlPart{p.class, htmlPercent(at), htmlPercent(end - at)})
		at = end
	}
	b.End = htmlPercent(at)
}

func htmlPercent(hundredths int) string {
	return fmt.Sprintf("%d.%02d%%", hundredths/100, hundredths%100)
}

// charts are of all drift by kind, and of items by service.
func (s *htmlSurvey) charts(list int) []*htmlChart {
	var kinds, services []htmlBar
	for _, k := range s.kinds {
		kinds = append(kinds, htmlBar{Label: htmlKindLabel(k), htmlFigures: *s.byKind[k]})
	}
	for _, name := range slices.Sorted(maps.Keys(s.byService)) {
		label := name
		if name == "" {
			label = "(no service)"
		}
		services = append(services, htmlBar{Label: label, htmlFigures: *s.byService[name]})
	}
	for _, bars := range [][]htmlBar{kinds, services} {
		slices.SortStableFunc(bars, func(a, b htmlBar) int {
			return cmp.Or(b.total()-a.total(), strings.Compare(a.Label, b.Label))
		})
	}
	tags := [2]string{s.run.Accounts.A.Tag, s.run.Accounts.B.Tag}
	return []*htmlChart{
		newHTMLChart(&htmlChart{
			ID: "kinds", Title: "Drift by kind", Tags: tags,
			Text: "Every drift counts once; a role that one account alone has is one drift.",
		}, kinds, list),
		newHTMLChart(&htmlChart{
			ID: "services", Title: "Items by service", Tags: tags,
			Text: "Items that differ, and the items of roles that one account alone has.",
		}, services, list),
	}
}
