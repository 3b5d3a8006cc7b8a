package diff

import (
	"fmt"

	"iamctl/normalize"
)

// maskedNamesNoted is how many names a note tells of one by one.
const maskedNamesNoted = 10

// maskName notes roles or policies that stand for each other only because of
// a rewriting that might hide drift. Their items are compared all the same.
func (c *comparer) maskName(what string, field normalize.Field, rawA, rawB string) {
	mask, ok := normalize.NewMasker(c.changes.A, c.changes.B).Text(field, rawA, rawB)
	if !ok {
		return
	}
	c.maskedNames++
	if c.maskedNames <= maskedNamesNoted {
		c.changes.Notes = append(c.changes.Notes, fmt.Sprintf("%s %s and %s were taken for the same: %s", what, rawA, rawB, mask.Reason))
	}
}

func (c *comparer) noteMaskedNames() {
	if more := c.maskedNames - maskedNamesNoted; more > 0 {
		c.changes.Notes = append(c.changes.Notes, fmt.Sprintf("%d more names were taken for the same by rewriting that might hide drift", more))
	}
}

// mask lists the rows of two policies that are equal and might hide drift.
func (c *comparer) mask(p *Pair, i, j int) {
	a, b := &p.A.Policies[i], &p.B.Policies[j]
	c.maskName("the policies", normalize.FieldPolicyName, a.Raw.Name, b.Raw.Name)
	masker := normalize.NewMasker(c.changes.A, c.changes.B)
	if !masker.May(a.Table, b.Table) {
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
		if mask, ok := masker.Rows(a.Table, uint32(r), b.Table, s); ok {
			p.Masked = append(p.Masked, Masked{
				A: Ref{uint32(i), uint32(r)}, B: Ref{uint32(j), s}, Value: mask.Value, Reason: mask.Reason,
			})
		}
	}
}
