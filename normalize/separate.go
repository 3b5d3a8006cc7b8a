package normalize

import (
	"cmp"
	"fmt"
	"iter"
	"slices"

	"iamctl/inventory"
	"iamctl/policy"
)

func (a *Account) sortRoles() {
	slices.SortStableFunc(a.Roles, func(x, y Role) int {
		return cmp.Or(cmp.Compare(x.Key, y.Key), cmp.Compare(x.Raw.Name, y.Raw.Name))
	})
}

// separate sorts the roles. Those that would get one name by the rules get their own
// back, each with a gap: they could not be told apart, and one would not be compared.
// It is no error, because then the owner of one role could stop the comparison of all
// others by what it is called.
func (a *Account) separate() {
	own := map[*inventory.FlatRole]bool{}
	var gaps []inventory.Gap
	for more := true; more; {
		a.sortRoles()
		more = false
		for group := range a.sameKeys() {
			reason := mergedReason(group)
			for i := range group {
				if r := &group[i]; !own[r.Raw] {
					own[r.Raw], more = true, true
					r.Name, r.Key, r.Reason = r.Raw.Name, policy.Fold(r.Raw.Name), ""
					gaps = append(gaps, inventory.Gap{
						Kind: inventory.GapCompare, Entity: inventory.EntityRole, Name: r.Raw.Name, Blind: true, Reason: reason,
					})
				}
			}
		}
	}
	a.addGaps(gaps)
}

// sameKeys yields the roles that have one key, where there are several. They are
// sorted by it.
func (a *Account) sameKeys() iter.Seq[[]Role] {
	return func(yield func([]Role) bool) {
		for i := 0; i < len(a.Roles); {
			end := i + 1
			for end < len(a.Roles) && a.Roles[end].Key == a.Roles[i].Key {
				end++
			}
			group := a.Roles[i:end]
			i = end
			if len(group) > 1 && !yield(group) {
				return
			}
		}
	}
}

// mergedNamed is how many roles a gap names.
const mergedNamed = 4

func mergedReason(group []Role) string {
	var names []string
	for _, r := range group[:min(len(group), mergedNamed)] {
		names = append(names, r.Raw.Name)
	}
	more := ""
	if n := len(group) - mergedNamed; n > 0 {
		more = fmt.Sprintf(" and %d more", n)
	}
	return fmt.Sprintf("by the dictionary the roles %s%s would be called %q alike, and could not be told apart: "+
		"change the entry that makes them one, or list one of the names under \"shared\"", Quoted(names), more, group[0].Name)
}

// addGaps adds gaps. The account that was normalised stays as it is.
func (a *Account) addGaps(gaps []inventory.Gap) {
	if len(gaps) == 0 {
		return
	}
	flat := *a.Flat
	flat.Gaps = slices.Concat(flat.Gaps, gaps)
	a.Flat = &flat
}
