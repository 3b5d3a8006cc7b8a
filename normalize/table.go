package normalize

import (
	"cmp"
	"slices"
	"strings"

	"iamctl/equivalency"
	"iamctl/inventory"
)

// The columns of a table that are rewritten.
const (
	resources = iota
	principals
	terms
	columns
)

// Table is the items of one document after normalisation. Policies of one
// account with the same document share one.
type Table struct {
	// Items are the normalised items, and Before those they came from. They
	// are the same where nothing was rewritten.
	Items  *inventory.Items
	Before *inventory.Items
	// from holds for every row of Items the rows of Before that became it,
	// those of row i from first[i] to first[i+1], or from[i] alone where
	// first is nil. A nil from says that every row came from the row with
	// its number.
	from  []uint32
	first []uint32
	// marks are those of Before's values, by column and index; nil for a
	// column without any.
	marks [columns][]*mark
	signs [columns]signs
}

// Origins are the rows of Before that became row i of Items, ascending;
// more than one where values that differed became the same.
func (t *Table) Origins(i uint32) []uint32 {
	if t.from == nil {
		return []uint32{i}
	}
	return t.moved(i)
}

func (t *Table) moved(i uint32) []uint32 {
	if t.first == nil {
		return t.from[i : i+1]
	}
	return t.from[t.first[i]:t.first[i+1]]
}

// mark is that of a column of a row of Before.
func (t *Table) mark(column int, row uint32) *mark {
	marks := t.marks[column]
	if marks == nil {
		return nil
	}
	return marks[columnIndex(t.Before.Rows[row], column)]
}

// columnIndex is the row's index into the values of a column.
func columnIndex(r inventory.Row, column int) uint32 {
	switch column {
	case resources:
		return r.Resource
	case principals:
		return r.Principal
	}
	return r.Terms
}

// table rewrites the items of a document, once for all who have it.
func (a *applier) table(items *inventory.Items) *Table {
	if t := a.tables[items]; t != nil {
		return t
	}
	t := &Table{Items: items, Before: items}
	r := column(t, resources, items.Resources, strings.Compare, func(s string) (string, *mark) {
		return a.text(FieldARN, s)
	})
	p := column(t, principals, items.Principals, inventory.Principal.Compare, func(p inventory.Principal) (inventory.Principal, *mark) {
		value, m := a.text(principalField(p.Type), p.Value)
		return inventory.Principal{Type: p.Type, Value: value}, m
	})
	m := column(t, terms, items.Terms, inventory.Terms.Compare, a.terms)
	if r.changed || p.changed || m.changed {
		t.Items = &inventory.Items{
			Effects: items.Effects, Actions: items.Actions,
			Resources: r.values, Principals: p.values, Terms: m.values,
		}
		t.rows(r.rank, p.rank, m.rank)
	}
	a.tables[items] = t
	return t
}

func principalField(typ string) Field {
	if typ == "Service" {
		return equivalency.Service
	}
	return FieldPrincipal
}

func (a *applier) terms(t inventory.Terms) (inventory.Terms, *mark) {
	condition, m := a.text(FieldCondition, t.Condition)
	statement, n := a.text(FieldStatement, t.Statement)
	t.Condition, t.Statement = condition, statement
	return t, m.join(n)
}

// ranked is a list of values after rewriting, sorted and free of duplicates.
type ranked[T any] struct {
	values  []T
	changed bool
	// rank is each old value's index in values, nil where it is its own.
	rank []uint32
}

// column rewrites the values of one column and leaves their marks in t.
func column[T comparable](t *Table, c int, values []T, compare func(T, T) int, rewrite func(T) (T, *mark)) ranked[T] {
	out := ranked[T]{values: values}
	for i, v := range values {
		after, m := rewrite(v)
		if m != nil {
			if t.marks[c] == nil {
				t.marks[c] = make([]*mark, len(values))
			}
			t.marks[c][i] = m
			t.signs[c].add(m)
		}
		if after != v {
			if !out.changed {
				out.changed = true
				out.values = slices.Clone(values)
			}
			out.values[i] = after
		}
	}
	if out.changed {
		out.sort(compare)
	}
	return out
}

// sort brings the values into order, unless they still are.
func (r *ranked[T]) sort(compare func(T, T) int) {
	ascending := true
	for i := 1; i < len(r.values) && ascending; i++ {
		ascending = compare(r.values[i-1], r.values[i]) < 0
	}
	if ascending {
		return
	}
	by := make([]uint32, len(r.values))
	for i := range by {
		by[i] = uint32(i)
	}
	slices.SortFunc(by, func(x, y uint32) int {
		return cmp.Or(compare(r.values[x], r.values[y]), cmp.Compare(x, y))
	})
	r.rank = make([]uint32, len(by))
	sorted := make([]T, 0, len(by))
	for _, old := range by {
		if len(sorted) == 0 || compare(sorted[len(sorted)-1], r.values[old]) != 0 {
			sorted = append(sorted, r.values[old])
		}
		r.rank[old] = uint32(len(sorted) - 1)
	}
	r.values = sorted
}
