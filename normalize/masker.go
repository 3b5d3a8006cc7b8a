package normalize

import (
	"fmt"
	"slices"
	"strings"
)

// Mask is what makes two rows or texts suspect that are equal after rewriting.
type Mask struct {
	// Value is the value or placeholder that it is about, Reason a sentence
	// about it.
	Value  string
	Reason string
	// Certain tells that the two differ: one side has as it is what was put
	// into the other. OnlyA tells that A has an original that B has no
	// counterpart of, OnlyB the reverse; one of them holds.
	Certain      bool
	OnlyA, OnlyB bool
}

// Masker finds rows and texts of two accounts that are equal after rewriting
// and may hide drift, or certainly do:
//
//   - A placeholder was put in on one side and stands on the other as it is,
//     at the same place: the two differ for certain.
//   - A value that belongs to no known account was rewritten in one of the
//     two, and is used anywhere on the other side.
//   - A value without owner was rewritten on an account that has another
//     value of its own in the same entry.
//
// Where both sides are one account its names have no owner in this sense, but
// nothing is said of what was the same before rewriting.
//
// It says of a and b what it says of b and a. One goroutine at a time may use
// it.
type Masker struct {
	accounts [2]*Account
	// layouts are those worked out so far, by side.
	layouts [2]map[phrase]string
	reasons map[whyOf]string
}

// phrase is a text of a field.
type phrase struct {
	field Field
	text  string
}

// NewMasker costs nothing.
func NewMasker(a, b *Account) *Masker {
	return &Masker{accounts: [2]*Account{a, b}}
}

// May tells whether any two rows of a table of A and a table of B may be such
// as Rows finds.
func (m *Masker) May(a, b *Table) bool {
	if m.same() && sameItems(a.Before, b.Before) {
		return false
	}
	usedBy := func(side int) func(string) bool {
		return func(v string) bool { return m.accounts[side].unowned[v] }
	}
	for c := range columns {
		s, u := &a.signs[c], &b.signs[c]
		if _, ok := crossed(s.placed, s.loose, u.placed, u.loose); ok {
			return true
		}
		if s.third || u.third || slices.ContainsFunc(s.unowned, usedBy(1)) || slices.ContainsFunc(u.unowned, usedBy(0)) {
			return true
		}
	}
	return false
}

// Rows looks at row i of a table of A and row j of one of B, which are equal,
// with all the rows that became one in them.
func (m *Masker) Rows(a *Table, i uint32, b *Table, j uint32) (Mask, bool) {
	return m.compare(&origins{side: 0, table: a, rows: a.Origins(i)}, &origins{side: 1, table: b, rows: b.Origins(j)})
}

// Text looks at a text of A and one of B, which are equal after rewriting.
func (m *Masker) Text(field Field, rawA, rawB string) (Mask, bool) {
	return m.Texts(field, []string{rawA}, []string{rawB})
}

// Texts looks at texts of A that all became one, and texts of B that became
// the same.
func (m *Masker) Texts(field Field, rawA, rawB []string) (Mask, bool) {
	return m.compare(m.texts(0, field, rawA), m.texts(1, field, rawB))
}

func (m *Masker) compare(a, b *origins) (Mask, bool) {
	if mask, ok := m.certain(a, b); ok {
		return mask, true
	}
	return m.doubt(a, b)
}

// origins are what became one row or text: rows of a table before rewriting,
// or texts with their marks.
type origins struct {
	side  int
	table *Table
	rows  []uint32

	field Field
	raw   []string
	marks []*mark
}

func (m *Masker) texts(side int, field Field, raw []string) *origins {
	o := &origins{side: side, field: field, raw: raw, marks: make([]*mark, len(raw))}
	r := m.accounts[side].Rewriter
	for i, s := range raw {
		_, h := r.rewrite(field, s)
		o.marks[i] = r.mark(h)
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
		return o.marks[n]
	}
	return nil
}

// phrases are the texts of the n-th.
func (o *origins) phrases(n int) []phrase {
	if o.table == nil {
		return []phrase{{o.field, o.raw[n]}}
	}
	t := o.table.Before
	r := t.Rows[o.rows[n]]
	p, terms := t.Principals[r.Principal], t.Terms[r.Terms]
	return []phrase{
		{FieldARN, t.Resources[r.Resource]}, {principalField(p.Type), p.Value},
		{FieldCondition, terms.Condition}, {FieldStatement, terms.Statement},
	}
}

// certain compares the layouts of all originals.
func (m *Masker) certain(a, b *origins) (Mask, bool) {
	placeholder, ok := crossing(a, b)
	if !ok {
		return Mask{}, false
	}
	x, y := m.layoutsOf(a), m.layoutsOf(b)
	mask := Mask{
		Value:   placeholder,
		Reason:  fmt.Sprintf("the placeholder %q stands on one side as it is, where the other side's value was rewritten to it", placeholder),
		Certain: true, OnlyA: lacks(y, x), OnlyB: lacks(x, y),
	}
	return mask, mask.OnlyA || mask.OnlyB
}

// crossing finds a placeholder that was put into an original of one side and
// stands in one of the other. Without one no two layouts can differ.
func crossing(a, b *origins) (string, bool) {
	for c := range columns {
		for i := range a.len() {
			x := a.mark(c, i)
			if x == nil {
				continue
			}
			for j := range b.len() {
				if y := b.mark(c, j); y != nil {
					if p, ok := crossed(x.placed, x.loose, y.placed, y.loose); ok {
						return p, true
					}
				}
			}
		}
	}
	return "", false
}

// lacks tells whether have is without one of want.
func lacks(have, want []string) bool {
	return slices.ContainsFunc(want, func(s string) bool { return !slices.Contains(have, s) })
}

// layoutsOf gives the layout of each original.
func (m *Masker) layoutsOf(o *origins) []string {
	out := make([]string, o.len())
	for n := range out {
		var all []string
		for _, p := range o.phrases(n) {
			all = append(all, m.layout(o.side, p))
		}
		out[n] = strings.Join(all, "\n")
	}
	return out
}

// layout remembers, for a resource stands in the rows of many actions.
func (m *Masker) layout(side int, p phrase) string {
	if p.text == "" {
		return ""
	}
	s, ok := m.layouts[side][p]
	if !ok {
		s = m.accounts[side].Rewriter.layout(p.field, p.text)
		if m.layouts[side] == nil {
			m.layouts[side] = map[phrase]string{}
		}
		m.layouts[side][p] = s
	}
	return s
}
