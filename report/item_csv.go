package report

import (
	"iamctl/internal/itemtext"
	"iamctl/inventory"
)

// The item files have millions of rows and are not written by gocsv, which needs
// microseconds and over a dozen allocations for each. Their header comes from the
// row type all the same, and a test compares the rows with gocsv's.

// itemCSV writes the columns effect to note of inventory.Item, a comma
// before each cell.
var itemCSV = itemtext.Spelling{
	Effect: appendNextCell,
	Action: func(dst []byte, a inventory.Action) []byte {
		return appendNextCell(appendNextCell(dst, a.Service), a.Name)
	},
	Resource: appendNextCell,
	Principal: func(dst []byte, p inventory.Principal) []byte {
		return appendNextCell(appendNextCell(dst, p.Value), p.Type)
	},
	Terms: func(dst []byte, t inventory.Terms) []byte {
		dst = appendNextCell(appendNextCell(dst, t.Negated), t.Condition)
		return appendNextCell(appendNextCell(dst, t.Statement), t.Note)
	},
}

// appendNextCell appends a comma and a cell.
func appendNextCell(dst []byte, s string) []byte {
	return appendCell(append(dst, ','), s)
}

// appendItemPrefix appends the columns of inventory.Item before effect.
func appendItemPrefix(dst []byte, role, path, policy string, kind inventory.PolicyType) []byte {
	dst = appendNextCell(appendCell(dst, role), path)
	return appendNextCell(appendNextCell(dst, policy), string(kind))
}

// appendItemColumns appends the columns effect to note of a row, those of a Not-
// element marked; d has the texts of t.
func appendItemColumns(dst []byte, d *itemtext.Document, t *inventory.Items, row uint32) []byte {
	r := t.Rows[row]
	if t.Terms[r.Terms].Negated == "" {
		return d.Append(dst, r)
	}
	it := t.Item(int(row)).Marked()
	dst = d.Effects.Append(dst, r.Effect)
	for _, cell := range []string{it.Service, it.Action, it.ARN, it.Principal, it.PrincipalType} {
		dst = appendNextCell(dst, cell)
	}
	return d.Terms.Append(dst, r.Terms)
}
