package report

import (
	"io"

	"iamctl/result"
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

func newAttributeRow(tags [2]string, p *result.Pair, a *result.Attribute) attributeRow {
	return attributeRow{
		RoleName: p.RoleName, Path: p.A.Path, Kind: a.Kind, Key: a.Key,

		TagA: tags[0], HasA: a.A.Has, ValueA: a.A.Value,
		OriginalRoleA: p.A.OriginalRoleName, OriginalKeyA: a.A.OriginalKey, OriginalValueA: a.A.OriginalValue,
		ForeignA: foreign(a.A.Names), ExpectedA: expected(a.A.Names),

		TagB: tags[1], HasB: a.B.Has, ValueB: a.B.Value,
		OriginalRoleB: p.B.OriginalRoleName, OriginalKeyB: a.B.OriginalKey, OriginalValueB: a.B.OriginalValue,
		ForeignB: foreign(a.B.Names), ExpectedB: expected(a.B.Names),

		Fingerprint: a.Fingerprint,
	}
}

func writeAttributes(w io.Writer, r *result.Result) error {
	return WriteTable(w, func(yield func(attributeRow) bool) {
		for i := range r.CommonRoles {
			p := &r.CommonRoles[i]
			for j := range p.Attributes {
				if !yield(newAttributeRow(r.Tags(), p, &p.Attributes[j])) {
					return
				}
			}
		}
	})
}
