// Package resulttest has comparisons for the tests of what makes and what shows
// results.
package resulttest

import (
	"slices"
	"strings"

	"iamctl/inventory"
)

// Document makes the items of a document from rows of any order.
func Document(rows ...inventory.Item) *inventory.Items {
	t := &inventory.Items{}
	for _, r := range rows {
		t.Effects = append(t.Effects, r.Effect)
		t.Actions = append(t.Actions, inventory.Action{Service: r.Service, Name: r.Action})
		t.Resources = append(t.Resources, r.ARN)
		t.Principals = append(t.Principals, inventory.Principal{Type: r.PrincipalType, Value: r.Principal})
		t.Terms = append(t.Terms, inventory.Terms{Negated: r.Negated, Condition: r.Condition, Statement: r.Statement, Note: r.Note})
	}
	t.Effects = set(t.Effects, strings.Compare)
	t.Actions = set(t.Actions, inventory.Action.Compare)
	t.Resources = set(t.Resources, strings.Compare)
	t.Principals = set(t.Principals, inventory.Principal.Compare)
	t.Terms = set(t.Terms, inventory.Terms.Compare)
	for _, r := range rows {
		t.Rows = append(t.Rows, inventory.Row{
			Effect:    index(t.Effects, r.Effect, strings.Compare),
			Action:    index(t.Actions, inventory.Action{Service: r.Service, Name: r.Action}, inventory.Action.Compare),
			Resource:  index(t.Resources, r.ARN, strings.Compare),
			Principal: index(t.Principals, inventory.Principal{Type: r.PrincipalType, Value: r.Principal}, inventory.Principal.Compare),
			Terms:     index(t.Terms, inventory.Terms{Negated: r.Negated, Condition: r.Condition, Statement: r.Statement, Note: r.Note}, inventory.Terms.Compare),
		})
	}
	slices.SortFunc(t.Rows, inventory.Row.Compare)
	return t
}

func set[T comparable](values []T, compare func(T, T) int) []T {
	slices.SortFunc(values, compare)
	return slices.Compact(values)
}

// index returns the place of v in a set that has it.
func index[T any](values []T, v T, compare func(T, T) int) uint32 {
	i, _ := slices.BinarySearchFunc(values, v, compare)
	return uint32(i)
}

// rename returns items with every old text in their values made new.
func rename(items []inventory.Item, old, new string) []inventory.Item {
	out := slices.Clone(items)
	for i := range out {
		out[i].ARN = strings.ReplaceAll(out[i].ARN, old, new)
		out[i].Principal = strings.ReplaceAll(out[i].Principal, old, new)
		out[i].Condition = strings.ReplaceAll(out[i].Condition, old, new)
		out[i].Statement = strings.ReplaceAll(out[i].Statement, old, new)
	}
	return out
}
