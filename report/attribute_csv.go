package report

import (
	"io"

	"iamctl/diff"
)

// attributeRow is a row of attribute_differences.csv.
type attributeRow struct {
	RoleName string `csv:"rolename"`
	Path     string `csv:"path"` // account A's, as in common_roles.csv
	Kind     string `csv:"kind"`
	Key      string `csv:"key"`

	TagA           string `csv:"tag_a"`
	HasA           bool   `csv:"has_a"`
	ValueA         string `csv:"value_a"`
	OriginalRoleA  string `csv:"original_rolename_a"`
	OriginalKeyA   string `csv:"original_key_a"`
	OriginalValueA string `csv:"original_value_a"`
	ForeignA       string `csv:"foreign_a"`
	ExpectedA      string `csv:"expected_a"`

	TagB           string `csv:"tag_b"`
	HasB           bool   `csv:"has_b"`
	ValueB         string `csv:"value_b"`
	OriginalRoleB  string `csv:"original_rolename_b"`
	OriginalKeyB   string `csv:"original_key_b"`
	OriginalValueB string `csv:"original_value_b"`
	ForeignB       string `csv:"foreign_b"`
	ExpectedB      string `csv:"expected_b"`

	Fingerprint string `csv:"fingerprint"` // as in diff.json
}

func newAttributeRow(c *diff.Changes, p *diff.Pair, a *diff.AttributeChange) attributeRow {
	return attributeRow{
		RoleName: p.Name, Path: p.A.Path, Kind: string(a.Kind), Key: a.Key,

		TagA: c.A.Tag, HasA: a.A.Has, ValueA: a.A.Value,
		OriginalRoleA: p.A.Raw.Name, OriginalKeyA: a.A.RawKey, OriginalValueA: a.A.Raw,
		ForeignA: foreign(a.A.Names), ExpectedA: expected(a.A.Names),

		TagB: c.B.Tag, HasB: a.B.Has, ValueB: a.B.Value,
		OriginalRoleB: p.B.Raw.Name, OriginalKeyB: a.B.RawKey, OriginalValueB: a.B.Raw,
		ForeignB: foreign(a.B.Names), ExpectedB: expected(a.B.Names),

		Fingerprint: attributeFingerprint(c, p, a),
	}
}

func writeAttributes(w io.Writer, c *diff.Changes) error {
	return writeTable(w, func(yield func(attributeRow) bool) {
		for i := range c.Common {
			p := &c.Common[i]
			for j := range p.Attributes {
				if !yield(newAttributeRow(c, p, &p.Attributes[j])) {
					return
				}
			}
		}
	})
}
