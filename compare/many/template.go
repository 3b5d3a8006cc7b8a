package many

import (
	"iamctl/inventory"
	"iamctl/policy"
)

// template makes the prints of an account's roles: digests of all that has a part in
// comparing a role with that of the reference, with one mark wherever the account's own id
// is. Two roles of one print differ in nothing but in which account has which id, so that
// what became of one became of the other.
//
// Where a text has one of the account's own values in the dictionary, all of these are a part
// of the print.
//
// What does not hold for certain has no print, and is compared: an account in another
// partition than the reference's, with gaps, or with values of the dictionary that have to
// do with its id; a role with the id inside a longer word, or whose texts have a name that
// differs by what a tool made up. A print is not kept, besides, of texts with unique ids,
// escapes or placeholders, and of what could not be read.
type template struct {
	couple *couple
	id     string
	// context is what all roles of the account have in common.
	context print
	// made are names with a part that a tool made up, and held the roles whose policies
	// have one.
	made map[string]bool
	held map[string]bool
	// policies are the managed policies, by ARN.
	policies map[string]*managedPolicy
	// values has what the dictionary says of the account's own values besides its id, and
	// needles what a text has, folded, if it has one of them: a text without is rewritten as
	// in any other account.
	values  string
	needles []string
	// placeholders are those that a text may not have.
	placeholders []string
	buf          []byte
}

// managedPolicy is one that roles refer to.
type managedPolicy struct {
	of    *inventory.Policy
	print *print
}

// newTemplate returns the template of the second account, nil if nothing is certain of it.
func newTemplate(c *couple) *template {
	a, id := c.accounts[1], c.members[1].identity.ID
	t := &template{couple: c, id: id, made: map[string]bool{}, held: map[string]bool{}, policies: map[string]*managedPolicy{}}
	if c.run.whole || !c.plain() || !t.setContext() {
		return nil
	}
	known := c.Rules(1).Known
	for _, names := range known.Names {
		for name := range names {
			t.made[name] = true
		}
	}
	for role := range known.Attached {
		t.held[role] = true
	}
	for i := range a.Policies {
		t.policies[a.Policies[i].ARN] = &managedPolicy{of: &a.Policies[i]}
	}
	for arn, p := range t.policies {
		t.begin()
		if t.text(arn) && t.text(p.of.DefaultVersion) && t.text(string(p.of.Document)) {
			p.print = t.sum()
		}
	}
	return t
}

// plain reports whether the accounts are two of one partition whose roles have names that
// tell them apart, and whether the second one was read whole.
func (c *couple) plain() bool {
	a, b := c.members[0].identity, c.members[1].identity
	return policy.IsAccountID(a.ID) && policy.IsAccountID(b.ID) && a.ID != b.ID &&
		c.Rules(0).Partition == nil && c.Rules(1).Partition == nil &&
		len(c.accounts[1].Gaps) == 0 && len(c.accounts[1].Roles) > 0 &&
		distinct(c.keys[0]) && distinct(c.keys[1])
}

func distinct(keys []string) bool {
	seen := make(map[string]bool, len(keys))
	for _, k := range keys {
		if seen[k] {
			return false
		}
		seen[k] = true
	}
	return true
}
