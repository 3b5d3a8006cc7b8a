package diff

import (
	"cmp"

	"iamctl/inventory"
)

func compareRefs(x, y Ref) int {
	return cmp.Or(cmp.Compare(x.Policy, y.Policy), cmp.Compare(x.Row, y.Row))
}

// appendRefs appends the items that the rows of a policy are.
func appendRefs(refs []Ref, policy int, rows []uint32) []Ref {
	for _, r := range rows {
		refs = append(refs, Ref{Policy: uint32(policy), Row: r})
	}
	return refs
}

func allRows(t *inventory.Items) []uint32 {
	rows := make([]uint32, len(t.Rows))
	for i := range rows {
		rows[i] = uint32(i)
	}
	return rows
}

// intersect returns what two ascending lists have in common.
func intersect(a, b []uint32) []uint32 {
	var out []uint32
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			a = a[1:]
		case a[0] > b[0]:
			b = b[1:]
		default:
			out = append(out, a[0])
			a, b = a[1:], b[1:]
		}
	}
	return out
}
