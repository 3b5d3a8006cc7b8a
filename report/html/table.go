package html

import (
	"slices"
	"strconv"
)

// roleRow is a role in the table.
type roleRow struct {
	roleSection
}

// chunkRows is how many rows make one part of the table. A browser lays out
// only the parts that are in view.
const chunkRows = 100

// Chunks are the rows of the table of roles.
func (p *page) Chunks() [][]roleRow {
	rows := make([]roleRow, len(p.survey.roles))
	for i, r := range p.survey.roles {
		rows[i] = roleRow{p.section(r)}
	}
	return slices.Collect(slices.Chunk(rows, chunkRows))
}

// Flags say in what state the role is, a letter each, for the filter: o open,
// n new, k known, w waived, x waiver expired, a and b in one account alone, g
// not compared in part, m masked items.
func (r roleRow) Flags() string {
	var out []byte
	for _, f := range []struct {
		letter byte
		is     bool
	}{
		{'o', r.tally.Open() > 0},
		{'n', r.tally.New > 0},
		{'k', r.tally.Known > 0},
		{'w', r.tally.Waived > 0},
		{'x', r.tally.Expired > 0},
		{'a', r.Side == 0},
		{'b', r.Side == 1},
		{'g', len(r.Blind) > 0},
		{'m', r.Masked.Len()+len(r.MaskedAttributes) > 0},
	} {
		if f.is {
			out = append(out, f.letter)
		}
	}
	return string(out)
}

// KindNumbers are the kinds of the role's drift for the filter, each between
// dots.
func (r roleRow) KindNumbers() string {
	out := []byte{'.'}
	for _, k := range r.tally.Kinds {
		out = append(strconv.AppendInt(out, int64(k), 10), '.')
	}
	return string(out)
}

// KindLabels name the kinds of the role's drift.
func (r roleRow) KindLabels() []string {
	var out []string
	for _, k := range r.tally.Kinds {
		if kind := r.page.survey.kinds[k]; kind != kindRole {
			out = append(out, kindLabel(kind))
		}
	}
	return out
}

// maxServices is how many services a row names.
const maxServices = 6

// FewServices are the first services of items that differ.
func (r roleRow) FewServices() []string {
	first, _ := cut(r.tally.Services, maxServices)
	return first
}

// MoreServices is how many services the row does not name.
func (r roleRow) MoreServices() int { return len(r.tally.Services) - len(r.FewServices()) }

// OnlyA and OnlyB are how many items one account alone has.
func (r roleRow) OnlyA() int { return r.Items[0].Len() }
func (r roleRow) OnlyB() int { return r.Items[1].Len() }
