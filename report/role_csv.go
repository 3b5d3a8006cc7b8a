package report

import (
	"io"
	"slices"
	"strings"

	"iamctl/diff"
	"iamctl/normalize"
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

func roleColumns(r *normalize.Role) RoleColumns {
	return RoleColumns{
		RoleName: r.Name, Path: r.Path,
		OriginalRoleName: r.Raw.Name, OriginalPath: r.Raw.Path,
		ARN: r.Raw.ARN, RoleID: r.Raw.ID,
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
	row := RoleRow{RoleColumns: roleColumns(r), ServiceLinked: r.Raw.ServiceLinked(), Policies: len(r.Policies)}
	for i := range r.Policies {
		row.Items += r.Policies[i].Items.Len()
	}
	return row
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

func newPairRow(c *diff.Changes, p *diff.Pair) pairRow {
	return pairRow{
		RoleName: p.Name, Path: p.A.Path, PathB: p.B.Path,
		TagA: c.A.Tag, OriginalRoleNameA: p.A.Raw.Name, OriginalPathA: p.A.Raw.Path, ARNA: p.A.Raw.ARN,
		TagB: c.B.Tag, OriginalRoleNameB: p.B.Raw.Name, OriginalPathB: p.B.Raw.Path, ARNB: p.B.Raw.ARN,
		Differs: p.Differs(), Attributes: len(p.Attributes),
		OnlyA: len(p.OnlyA), OnlyB: len(p.OnlyB), Masked: len(p.Masked), Blind: len(p.Blind), Reason: p.Reason,
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

func newDifferingRow(p *diff.Pair, side int) differingRow {
	return differingRow{
		RoleColumns: roleColumns(p.Role(side)), Kinds: strings.Join(differsIn(p), " "),
		Attributes: len(p.Attributes), OnlyHere: len(p.Only(side)), OnlyThere: len(p.Only(1 - side)),
	}
}

// differsIn names the kinds of what differs, attributes first.
func differsIn(p *diff.Pair) []string {
	var kinds []string
	for _, a := range p.Attributes {
		if !slices.Contains(kinds, string(a.Kind)) {
			kinds = append(kinds, string(a.Kind))
		}
	}
	if len(p.OnlyA)+len(p.OnlyB) > 0 {
		kinds = append(kinds, "items")
	}
	return kinds
}

// writeRoles writes the roles that keep says yes to.
func writeRoles(w io.Writer, a *normalize.Account, keep func(linked bool) bool) error {
	return writeTable(w, func(yield func(RoleRow) bool) {
		for r := range pointers(a.Roles) {
			if keep(r.Raw.ServiceLinked()) && !yield(newRoleRow(r)) {
				return
			}
		}
	})
}

// writeUnique writes those of the roles of one side alone.
func writeUnique(w io.Writer, c *diff.Changes, side int, keep func(linked bool) bool) error {
	digests := newRoleDigests(c, side)
	return writeTable(w, func(yield func(uniqueRow) bool) {
		for _, r := range c.Only(side) {
			if keep(r.Raw.ServiceLinked()) && !yield(uniqueRow{newRoleRow(r), digests.fingerprint(r)}) {
				return
			}
		}
	})
}

// writePairs writes the common roles that keep says yes to on either side:
// a role that is service-linked on one side alone stands in both files.
func writePairs(w io.Writer, c *diff.Changes, keep func(linked bool) bool) error {
	return writeTable(w, func(yield func(pairRow) bool) {
		for i := range c.Common {
			p := &c.Common[i]
			if !keep(p.A.Raw.ServiceLinked()) && !keep(p.B.Raw.ServiceLinked()) {
				continue
			}
			if !yield(newPairRow(c, p)) {
				return
			}
		}
	})
}

func writeDiffering(w io.Writer, c *diff.Changes, side int) error {
	return writeTable(w, func(yield func(differingRow) bool) {
		for i := range c.Common {
			if p := &c.Common[i]; p.Differs() && !yield(newDifferingRow(p, side)) {
				return
			}
		}
	})
}
