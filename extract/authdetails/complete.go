package authdetails

import (
	"fmt"
	"slices"

	"iamctl/inventory"
)

// finish returns the account with its gaps and notes, in order.
func (c *collector) finish() *inventory.Account {
	a := &c.account
	a.Gaps = append(c.withoutDuplicates(), c.absentPolicies()...)
	a.Notes = c.notes()
	a.Sort()
	return a
}

// withoutDuplicates returns the gaps once each: an entity may be in two
// pages.
func (c *collector) withoutDuplicates() []inventory.Gap {
	slices.SortStableFunc(c.gaps, inventory.Gap.Compare)
	return slices.Compact(c.gaps)
}

// absentPolicies are gaps for the managed policies that are in use but not
// in the file: one for each, whoever uses it.
func (c *collector) absentPolicies() []inventory.Gap {
	var gaps []inventory.Gap
	seen := map[string]bool{}
	need := func(refs ...inventory.PolicyRef) {
		for _, ref := range refs {
			if _, there := c.at["policy "+ref.ARN]; there || seen[ref.ARN] {
				continue
			}
			seen[ref.ARN] = true
			gaps = append(gaps, inventory.Gap{
				Kind: inventory.GapRead, Entity: inventory.EntityPolicy, Name: ref.ARN, PolicyName: ref.Name, Blind: true,
				Reason: absentReason(ref.ARN),
			})
		}
	}
	boundary := func(ref *inventory.PolicyRef) {
		if ref != nil {
			need(*ref)
		}
	}
	for i := range c.account.Roles {
		need(c.account.Roles[i].Attached...)
		boundary(c.account.Roles[i].Boundary)
	}
	for i := range c.account.Users {
		need(c.account.Users[i].Attached...)
		boundary(c.account.Users[i].Boundary)
	}
	for i := range c.account.Groups {
		need(c.account.Groups[i].Attached...)
	}
	return gaps
}

// absentReason says why a file may lack the document of a policy that is in use,
// and what to do. AWS leaves the documents of its own deprecated policies out of
// GetAccountAuthorizationDetails, whatever the filter.
func absentReason(arn string) string {
	if inventory.AWSManaged(arn) {
		return "the policy is AWS's own and in use, but the file has no document for it, as AWS leaves out those of its deprecated policies; " +
			"`aws iam get-policy-version` has it, and iamctl reads it from a profile that may call iam:GetPolicy and iam:GetPolicyVersion"
	}
	return "the policy is in use, but the file has no document for it; take the file with all policies (the filter, if any, needs LocalManagedPolicy)"
}

func (c *collector) notes() []string {
	var notes []string
	if slices.ContainsFunc(c.account.Roles, func(r inventory.Role) bool { return r.Description == nil || r.MaxSessionDuration == nil }) {
		notes = append(notes, "the file does not tell the description and the session length of every role, as get-account-authorization-details never does: what it does not tell is not compared")
	}
	for _, list := range []string{groupList, policyList, userList} {
		if !c.lists[list] {
			notes = append(notes, "the file has no "+list)
		}
	}
	if c.badDates > 0 {
		notes = append(notes, fmt.Sprintf("dates that are none were left out: %d, the first at %q", c.badDates, c.badDateAt))
	}
	notes = append(notes, c.remarks...)
	if len(c.unknownFields) > 0 {
		slices.Sort(c.unknownFields)
		note := fmt.Sprintf("fields that iamctl does not know were left out: %q", c.unknownFields)
		if c.unknownMore > 0 {
			note += " and more"
		}
		notes = append(notes, note)
	}
	return notes
}
