package weigh

import (
	"iter"

	"iamctl/inventory"
	"iamctl/normalize"
)

// countRows returns how many of the equal rows of two tables each entry makes
// equal.
func countRows(a, b *normalize.Table, equal iter.Seq2[uint32, uint32]) map[int]int {
	var x, y []inventory.Row
	return countPairs(a, b, func(yield func(x, y []inventory.Row) bool) {
		for i, j := range equal {
			x, y = appendRows(x[:0], a, i), appendRows(y[:0], b, j)
			if !yield(x, y) {
				return
			}
		}
	})
}

// appendRows appends the rows before rewriting that became a row.
func appendRows(dst []inventory.Row, t *normalize.Table, row uint32) []inventory.Row {
	for _, o := range t.Origins(row) {
		dst = append(dst, t.Before.Rows[o])
	}
	return dst
}

// countPairs is countRows for rows that need not be in the tables: of each two, those
// before rewriting that became one.
func countPairs(a, b *normalize.Table, equal iter.Seq2[[]inventory.Row, []inventory.Row]) map[int]int {
	w := newTables(a, b)
	if a.Before == b.Before || len(w.columns) == 0 {
		return nil
	}
	counts := map[int]int{}
	for x, y := range equal {
		for _, entry := range w.row(x, y) {
			counts[entry]++
		}
	}
	return counts
}

// tables are two tables, with what is known of the values of their columns.
type tables struct {
	a, b *normalize.Table
	// columns are those in which something was rewritten.
	columns []normalize.Column
	known   [normalize.NumColumns][]known
	out     []int // scratch
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
		if len(a.Summary(c).Inserted) > 0 || len(b.Summary(c).Inserted) > 0 {
			w.columns = append(w.columns, c)
			w.known[c] = make([]known, c.Values(a.Before))
		}
	}
	return w
}

// row returns the entries that make two rows equal, each once, of all that became
// one in them. The slice is overwritten by the next call.
func (w *tables) row(a, b []inventory.Row) []int {
	w.out = w.out[:0]
	for _, c := range w.columns {
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
func (w *tables) values(c normalize.Column, x, y inventory.Row) []int {
	i, j := c.Value(x), c.Value(y)
	k := &w.known[c][i]
	if !k.met || k.b != j {
		*k = known{met: true, b: j}
		if valueOf(c, w.a.Before, i) != valueOf(c, w.b.Before, j) {
			var a, b applied
			a.add(w.a.TraceOf(c, i))
			b.add(w.b.TraceOf(c, j))
			k.entries = between(a, b)
		}
	}
	return k.entries
}

// merged is values for several rows that became one.
func (w *tables) merged(c normalize.Column, a, b []inventory.Row) []int {
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
func valuesIn(c normalize.Column, t *normalize.Table, rows []inventory.Row) (values map[any]bool, done applied) {
	values = map[any]bool{}
	for _, r := range rows {
		v := valueOf(c, t.Before, c.Value(r))
		if !values[v] {
			values[v] = true
			done.add(t.TraceOf(c, c.Value(r)))
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
