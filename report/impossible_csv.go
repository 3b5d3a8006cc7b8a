package report

import (
	"cmp"
	"io"
	"slices"

	"iamctl/inventory"
	"iamctl/result"
)

// impossibleName is the name of the file of the pairs of an action and a resource
// that one account alone has and that the reference calls impossible.
const impossibleName = "impossible_differences.csv"

// impossibleRow is a row of that file: an action as it is written, and who has it.
type impossibleRow struct {
	OnlyIn string `csv:"only_in"` // the tag
	ItemRow
	// Fingerprint is as in diff.json, that of the role where one account alone has it:
	// the pair is a part of that drift.
	Fingerprint string `csv:"fingerprint"`
}

func newImpossibleRow(tag string, role *result.Role, it *result.Item, fingerprint string) impossibleRow {
	original := func(of func(*result.Columns) string) string {
		var values []string
		for i := range it.Originals {
			// What rewriting left as it is has no original of its own.
			if v := cmp.Or(of(&it.Originals[i]), of(&it.Columns)); !slices.Contains(values, v) {
				values = append(values, v)
			}
		}
		if values == nil {
			return of(&it.Columns)
		}
		return join(values)
	}
	return impossibleRow{
		OnlyIn: tag,
		ItemRow: ItemRow{
			Item: inventory.Item{
				RoleName: role.RoleName, Path: role.Path, PolicyName: it.PolicyName, PolicyType: it.PolicyType, Effect: it.Effect,
				Service: it.Service, Action: it.Action, ARN: it.ARN, Principal: it.Principal, PrincipalType: it.PrincipalType,
				Negated: it.Negated, Condition: it.Condition, Statement: it.Statement, Note: it.Note,
			}.Marked(),
			Original: Original{
				RoleName: role.OriginalRoleName, Path: role.OriginalPath,
				PolicyName: original(func(c *result.Columns) string { return c.PolicyName }),
				ARN:        original(func(c *result.Columns) string { return c.ARN }),
				Principal:  original(func(c *result.Columns) string { return c.Principal }),
				Condition:  original(func(c *result.Columns) string { return c.Condition }),
				Statement:  original(func(c *result.Columns) string { return c.Statement }),
			},
			Foreign: foreign(it.Names), Expected: expected(it.Names),
		},
		Fingerprint: fingerprint,
	}
}

// writeImpossible writes the pairs of the common roles role by role, and then those
// of the roles that one account alone has, the sides in the order of their tags, so that
// the file stays the same when the sides are swapped.
func writeImpossible(w io.Writer, r *result.Result) error {
	tags, sides := r.Tags(), []int{0, 1}
	if tags[1] < tags[0] {
		sides = []int{1, 0}
	}
	return WriteTable(w, func(yield func(impossibleRow) bool) {
		for i := range r.CommonRoles {
			p := &r.CommonRoles[i]
			for _, side := range sides {
				for _, it := range p.Impossible(side).All() {
					if !yield(newImpossibleRow(tags[side], p.Role(side), &it, it.Fingerprint)) {
						return
					}
				}
			}
		}
		for _, side := range sides {
			for _, u := range *r.UniqueRoles.Of(side) {
				for _, it := range u.Impossible.All() {
					if !yield(newImpossibleRow(tags[side], &u.Role, &it, u.Fingerprint)) {
						return
					}
				}
			}
		}
	})
}
