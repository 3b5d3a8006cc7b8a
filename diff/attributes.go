package diff

import (
	"slices"
	"strings"

	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/normalize/weigh"
)

// compareAttributes compares the attributes of a pair, in the order of their
// kinds and keys.
func (c *comparer) compareAttributes(p *Pair) {
	if p.A.Name != p.B.Name && p.Reason == "" && !c.ignored(normalize.KindName) {
		p.Attributes = append(p.Attributes, AttributeChange{
			Kind: normalize.KindName,
			A:    AttributeValue{Has: true, Value: p.A.Name, Raw: p.A.Raw.Name},
			B:    AttributeValue{Has: true, Value: p.B.Name, Raw: p.B.Raw.Name},
		})
	}
	a, b := p.A.Attributes, p.B.Attributes
	for len(a) > 0 || len(b) > 0 {
		one := a
		if len(a) == 0 || len(b) > 0 && b[0].Compare(a[0]) < 0 {
			one = b
		}
		var x, y []normalize.Attribute
		x, a = cutRun(a, one[0])
		y, b = cutRun(b, one[0])
		c.compareRun(p, x, y)
	}
}

// cutRun splits off the attributes at the front that have the kind and key of
// as: a role may have two policies of one name attached.
func cutRun(list []normalize.Attribute, as normalize.Attribute) (run, rest []normalize.Attribute) {
	n := 0
	for n < len(list) && list[n].Compare(as) == 0 {
		n++
	}
	return list[:n], list[n:]
}

// compareRun compares the attributes of one kind and key. Those with equal
// values pair first, the others pair in their order.
func (c *comparer) compareRun(p *Pair, x, y []normalize.Attribute) {
	for _, run := range [][]normalize.Attribute{x, y} {
		if len(run) > 0 && run[0].Unknown {
			c.compareAttribute(p, &run[0], nil) // however many the other side has
			return
		}
	}
	x, y = c.withoutEqual(p, distinct(x), distinct(y))
	for i := range max(len(x), len(y)) {
		var one, other *normalize.Attribute
		if i < len(x) {
			one = &x[i]
		}
		if i < len(y) {
			other = &y[i]
		}
		c.compareAttribute(p, one, other)
	}
}

// distinct returns list without literal repetitions.
func distinct(list []normalize.Attribute) []normalize.Attribute {
	return slices.CompactFunc(slices.Clone(list), func(a, b normalize.Attribute) bool {
		return a.RawKey == b.RawKey && a.RawValue == b.RawValue && a.Unknown == b.Unknown
	})
}

// withoutEqual returns the lists without the attributes that pair by their
// values, one of x with one of y. It records those of which that is in doubt.
func (c *comparer) withoutEqual(p *Pair, x, y []normalize.Attribute) (restX, restY []normalize.Attribute) {
	restY = slices.Clone(y)
	for _, a := range x {
		var d doubts
		i := slices.IndexFunc(restY, func(b normalize.Attribute) bool {
			if a.Value != b.Value || a.Unknown || b.Unknown {
				return false
			}
			d = c.doubtsOf(a, b)
			return !d.certain
		})
		if i < 0 {
			restX = append(restX, a)
			continue
		}
		b := restY[i]
		d.record(p, MaskedText{
			Kind: a.Kind, Key: a.Key, Text: a.Value,
			RawKey: [2]string{a.RawKey, b.RawKey}, Raw: [2]string{a.RawValue, b.RawValue},
		})
		c.weighAttribute(a, b)
		restY = slices.Delete(restY, i, i+1)
	}
	return restX, restY
}

// weighAttribute weighs two attributes that are equal. The name of a policy is
// weighed with its items.
func (c *comparer) weighAttribute(a, b normalize.Attribute) {
	f, ok := a.Field()
	if !ok || c.ignored(a.Kind) {
		return
	}
	texts := []weigh.Text{{Field: f, A: a.RawValue, B: b.RawValue}}
	if a.Kind == normalize.KindTag {
		texts = append(texts, weigh.Text{Field: f, A: a.RawKey, B: b.RawKey})
	}
	c.scale.Attribute(texts...)
}

// doubtsOf returns the doubts about two attributes that are equal after
// rewriting. What is not compared is in no doubt.
func (c *comparer) doubtsOf(a, b normalize.Attribute) doubts {
	var d doubts
	f, ok := a.Field()
	if !ok || c.ignored(a.Kind) {
		return d
	}
	if a.Kind == normalize.KindTag {
		d.text(c, f, a.RawKey, b.RawKey)
	}
	d.text(c, f, a.RawValue, b.RawValue)
	return d
}

// compareAttribute records that an attribute differs, unless it is not to be
// compared. x or y is nil where the side does not have it.
func (c *comparer) compareAttribute(p *Pair, x, y *normalize.Attribute) {
	one := x
	if one == nil {
		one = y
	}
	if c.ignored(one.Kind) || p.blindAttribute(one) {
		return
	}
	if x != nil && x.Unknown || y != nil && y.Unknown {
		c.unknown[one.Kind] = true
		return
	}
	p.Attributes = append(p.Attributes, AttributeChange{
		Kind: one.Kind, Key: one.Key, A: c.value(0, x), B: c.value(1, y),
	})
}

// value returns an attribute as one side of a change; a may be nil.
func (c *comparer) value(side int, a *normalize.Attribute) AttributeValue {
	if a == nil {
		return AttributeValue{}
	}
	v := AttributeValue{Has: true, Value: a.Value, RawKey: a.RawKey, Raw: a.RawValue}
	if f, ok := a.Field(); ok {
		v.Names = c.changes.Account(side).Rewriter.Named(f, a.RawValue)
	}
	return v
}

// ignored reports whether attributes of a kind are left out.
func (c *comparer) ignored(k normalize.Kind) bool {
	return slices.Contains(c.changes.Ignored, k)
}

// blindAttribute reports whether a side could not read the attribute.
func (p *Pair) blindAttribute(a *normalize.Attribute) bool {
	for _, g := range p.Blind {
		if g.Part == "" || g.Part == inventory.Part(a.Kind) {
			return true
		}
		// The list of inline or attached policies could not be read.
		if a.Kind == normalize.KindPolicy && g.PolicyName == "" && strings.HasPrefix(a.Key, string(g.Part)+" ") {
			return true
		}
	}
	return false
}
