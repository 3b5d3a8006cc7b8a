package report

import (
	"io"
	"slices"
	"strings"

	"iamctl/result"
)

// pairRow is a row of the files of common roles. The path is account A's.
type pairRow struct {
	RoleName          string `csv:"rolename"`
	Path              string `csv:"path"`
	PathB             string `csv:"path_b"` // normalised too
	TagA              string `csv:"tag_a"`
	OriginalRoleNameA string `csv:"original_rolename_a"`
	OriginalPathA     string `csv:"original_path_a"`
	ARNA              string `csv:"arn_a"`
	TagB              string `csv:"tag_b"`
	OriginalRoleNameB string `csv:"original_rolename_b"`
	OriginalPathB     string `csv:"original_path_b"`
	ARNB              string `csv:"arn_b"`
	Differs           bool   `csv:"differs"`
	Attributes        int    `csv:"attribute_differences"`
	OnlyA             int    `csv:"items_only_in_a"`
	OnlyB             int    `csv:"items_only_in_b"`
	Masked            int    `csv:"masked_items"`
	Blind             int    `csv:"parts_not_compared"`
	// Reason says why the roles pair although their names differ.
	Reason string `csv:"reason"`
}

func newPairRow(tags [2]string, p *result.Pair) pairRow {
	return pairRow{
		RoleName: p.RoleName, Path: p.A.Path, PathB: p.B.Path,
		TagA: tags[0], OriginalRoleNameA: p.A.OriginalRoleName, OriginalPathA: p.A.OriginalPath, ARNA: p.A.ARN,
		TagB: tags[1], OriginalRoleNameB: p.B.OriginalRoleName, OriginalPathB: p.B.OriginalPath, ARNB: p.B.ARN,
		Differs: p.Differs, Attributes: len(p.Attributes),
		OnlyA: p.OnlyA.Len(), OnlyB: p.OnlyB.Len(), Masked: p.Masked.Len(), Blind: len(p.Blind), Reason: p.Reason,
	}
}

// differingRow is a row of common_roles_in_T_with_differences.csv.
type differingRow struct {
	RoleColumns
	// Kinds are the kinds of what differs: attribute kinds, "items" and "impossible".
	Kinds      string `csv:"differs_in"`
	Attributes int    `csv:"attribute_differences"`
	OnlyHere   int    `csv:"items_only_here"`
	OnlyThere  int    `csv:"items_only_there"`
}

func newDifferingRow(p *result.Pair, side int) differingRow {
	return differingRow{
		RoleColumns: roleColumns(p.Role(side)), Kinds: strings.Join(differsIn(p), " "),
		Attributes: len(p.Attributes), OnlyHere: p.Only(side).Len(), OnlyThere: p.Only(1 - side).Len(),
	}
}

// differsIn returns the kinds of what differs, attributes first.
func differsIn(p *result.Pair) []string {
	var kinds []string
	for _, a := range p.Attributes {
		if !slices.Contains(kinds, a.Kind) {
			kinds = append(kinds, a.Kind)
		}
	}
	if p.OnlyA.Len()+p.OnlyB.Len() > 0 {
		kinds = append(kinds, "items")
	}
	if p.ImpossibleA.Len()+p.ImpossibleB.Len() > 0 {
		kinds = append(kinds, result.DriftImpossible)
	}
	return kinds
}

// writePairs writes the common roles for which keep returns true on either side.
// A role that is service-linked on one side alone is in both files.
func writePairs(w io.Writer, r *result.Result, keep func(linked bool) bool) error {
	return WriteTable(w, func(yield func(pairRow) bool) {
		for i := range r.CommonRoles {
			p := &r.CommonRoles[i]
			if !keep(p.A.ServiceLinked) && !keep(p.B.ServiceLinked) {
				continue
			}
			if !yield(newPairRow(r.Tags(), p)) {
				return
			}
		}
	})
}

func writeDiffering(w io.Writer, r *result.Result, side int) error {
	return WriteTable(w, func(yield func(differingRow) bool) {
		for i := range r.CommonRoles {
			if p := &r.CommonRoles[i]; p.Differs && !yield(newDifferingRow(p, side)) {
				return
			}
		}
	})
}
