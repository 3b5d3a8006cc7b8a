package weigh

import (
	"iter"

	"iamctl/inventory"
	"iamctl/normalize"
)

// countRows returns how many of the equal rows of two tables each entry makes
// equal.
func countRows(a, b *normalize.Table, equal iter.Seq2[uint32, uint32]) map[int]int {
	if a.Before == b.Before || !rewritten(a) && !rewritten(b) {
		return nil
	}
	w := newTables(a, b)
	counts := map[int]int{}
	for i, j := range equal {
		for _, entry := range w.row(a.Origins(i), b.Origins(j)) {
			counts[entry]++
		}
	}
	return counts
}

func rewritten(t *normalize.Table) bool {
	for c := range normalize.NumColumns {
		if len(t.Summary(c).Inserted) > 0 {
			return true
		}
	}
	return false
}

// tables are two tables, with what is known of the values of their columns.
type tables struct {
	a, b  *normalize.Table
	known [normalize.NumColumns][]known
	out   []int // scratch
}

// known is what is known of a value of A's column: the entries that make it equal
// to the value of B that it met last.
type known struct {
	met     bool
	b       uint32
	entries []int
}

func newTables(a, b *normalize.Table) *tables {
	w := &tables{a: a, b: b}
	for c := range normalize.NumColumns {
		w.known[c] = make([]known, c.Values(a.Before))
	}
	return w
}

// row returns the entries that make two rows equal, each once, of all that became
// one in them. The slice is overwritten by the next call.
func (w *tables) row(a, b []uint32) []int {
	w.out = w.out[:0]
	for c := range normalize.NumColumns {
		var entries []int
		if len(a) == 1 && len(b) == 1 {
			entries = w.values(c, a[0], b[0])
		} else {
			entries = w.merged(c, a, b)
		}
		w.out = appendNew(w.out, entries)
	}
	return w.out
}

// values returns the entries that make the values of two rows in a column equal.
func (w *tables) values(c normalize.Column, rowA, rowB uint32) []int {
	x, y := w.a.Before.Rows[rowA], w.b.Before.Rows[rowB]
	i, j := c.Value(x), c.Value(y)
	k := &w.known[c][i]
	if !k.met || k.b != j {
		*k = known{met: true, b: j}
		if valueOf(c, w.a.Before, i) != valueOf(c, w.b.Before, j) {
			var a, b applied
			a.add(w.a.Trace(c, rowA))
			b.add(w.b.Trace(c, rowB))
			k.entries = between(a, b)
		}
	}
	return k.entries
}

// merged is values for several rows that became one.
func (w *tables) merged(c normalize.Column, a, b []uint32) []int {
	x, doneA := valuesIn(c, w.a, a)
	y, doneB := valuesIn(c, w.b, b)
	if len(x) == len(y) {
		same := true
		for v := range x {
			same = same && y[v]
		}
		if same {
			return nil
		}
	}
	return between(doneA, doneB)
}

// valuesIn returns the values of a column that became one, and what was done to
// them.
func valuesIn(c normalize.Column, t *normalize.Table, rows []uint32) (values map[any]bool, done applied) {
	values = map[any]bool{}
	for _, r := range rows {
		v := valueOf(c, t.Before, c.Value(t.Before.Rows[r]))
		if !values[v] {
			values[v] = true
			done.add(t.Trace(c, r))
		}
	}
	return values, done
}

// valueOf returns a value of a column, which is comparable.
func valueOf(c normalize.Column, t *inventory.Items, i uint32) any {
	switch c {
	case normalize.ColumnResource:
		return t.Resources[i]
	case normalize.ColumnPrincipal:
		return t.Principals[i]
	}
	return t.Terms[i]
}
