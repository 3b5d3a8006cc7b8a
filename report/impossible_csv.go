package report

import (
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
	Fingerprint string `csv:"fingerprint"` // as in diff.json
}

func newImpossibleRow(tag string, role *result.Role, it *result.Item) impossibleRow {
	original := func(of func(*result.Columns) string) string {
		var values []string
		for i := range it.Originals {
			if v := of(&it.Originals[i]); v != "" && !slices.Contains(values, v) {
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
		Fingerprint: it.Fingerprint,
	}
}

// writeImpossible writes the pairs role by role, the sides in the order of their
// tags, so that the file stays the same when the sides are swapped.
func writeImpossible(w io.Writer, r *result.Result) error {
	tags, sides := r.Tags(), []int{0, 1}
	if tags[1] < tags[0] {
		sides = []int{1, 0}
	}
	return writeTable(w, func(yield func(impossibleRow) bool) {
		for i := range r.CommonRoles {
			p := &r.CommonRoles[i]
			for _, side := range sides {
				for _, it := range p.Impossible(side).All() {
					if !yield(newImpossibleRow(tags[side], p.Role(side), &it)) {
						return
					}
				}
			}
		}
	})
}
