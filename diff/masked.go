package diff

import (
	"fmt"

	"iamctl/normalize"
)

// maskedNamesNoted is how many such names have a note of their own.
const maskedNamesNoted = 10

// sameText reports whether two texts that are equal after rewriting count as
// the same. They do not if one account holds a placeholder literally: that text
// never meant what the other does. Where rewriting merely might hide drift they
// do, with a note.
func (c *comparer) sameText(what string, field normalize.Field, rawA, rawB string) bool {
	mask, ok := c.masker.Text(field, rawA, rawB)
	switch {
	case !ok:
		return true
	case mask.Certain:
		return false
	}
	c.maskedNames++
	if c.maskedNames <= maskedNamesNoted {
		c.changes.Notes = append(c.changes.Notes, fmt.Sprintf("%s %s and %s were taken for the same: %s", what, rawA, rawB, mask.Reason))
	}
	return true
}

// noteMaskedNames notes how many names have no note of their own.
func (c *comparer) noteMaskedNames() {
	if more := c.maskedNames - maskedNamesNoted; more > 0 {
		c.changes.Notes = append(c.changes.Notes, fmt.Sprintf("%d more names were taken for the same by rewriting that might hide drift", more))
	}
}

// mask records the rows of two policies that are equal and might hide drift.
// Those that certainly do are differences.
func (c *comparer) mask(p *Pair, i, j int) {
	a, b := &p.A.Policies[i], &p.B.Policies[j]
	if !c.masker.May(a.Table, b.Table) {
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
		mask, ok := c.masker.Rows(a.Table, uint32(r), b.Table, s)
		refA, refB := Ref{uint32(i), uint32(r)}, Ref{uint32(j), s}
		switch {
		case !ok:
		case !mask.Certain:
			p.Masked = append(p.Masked, Masked{A: refA, B: refB, Value: mask.Value, Reason: mask.Reason})
		default:
			if mask.OnlyA {
				p.OnlyA = append(p.OnlyA, refA)
			}
			if mask.OnlyB {
				p.OnlyB = append(p.OnlyB, refB)
			}
		}
	}
}
