package normalize

import (
	"cmp"
	"slices"

	"iamctl/inventory"
	"iamctl/normalize/rewrite"
	"iamctl/policy"
)

func (a *applier) resource(arn string) (string, *rewrite.Trace) { return a.text(FieldARN, arn) }

func (a *applier) principal(p inventory.Principal) (inventory.Principal, *rewrite.Trace) {
	value, trace := a.text(PrincipalField(p.Type), p.Value)
	return inventory.Principal{Type: p.Type, Value: value}, trace
}

func (a *applier) terms(t inventory.Terms) (inventory.Terms, *rewrite.Trace) {
	condition, x := a.text(FieldCondition, t.Condition)
	statement, y := a.text(FieldStatement, t.Statement)
	t.Condition, t.Statement = policy.ReduceCondition(condition), policy.ReduceStatement(statement)
	return t, x.Join(y)
}

// ranked is a list of values after rewriting, sorted and without duplicates.
type ranked[T any] struct {
	values  []T
	changed bool
	// rank has the index in values of each old value, and is nil where that
	// is the old index.
	rank []uint32
}

// rewriteColumn rewrites the values of one column and leaves their traces in
// the table.
func rewriteColumn[T comparable](t *Table, c Column, values []T, compare func(T, T) int, rewriteValue func(T) (T, *rewrite.Trace)) ranked[T] {
	out := ranked[T]{values: values}
	for i, v := range values {
		after, trace := rewriteValue(v)
		if trace != nil {
			if t.traces[c] == nil {
				t.traces[c] = make([]*rewrite.Trace, len(values))
			}
			t.traces[c][i] = trace
			t.summary[c].Add(trace)
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

// sort sorts the values and drops duplicates, unless that changes nothing.
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
