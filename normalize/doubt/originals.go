package doubt

import (
	"slices"

	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/normalize/rewrite"
)

// originals are what became one row or text: rows of a table before
// rewriting, by number or, of pairs that are no rows of it, as they are; or texts
// with their traces.
type originals struct {
	side int

	table *normalize.Table
	rows  []uint32
	pairs []inventory.Row

	field      normalize.Field
	raw        []string
	textTraces []*rewrite.Trace

	// traces are those that are not nil, column by column.
	traces []*rewrite.Trace
	// literal reports whether one of them has a literal placeholder.
	literal bool
	// layouts are nil as long as nobody asks for them.
	layouts []rowLayout
}

func (m *Masker) texts(side int, field normalize.Field, raw []string) *originals {
	raw = slices.Compact(slices.Sorted(slices.Values(raw)))
	o := &originals{side: side, field: field, raw: raw, textTraces: make([]*rewrite.Trace, len(raw))}
	for i, s := range raw {
		_, o.textTraces[i] = m.accounts[side].Trace(field, s)
	}
	return o
}

func (o *originals) len() int {
	switch {
	case o.table == nil:
		return len(o.raw)
	case o.pairs != nil:
		return len(o.pairs)
	}
	return len(o.rows)
}

// row returns the n-th original of a table.
func (o *originals) row(n int) inventory.Row {
	if o.pairs != nil {
		return o.pairs[n]
	}
	return o.table.Before.Rows[o.rows[n]]
}

// trace returns the trace of a column of the n-th original. A text has one
// column only, the first.
func (o *originals) trace(c normalize.Column, n int) *rewrite.Trace {
	switch {
	case o.table != nil:
		return o.table.TraceOf(c, c.Value(o.row(n)))
	case c == 0:
		return o.textTraces[n]
	}
	return nil
}

// collect sets the traces, which it appends to space, and returns them.
func (o *originals) collect(space []*rewrite.Trace) []*rewrite.Trace {
	o.traces = space[:0]
	for c := range normalize.NumColumns {
		for n := range o.len() {
			if t := o.trace(c, n); t != nil {
				o.traces = append(o.traces, t)
				o.literal = o.literal || len(t.Literal) > 0
			}
		}
	}
	return o.traces
}
