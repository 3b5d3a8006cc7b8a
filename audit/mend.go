package audit

import (
	"cmp"
	"fmt"
	"slices"

	"iamctl/audit/account"
	"iamctl/audit/rule"
)

// together sets the fixes of findings that rewrite one document: one document with all
// their changes, so that no fix takes another back. What is accepted is not to change: its
// changes are in its own fix alone.
func together(list []Finding, accepted func(*Finding) bool) {
	of := map[*account.Policy][]*Finding{}
	for i := range list {
		if f := &list[i]; f.Change != nil {
			of[f.Policy] = append(of[f.Policy], f)
		}
	}
	for _, all := range of {
		slices.SortStableFunc(all, func(f, g *Finding) int { return cmp.Compare(f.Rule.ID, g.Rule.ID) })
		open := slices.DeleteFunc(slices.Clone(all), accepted)
		for _, f := range all {
			if accepted(f) {
				f.mend(all)
			} else {
				f.mend(open)
			}
		}
	}
}

// mend sets the fix of a finding to one of several, itself among them.
func (f *Finding) mend(all []*Finding) {
	var changes []rule.Rewrite
	for _, g := range all {
		changes = append(changes, g.Change)
	}
	document := rule.Rewritten(f.Policy.Document, changes...)
	f.Trust(document)
	f.Also = nil
	for _, g := range all {
		also := fmt.Sprintf("%s in statement %d", g.Rule.ID, g.Statement+1)
		if document != "" && (g.Rule.ID != f.Rule.ID || g.Statement != f.Statement) && !slices.Contains(f.Also, also) {
			f.Also = append(f.Also, also)
		}
	}
}
