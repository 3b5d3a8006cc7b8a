package normalize

import "iamctl/inventory"

// spot is a layout as two numbers, which are equal where the layouts are, on
// whichever side; the zero spot is that of a text into which nothing was put.
type spot struct {
	set, tally uint32
	known      bool
}

// spots remembers the layouts of an original's columns: a resource stands in
// the rows of many actions.
type spots struct {
	numbers map[string]uint32
	tables  map[*Table]*[columns][]spot
}

// number gives equal texts one number, 0 for none.
func (s *spots) number(text string) uint32 {
	if text == "" {
		return 0
	}
	n, ok := s.numbers[text]
	if !ok {
		if s.numbers == nil {
			s.numbers = map[string]uint32{}
		}
		n = uint32(len(s.numbers) + 1)
		s.numbers[text] = n
	}
	return n
}

// spot is that of a column of the n-th original.
func (m *Masker) spot(o *origins, column, n int) spot {
	switch {
	case o.mark(column, n) == nil:
		return spot{}
	case o.table == nil:
		return m.work(o.side, layout{}, o.field, o.raw[n])
	}
	all := m.spots.tables[o.table]
	if all == nil {
		all = &[columns][]spot{}
		if m.spots.tables == nil {
			m.spots.tables = map[*Table]*[columns][]spot{}
		}
		m.spots.tables[o.table] = all
	}
	if all[column] == nil {
		all[column] = make([]spot, len(o.table.marks[column]))
	}
	t := o.table.Before
	at := t.Rows[o.rows[n]]
	s := &all[column][columnIndex(at, column)]
	if !s.known {
		*s = m.columnSpot(o.side, t, at, column)
	}
	return *s
}

func (m *Masker) columnSpot(side int, t *inventory.Items, at inventory.Row, column int) spot {
	switch column {
	case resources:
		return m.work(side, layout{}, FieldARN, t.Resources[at.Resource])
	case principals:
		p := t.Principals[at.Principal]
		return m.work(side, layout{}, principalField(p.Type), p.Value)
	}
	terms := t.Terms[at.Terms]
	condition := m.accounts[side].Rewriter.layout(FieldCondition, terms.Condition)
	return m.work(side, condition, FieldStatement, terms.Statement)
}

// work works out the spot of a text, with another layout in front.
func (m *Masker) work(side int, front layout, field Field, text string) spot {
	l := m.accounts[side].Rewriter.layout(field, text)
	if front != (layout{}) {
		l.set, l.tally = front.set+"\n"+l.set, front.tally+"\n"+l.tally
	}
	return spot{set: m.spots.number(l.set), tally: m.spots.number(l.tally), known: true}
}

// sets and tallies give each original's layout, column by column.
func (m *Masker) sets(o *origins) [][columns]uint32 {
	out := make([][columns]uint32, o.len())
	for n := range out {
		for c := range columns {
			out[n][c] = m.spot(o, c, n).set
		}
	}
	return out
}

func (m *Masker) tallies(o *origins) [][columns]uint32 {
	out := make([][columns]uint32, o.len())
	for n := range out {
		for c := range columns {
			out[n][c] = m.spot(o, c, n).tally
		}
	}
	return out
}
