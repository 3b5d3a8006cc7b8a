package report

import (
	"io"
	"iter"
	"reflect"

	"iamctl/internal/bulk"
	"iamctl/inventory"
	"iamctl/result"
)

// maskedRow is a row of masked_items.csv: an item, a name or an attribute that
// both accounts have after rewriting, and what it was in each.
type maskedRow struct {
	inventory.Item
	Value       string `csv:"value"`
	Reason      string `csv:"reason"`
	RoleNameA   string `csv:"original_rolename_a"`
	PathA       string `csv:"original_path_a"`
	PolicyNameA string `csv:"original_policyname_a"`
	ARNA        string `csv:"original_arn_a"`
	PrincipalA  string `csv:"original_principal_a"`
	ConditionA  string `csv:"original_condition_a"`
	StatementA  string `csv:"original_statement_a"`
	RoleNameB   string `csv:"original_rolename_b"`
	PathB       string `csv:"original_path_b"`
	PolicyNameB string `csv:"original_policyname_b"`
	ARNB        string `csv:"original_arn_b"`
	PrincipalB  string `csv:"original_principal_b"`
	ConditionB  string `csv:"original_condition_b"`
	StatementB  string `csv:"original_statement_b"`
	// Kind is kindItem for an item, result.DriftImpossible for a pair that the reference
	// calls impossible, and that of an attribute otherwise, of which the other columns are; the name of a role and those of its policies count
	// as such.
	Kind           string `csv:"kind"`
	Key            string `csv:"key"`
	Text           string `csv:"text"`
	OriginalKeyA   string `csv:"original_key_a"`
	OriginalValueA string `csv:"original_value_a"`
	OriginalKeyB   string `csv:"original_key_b"`
	OriginalValueB string `csv:"original_value_b"`
}

// kindItem is the kind of a masked item.
const kindItem = "item"

// maskedPairRow returns the row of a pair that the reference calls impossible.
func maskedPairRow(p *result.Pair, m *result.MaskedItem) []string {
	one := func(role *result.Role, originals []result.Columns) Original {
		return newImpossibleRow("", role, &result.Item{Columns: m.Columns, Originals: originals}, "").Original
	}
	a, b := one(&p.A, m.OriginalsA), one(&p.B, m.OriginalsB)
	return cellsOf(reflect.ValueOf(maskedRow{
		Item:  newImpossibleRow("", &p.A, &result.Item{Columns: m.Columns}, "").Item,
		Value: m.Value, Reason: m.Reason,
		RoleNameA: a.RoleName, PathA: a.Path, PolicyNameA: a.PolicyName, ARNA: a.ARN, PrincipalA: a.Principal, ConditionA: a.Condition, StatementA: a.Statement,
		RoleNameB: b.RoleName, PathB: b.Path, PolicyNameB: b.PolicyName, ARNB: b.ARN, PrincipalB: b.Principal, ConditionB: b.Condition, StatementB: b.Statement,
		Kind: result.DriftImpossible,
	}))
}

// maskedAttributeRow returns the row of an attribute.
func maskedAttributeRow(p *result.Pair, m *result.MaskedAttribute) []string {
	row := maskedRow{
		Item:  inventory.Item{RoleName: p.RoleName, Path: p.A.Path},
		Value: m.Value, Reason: m.Reason,
		RoleNameA: p.A.OriginalRoleName, PathA: p.A.OriginalPath, RoleNameB: p.B.OriginalRoleName, PathB: p.B.OriginalPath,
		Kind: m.Kind, Key: m.Key, Text: m.Text,
		OriginalKeyA: m.A.OriginalKey, OriginalValueA: m.A.OriginalValue,
		OriginalKeyB: m.B.OriginalKey, OriginalValueB: m.B.OriginalValue,
	}
	return cellsOf(reflect.ValueOf(row))
}

// writeMasked writes the masked names and attributes and the masked impossible pairs,
// and then the masked items, of which there may be millions.
func writeMasked(w io.Writer, r *result.Result) error {
	out := bulk.NewWriter(w)
	writeCells(out, header[maskedRow]())
	for i := range r.CommonRoles {
		p := &r.CommonRoles[i]
		for j := range p.MaskedAttributes {
			writeCells(out, maskedAttributeRow(p, &p.MaskedAttributes[j]))
			out.Flush()
		}
	}
	for i := range r.CommonRoles {
		p := &r.CommonRoles[i]
		for m := range p.Masked.Pairs() {
			writeCells(out, maskedPairRow(p, &m))
			out.Flush()
		}
	}
	a, b := newItemAppender(r.Normalized(0), maskedRoles(r, 0)), newItemAppender(r.Normalized(1), maskedRoles(r, 1))
	for roles, masked := range r.MaskedPairs() {
		for i := range masked {
			m := &masked[i]
			a.begin(roles[0], m.A.Policy)
			b.begin(roles[1], m.B.Policy)
			row := a.appendNormalised(out.Buf, m.A.Row)
			row = appendNextCell(appendNextCell(row, m.Value), m.Reason)
			row = a.appendOriginal(row, m.A.Row)
			row = b.appendOriginal(row, m.B.Row)
			out.Buf = append(row, ","+kindItem+",,,,,,\n"...)
			if !out.Flush() {
				return out.Err()
			}
		}
	}
	return out.Close()
}

// maskedRoles yields a side's roles that have masked items.
func maskedRoles(r *result.Result, side int) iter.Seq[result.RoleRefs] {
	return func(yield func(result.RoleRefs) bool) {
		for roles := range r.MaskedPairs() {
			if !yield(result.RoleRefs{Role: roles[side]}) {
				return
			}
		}
	}
}
