package inventory

import (
	"cmp"
	"slices"
)

// Sort puts the account and every list in it in the order that the
// types promise, so that the same account makes the same bytes whatever
// order AWS answered in.
func (a *Account) Sort() {
	slices.SortStableFunc(a.Roles, func(x, y Role) int { return cmp.Compare(x.Name, y.Name) })
	slices.SortStableFunc(a.Policies, func(x, y Policy) int { return cmp.Compare(x.ARN, y.ARN) })
	slices.SortStableFunc(a.Users, func(x, y User) int { return cmp.Compare(x.Name, y.Name) })
	slices.SortStableFunc(a.Groups, func(x, y Group) int { return cmp.Compare(x.Name, y.Name) })
	for i := range a.Roles {
		r := &a.Roles[i]
		sortParts(r.Inline, r.Attached, r.Tags)
		slices.SortStableFunc(r.InstanceProfiles, func(x, y InstanceProfile) int { return cmp.Compare(x.Name, y.Name) })
	}
	for i := range a.Policies {
		sortParts(nil, nil, a.Policies[i].Tags)
		sortVersions(a.Policies[i].Others)
	}
	for i := range a.Users {
		u := &a.Users[i]
		sortParts(u.Inline, u.Attached, u.Tags)
		slices.Sort(u.Groups)
	}
	for i := range a.Groups {
		sortParts(a.Groups[i].Inline, a.Groups[i].Attached, nil)
	}
	slices.SortStableFunc(a.Gaps, Gap.Compare)
	slices.Sort(a.Notes)
}

func sortParts(inline []InlinePolicy, attached []PolicyRef, tags []Tag) {
	slices.SortStableFunc(inline, func(x, y InlinePolicy) int { return cmp.Compare(x.Name, y.Name) })
	slices.SortStableFunc(attached, func(x, y PolicyRef) int { return cmp.Compare(x.ARN, y.ARN) })
	slices.SortStableFunc(tags, func(x, y Tag) int { return cmp.Compare(x.Key, y.Key) })
}
