package diff

import (
	"slices"
	"strings"

	"iamctl/normalize"
)

// compareAttributes compares the attributes of a pair, in the order of their
// kinds and keys.
func (c *comparer) compareAttributes(p *Pair) {
	if p.A.Name != p.B.Name && !c.ignored(normalize.KindName) {
		p.Attributes = append(p.Attributes, AttributeChange{
			Kind: normalize.KindName,
			A:    AttributeValue{Has: true, Value: p.A.Name, Raw: p.A.Raw.Name},
			B:    AttributeValue{Has: true, Value: p.B.Name, Raw: p.B.Raw.Name},
		})
	}
	a, b := p.A.Attributes, p.B.Attributes
	for len(a) > 0 || len(b) > 0 {
		var x, y *normalize.Attribute
		switch order := compareAttribute(a, b); {
		case order < 0:
			x, a = &a[0], a[1:]
		case order > 0:
			y, b = &b[0], b[1:]
		default:
			x, y, a, b = &a[0], &b[0], a[1:], b[1:]
		}
		c.compareAttribute(p, x, y)
	}
}

func compareAttribute(a, b []normalize.Attribute) int {
	switch {
	case len(a) == 0:
		return 1
	case len(b) == 0:
		return -1
	}
	return a[0].Compare(b[0])
}

// compareAttribute records one attribute if it differs; x or y is nil where
// the side does not have it.
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
	if x != nil && y != nil && x.Value == y.Value {
		return
	}
	p.Attributes = append(p.Attributes, AttributeChange{
		Kind: one.Kind, Key: one.Key, A: c.value(0, x), B: c.value(1, y),
	})
}

func (c *comparer) value(side int, a *normalize.Attribute) AttributeValue {
	if a == nil {
		return AttributeValue{}
	}
	v := AttributeValue{Has: true, Value: a.Value, RawKey: a.RawKey, Raw: a.RawValue}
	if f, ok := attributeField(a.Kind); ok {
		v.Names = c.changes.Account(side).Rewriter.Named(f, a.RawValue)
	}
	return v
}

// attributeField is the dictionary's field for a kind of attribute.
func attributeField(k normalize.Kind) (normalize.Field, bool) {
	switch k {
	case normalize.KindPath:
		return normalize.FieldPath, true
	case normalize.KindBoundary, normalize.KindPolicy:
		return normalize.FieldARN, true
	case normalize.KindTag:
		return normalize.FieldTag, true
	case normalize.KindDescription:
		return normalize.FieldDescription, true
	}
	return "", false
}

func (c *comparer) ignored(k normalize.Kind) bool {
	return slices.Contains(c.changes.Ignored, k)
}

// blindAttribute tells whether a side could not read the attribute.
func (p *Pair) blindAttribute(a *normalize.Attribute) bool {
	for _, g := range p.Blind {
		if g.PolicyType == "" || g.PolicyType == string(a.Kind) {
			return true
		}
		// The list of inline or attached policies could not be read.
		if a.Kind == normalize.KindPolicy && g.PolicyName == "" && strings.HasPrefix(a.Key, g.PolicyType+" ") {
			return true
		}
	}
	return false
}
