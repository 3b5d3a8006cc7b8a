package diff

import "iamctl/normalize"

// mask lists the rows of two policies that are equal and might hide drift.
func (c *comparer) mask(p *Pair, i, j int) {
	a, b := &p.A.Policies[i], &p.B.Policies[j]
	if !normalize.MayMask(a.Table, b.Table) {
		return
	}
	tr := newTranslation(a.Items, b.Items)
	for r, row := range a.Items.Rows {
		other, ok := tr.row(row)
		if !ok {
			continue
		}
		s, ok := rowIndex(b.Items, other)
		if !ok {
			continue
		}
		if value, reason, ok := normalize.Masking(a.Table, uint32(r), b.Table, s); ok {
			p.Masked = append(p.Masked, Masked{
				A: Ref{uint32(i), uint32(r)}, B: Ref{uint32(j), s}, Value: value, Reason: reason,
			})
		}
	}
}
