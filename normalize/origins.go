package normalize

import (
	"slices"
)

// origins are what became one row or text: rows of a table before rewriting,
// or texts with their marks.
type origins struct {
	side  int
	table *Table
	rows  []uint32

	field Field
	raw   []string
	texts []*mark
}

func (m *Masker) texts(side int, field Field, raw []string) *origins {
	raw = slices.Compact(slices.Sorted(slices.Values(raw)))
	o := &origins{side: side, field: field, raw: raw, texts: make([]*mark, len(raw))}
	r := m.accounts[side].Rewriter
	for i, s := range raw {
		_, h := r.rewrite(field, s)
		o.texts[i] = r.mark(h)
	}
	return o
}

func (o *origins) len() int {
	if o.table == nil {
		return len(o.raw)
	}
	return len(o.rows)
}

// mark is that of a column of the n-th; a text is all in column 0.
func (o *origins) mark(column, n int) *mark {
	switch {
	case o.table != nil:
		return o.table.mark(column, o.rows[n])
	case column == 0:
		return o.texts[n]
	}
	return nil
}

// marks is the number of marks, of which some may be nil; at gives the k-th.
func (o *origins) marks() int     { return columns * o.len() }
func (o *origins) at(k int) *mark { return o.mark(k/o.len(), k%o.len()) }

// identical tells whether the originals of both sides are the same.
func (o *origins) identical(p *origins) bool {
	if o.len() != p.len() {
		return false
	}
	if o.table == nil {
		return slices.Equal(o.raw, p.raw)
	}
	// Both are in the order of the rows before rewriting.
	for n := range o.rows {
		if o.table.Before.Item(int(o.rows[n])) != p.table.Before.Item(int(p.rows[n])) {
			return false
		}
	}
	return true
}
