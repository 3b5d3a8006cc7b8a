package normalize

import (
	"slices"
	"strings"

	"iamctl/equivalency"
	"iamctl/inventory"
	"iamctl/normalize/rewrite"
)

// Column is a column of a table that is rewritten.
type Column int

// The columns, and their number.
const (
	ColumnResource Column = iota
	ColumnPrincipal
	ColumnTerms
	NumColumns
)

// Value returns the index of a row's value among the column's values.
func (c Column) Value(r inventory.Row) uint32 {
	switch c {
	case ColumnResource:
		return r.Resource
	case ColumnPrincipal:
		return r.Principal
	}
	return r.Terms
}

// Values returns the number of the column's values.
func (c Column) Values(items *inventory.Items) int {
	switch c {
	case ColumnResource:
		return len(items.Resources)
	case ColumnPrincipal:
		return len(items.Principals)
	}
	return len(items.Terms)
}

// Table is the items of one document after normalisation. Policies of one
// account with the same document share one.
type Table struct {
	// Items are the normalised items, and Before those they came from. They
	// are the same where nothing was rewritten.
	Items  *inventory.Items
	Before *inventory.Items

	// Rewriter is what rewrote the document.
	Rewriter *Rewriter

	// from has for every row of Items the rows of Before that became it:
	// those of row i are from[first[i]:first[i+1]], or from[i] alone where
	// first is nil. If from is nil, every row came from the row with its
	// number.
	from  []uint32
	first []uint32
	// traces are those of Before's values, by column and index; nil for a
	// column without any.
	traces  [NumColumns][]*rewrite.Trace
	summary [NumColumns]rewrite.Summary
	// ranks have the index in Items of each of Before's values, nil for a column
	// in which it is the same.
	ranks [NumColumns][]uint32
}

// Origins returns the rows of Before that became row i of Items, ascending.
// There are several where different values became the same.
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

// Merged reports whether different rows of Before became one.
func (t *Table) Merged() bool { return t.first != nil }

// Trace returns the trace of a value of a row of Before.
func (t *Table) Trace(c Column, row uint32) *rewrite.Trace {
	return t.TraceOf(c, c.Value(t.Before.Rows[row]))
}

// TraceOf returns the trace of a value of Before by its index.
func (t *Table) TraceOf(c Column, value uint32) *rewrite.Trace {
	traces := t.traces[c]
	if traces == nil {
		return nil
	}
	return traces[value]
}

// Summary returns what the traces of a column's values have.
func (t *Table) Summary(c Column) *rewrite.Summary { return &t.summary[c] }

// tableOf rewrites the items of a policy.
func (a *applier) tableOf(p *inventory.FlatPolicy) *Table {
	if equivalency.IsAWSARN(p.ARN) {
		return a.aws.table(p.Items)
	}
	return a.table(p.Items)
}

// table rewrites the items of a document, once for all policies that share it.
func (a *applier) table(items *inventory.Items) *Table {
	if t := a.tables[items]; t != nil {
		return t
	}
	t := &Table{Items: items, Before: items, Rewriter: a.rewriter}
	r := rewriteColumn(t, ColumnResource, items.Resources, strings.Compare, a.resource)
	p := rewriteColumn(t, ColumnPrincipal, items.Principals, inventory.Principal.Compare, a.principal)
	m := rewriteColumn(t, ColumnTerms, items.Terms, inventory.Terms.Compare, a.terms)
	if r.changed || p.changed || m.changed {
		t.Items = &inventory.Items{
			Effects: items.Effects, Actions: items.Actions,
			Resources: r.values, Principals: p.values, Terms: m.values,
			Possible: items.Possible,
		}
		t.ranks = [NumColumns][]uint32{ColumnResource: r.rank, ColumnPrincipal: p.rank, ColumnTerms: m.rank}
		t.sortRows(r.rank, p.rank, m.rank)
		t.Items.Patterns, t.Items.Written = items.Patterns, written(items.Written, r.rank, p.rank, m.rank)
		t.Items.Beyond = written(items.Beyond, r.rank, p.rank, m.rank)
	}
	a.tables[items] = t
	return t
}

// written returns what is written with the numbers after rewriting. Values that
// became one have one number, which a statement then lists once.
func written(before []inventory.Written, resource, principal, term []uint32) []inventory.Written {
	if len(before) == 0 || resource == nil && principal == nil && term == nil {
		return before
	}
	out := make([]inventory.Written, len(before))
	for i, w := range before {
		w.Terms = rankOf(term, w.Terms)
		w.Resources, w.Principals = ranks(w.Resources, resource), ranks(w.Principals, principal)
		out[i] = w
	}
	return out
}

func ranks(list, rank []uint32) []uint32 {
	if rank == nil {
		return list
	}
	out := make([]uint32, len(list))
	for i, n := range list {
		out[i] = rank[n]
	}
	slices.Sort(out)
	return slices.Compact(out)
}
