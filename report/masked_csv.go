package report

import (
	"io"
	"iter"

	"iamctl/diff"
	"iamctl/inventory"
)

// maskedRow is a row of masked_items.csv: an item that both accounts have
// after rewriting, and what it was in each.
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
}

// writeMasked writes the masked items. There may be as many as items: an
// entry of the dictionary that belongs to no account can touch them all.
func writeMasked(w io.Writer, c *diff.Changes) error {
	out := newRowWriter(w)
	out.cells(header[maskedRow]())
	a, b := newItemSpeller(c.A, maskedItems(c, 0)), newItemSpeller(c.B, maskedItems(c, 1))
	for i := range c.Common {
		p := &c.Common[i]
		atA, atB := -1, -1
		for _, m := range p.Masked {
			if atA != int(m.A.Policy) {
				atA = int(m.A.Policy)
				a.begin(p.A, &p.A.Policies[atA])
			}
			if atB != int(m.B.Policy) {
				atB = int(m.B.Policy)
				b.begin(p.B, &p.B.Policies[atB])
			}
			row := a.appendNormalised(out.buf, m.A.Row)
			row = appendNextCell(appendNextCell(row, m.Value), m.Reason)
			row = a.appendOriginal(row, m.A.Row)
			out.buf = append(b.appendOriginal(row, m.B.Row), '\n')
			if !out.flush() {
				return out.err
			}
		}
	}
	return out.close()
}

// maskedItems gives the roles with masked items.
func maskedItems(c *diff.Changes, side int) iter.Seq[itemsOf] {
	return func(yield func(itemsOf) bool) {
		for i := range c.Common {
			p := &c.Common[i]
			if len(p.Masked) > 0 && !yield(itemsOf{role: p.Role(side)}) {
				return
			}
		}
	}
}
