package diff

import (
	"cmp"
	"slices"
	"strings"

	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/normalize/doubt"
	"iamctl/normalize/weigh"
)

// doubts is what the masker says of the texts that make two attributes or names
// equal.
type doubts struct {
	masks []doubt.Mask
	// certain reports whether one of them differs for certain.
	certain bool
}

// text asks about two texts that are equal after rewriting. They do not count as
// the same if one account holds a placeholder literally: that text never meant
// what the other does. Where rewriting merely might hide drift they do.
func (d *doubts) text(c *comparer, field normalize.Field, rawA, rawB string) {
	mask, ok := c.masker.Text(field, rawA, rawB)
	switch {
	case !ok:
	case mask.Certain:
		d.certain = true
	case !slices.Contains(d.masks, mask):
		d.masks = append(d.masks, mask)
	}
}

// record adds a name or an attribute to the masked ones of the pair, if there is
// doubt about it.
func (d *doubts) record(p *Pair, m MaskedText) {
	if len(d.masks) == 0 {
		return
	}
	// The name and the ARN of a policy are one thing.
	i := slices.IndexFunc(p.MaskedTexts, func(o MaskedText) bool {
		return o.Kind == m.Kind && o.Key == m.Key && o.RawKey == m.RawKey && (o.Raw == m.Raw || o.Raw == [2]string{})
	})
	if i < 0 {
		i = len(p.MaskedTexts)
		p.MaskedTexts = append(p.MaskedTexts, m)
	}
	have := &p.MaskedTexts[i]
	have.Text, have.Raw = m.Text, m.Raw
	for _, mask := range d.masks {
		switch {
		case have.Reason == "":
			have.Value, have.Reason = mask.Value, mask.Reason
		case !strings.Contains(have.Reason, mask.Reason):
			have.Reason += "; " + mask.Reason
		}
	}
}

// maskName weighs the names by which two roles pair, and records them if they are
// in doubt.
func (c *comparer) maskName(p *Pair) {
	c.scale.Name(weigh.Text{Field: normalize.FieldRoleName, A: p.A.Raw.Name, B: p.B.Raw.Name})
	var d doubts
	d.text(c, normalize.FieldRoleName, p.A.Raw.Name, p.B.Raw.Name)
	d.record(p, MaskedText{Kind: normalize.KindName, Text: p.A.Name, Raw: [2]string{p.A.Raw.Name, p.B.Raw.Name}})
}

// samePolicyName reports whether two policies have the same name, which may be
// in doubt.
func (c *comparer) samePolicyName(p *Pair, a, b *normalize.Policy) bool {
	var d doubts
	field := a.NameField()
	if a.AWS() != b.AWS() {
		field = normalize.FieldPolicyName
	}
	d.text(c, field, a.Raw.Name, b.Raw.Name)
	if d.certain {
		return false
	}
	c.scale.Name(weigh.Text{Field: field, A: a.Raw.Name, B: b.Raw.Name})
	m := MaskedText{Kind: normalize.KindPolicy, Text: a.ARN, Raw: [2]string{a.Raw.ARN, b.Raw.ARN}}
	if a.Type == inventory.Boundary {
		m.Kind = normalize.KindBoundary
	} else {
		prefix := string(a.Type) + " "
		m.Key, m.RawKey = prefix+a.Name, [2]string{prefix + a.Raw.Name, prefix + b.Raw.Name}
	}
	d.record(p, m)
	return true
}

func sortMasked(list []MaskedText) {
	slices.SortFunc(list, func(x, y MaskedText) int {
		a, b := normalize.Attribute{Kind: x.Kind, Key: x.Key}, normalize.Attribute{Kind: y.Kind, Key: y.Key}
		return cmp.Or(a.Compare(b), cmp.Compare(x.Text, y.Text), cmp.Compare(x.RawKey[0]+x.Raw[0], y.RawKey[0]+y.Raw[0]))
	})
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
		if !ok || standsForPairs(a.Items.Terms[row.Terms]) {
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
