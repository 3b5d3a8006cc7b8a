package report

import (
	"io"
	"slices"
	"strings"

	"iamctl/normalize"
	"iamctl/result"
)

// RoleColumns say which role of which account a row is about. The first two
// are normalised. It is exported because gocsv passes over embedded structs
// that are not.
type RoleColumns struct {
	RoleName         string `csv:"rolename"`
	Path             string `csv:"path"`
	OriginalRoleName string `csv:"original_rolename"`
	OriginalPath     string `csv:"original_path"`
	ARN              string `csv:"arn"` // before rewriting
	RoleID           string `csv:"role_id"`
}

func roleColumns(r *result.Role) RoleColumns {
	return RoleColumns{
		RoleName: r.RoleName, Path: r.Path,
		OriginalRoleName: r.OriginalRoleName, OriginalPath: r.OriginalPath,
		ARN: r.ARN, RoleID: r.RoleID,
	}
}

// RoleRow is a row of the files of one account's roles. It is exported for
// the same reason.
type RoleRow struct {
	RoleColumns
	ServiceLinked bool `csv:"service_linked"`
	Policies      int  `csv:"policies"`
	Items         int  `csv:"items"` // sanitized
}

// uniqueRow is a row of the files of roles that one account alone has.
type uniqueRow struct {
	RoleRow
	Fingerprint string `csv:"fingerprint"` // as in diff.json
}

func newRoleRow(r *normalize.Role) RoleRow {
	row := RoleRow{RoleColumns: normalizedColumns(r), ServiceLinked: r.Raw.ServiceLinked(), Policies: len(r.Policies)}
	for i := range r.Policies {
		row.Items += r.Policies[i].Items.Len()
	}
	return row
}

// normalizedColumns are those of a role as the comparison holds it.
func normalizedColumns(r *normalize.Role) RoleColumns {
	return RoleColumns{
		RoleName: r.Name, Path: r.Path,
		OriginalRoleName: r.Raw.Name, OriginalPath: r.Raw.Path,
		ARN: r.Raw.ARN, RoleID: r.Raw.ID,
	}
}

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
	// Kinds are the kinds of what differs: attribute kinds and "items".
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

// differsIn names the kinds of what differs, attributes first.
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
	return kinds
}

// writeRoles writes the roles that keep says yes to.
func writeRoles(w io.Writer, a *normalize.Account, keep func(linked bool) bool) error {
	return writeTable(w, func(yield func(RoleRow) bool) {
		for i := range a.Roles {
			r := &a.Roles[i]
			if keep(r.Raw.ServiceLinked()) && !yield(newRoleRow(r)) {
				return
			}
		}
	})
}

// writeUnique writes those of the roles of one side alone.
func writeUnique(w io.Writer, r *result.Result, side int, keep func(linked bool) bool) error {
	return writeTable(w, func(yield func(uniqueRow) bool) {
		list := *r.UniqueRoles.Of(side)
		i := 0
		for items := range r.Alone(side) {
			u := &list[i]
			i++
			if keep(u.ServiceLinked) && !yield(uniqueRow{newRoleRow(items.Role), u.Fingerprint}) {
				return
			}
		}
	})
}

// writePairs writes the common roles that keep says yes to on either side:
// a role that is service-linked on one side alone stands in both files.
func writePairs(w io.Writer, r *result.Result, keep func(linked bool) bool) error {
	return writeTable(w, func(yield func(pairRow) bool) {
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
	return writeTable(w, func(yield func(differingRow) bool) {
		for i := range r.CommonRoles {
			if p := &r.CommonRoles[i]; p.Differs && !yield(newDifferingRow(p, side)) {
				return
			}
		}
	})
}
