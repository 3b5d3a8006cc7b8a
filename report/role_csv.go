package report

import (
	"io"

	"iamctl/normalize"
	"iamctl/result"
)

// RoleColumns are the columns that identify a role. The first two are normalised.
// It is exported because gocsv ignores embedded structs that are not.
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
	role := result.RoleOf(r)
	row := RoleRow{RoleColumns: roleColumns(&role), ServiceLinked: role.ServiceLinked, Policies: len(r.Policies)}
	for i := range r.Policies {
		row.Items += r.Policies[i].Items.Len()
	}
	return row
}

// writeRoles writes the roles for which keep returns true.
func writeRoles(w io.Writer, a *normalize.Account, keep func(linked bool) bool) error {
	return WriteTable(w, func(yield func(RoleRow) bool) {
		for i := range a.Roles {
			r := &a.Roles[i]
			if keep(r.Raw.ServiceLinked()) && !yield(newRoleRow(r)) {
				return
			}
		}
	})
}

// writeUnique writes the roles of one side alone for which keep returns true.
func writeUnique(w io.Writer, r *result.Result, side int, keep func(linked bool) bool) error {
	return WriteTable(w, func(yield func(uniqueRow) bool) {
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
