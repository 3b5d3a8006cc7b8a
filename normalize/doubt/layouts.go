package doubt

import (
	"cmp"

	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/normalize/rewrite"
)

// layout is a rewrite.Layout as two numbers, which are equal where the
// layouts are, on whichever side. The zero layout is that of a text into
// which nothing was put.
type layout struct{ set, multiset uint32 }

// rowLayout has the layouts of an original, column by column.
type rowLayout [normalize.NumColumns]layout

func (x rowLayout) sameSets(y rowLayout) bool {
	for c := range x {
		if x[c].set != y[c].set {
			return false
		}
	}
	return true
}

func (x rowLayout) compareMultisets(y rowLayout) int {
	for c := range x {
		if x[c].multiset != y[c].multiset {
			return cmp.Compare(x[c].multiset, y[c].multiset)
		}
	}
	return 0
}

func (x rowLayout) sameMultisets(y rowLayout) bool { return x.compareMultisets(y) == 0 }

// layouts remembers the layouts of the values of tables, because a resource
// is in the rows of many actions.
type layouts struct {
	numbers map[string]uint32
	tables  map[*normalize.Table]*[normalize.NumColumns][]knownLayout
}

// knownLayout is a layout, once it is known.
type knownLayout struct {
	layout
	known bool
}

// number returns one number for equal texts, 0 for none.
func (l *layouts) number(text string) uint32 {
	if text == "" {
		return 0
	}
	n, ok := l.numbers[text]
	if !ok {
		if l.numbers == nil {
			l.numbers = map[string]uint32{}
		}
		n = uint32(len(l.numbers) + 1)
		l.numbers[text] = n
	}
	return n
}

// column returns the layouts known of a table's column.
func (l *layouts) column(t *normalize.Table, c normalize.Column) []knownLayout {
	all := l.tables[t]
	if all == nil {
		all = &[normalize.NumColumns][]knownLayout{}
		if l.tables == nil {
			l.tables = map[*normalize.Table]*[normalize.NumColumns][]knownLayout{}
		}
		l.tables[t] = all
	}
	if all[c] == nil {
		all[c] = make([]knownLayout, c.Values(t.Before))
	}
	return all[c]
}

// layout returns the layout of a column of the n-th original.
func (m *Masker) layout(o *originals, c normalize.Column, n int) layout {
	switch {
	case o.trace(c, n) == nil:
		return layout{}
	case o.table == nil:
		return m.textLayout(m.accounts[o.side].Rewriter, rewrite.Layout{}, o.field, o.raw[n])
	}
	row := o.row(n)
	l := &m.layouts.column(o.table, c)[c.Value(row)]
	if !l.known {
		*l = knownLayout{m.valueLayout(o.table, row, c), true}
	}
	return l.layout
}

func (m *Masker) valueLayout(table *normalize.Table, row inventory.Row, c normalize.Column) layout {
	t, r := table.Before, table.Rewriter
	switch c {
	case normalize.ColumnResource:
		return m.textLayout(r, rewrite.Layout{}, normalize.FieldARN, t.Resources[row.Resource])
	case normalize.ColumnPrincipal:
		p := t.Principals[row.Principal]
		return m.textLayout(r, rewrite.Layout{}, normalize.PrincipalField(p.Type), p.Value)
	}
	terms := t.Terms[row.Terms]
	condition := r.Layout(normalize.FieldCondition, terms.Condition)
	return m.textLayout(r, condition, normalize.FieldStatement, terms.Statement)
}

// textLayout returns the layout of a text, with another layout before it.
func (m *Masker) textLayout(r *normalize.Rewriter, before rewrite.Layout, field normalize.Field, text string) layout {
	l := r.Layout(field, text)
	if before != (rewrite.Layout{}) {
		l.Set, l.Multiset = before.Set+"\n"+l.Set, before.Multiset+"\n"+l.Multiset
	}
	return layout{set: m.layouts.number(l.Set), multiset: m.layouts.number(l.Multiset)}
}

// layoutsOf returns the layouts of each original, worked out once.
func (m *Masker) layoutsOf(o *originals) []rowLayout {
	if o.layouts == nil {
		o.layouts = make([]rowLayout, o.len())
		for n := range o.layouts {
			for c := range normalize.NumColumns {
				o.layouts[n][c] = m.layout(o, c, n)
			}
		}
	}
	return o.layouts
}
