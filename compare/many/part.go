package many

import (
	"context"

	"iamctl/compare"
	"iamctl/diff"
	"iamctl/equivalency"
	"iamctl/extract/flatten"
	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/policy"
)

// couple are two accounts with the dictionary as it applies to them.
type couple struct {
	*compare.Binding
	run      *run
	members  [2]*member
	accounts [2]*inventory.Account
	// keys are the names of the roles of either account by which these pair, in the order
	// of the roles.
	keys [2][]string
}

// pair binds the dictionary to two accounts. told are the names of roles that are one.
func (m *run) pair(members [2]*member, accounts [2]*inventory.Account, told ...[2]string) (*couple, error) {
	b, err := compare.Bind([2]equivalency.Identity{members[0].identity, members[1].identity}, accounts, m.Dictionary, told...)
	if err != nil {
		return nil, err
	}
	c := &couple{Binding: b, run: m, members: members, accounts: accounts}
	c.setKeys()
	return c, nil
}

// setKeys sets the keys by the rules.
func (c *couple) setKeys() {
	for side, a := range c.accounts {
		r := normalize.NewRewriter(c.Rules(side))
		c.keys[side] = make([]string, len(a.Roles))
		for i := range a.Roles {
			name, _ := r.Rewrite(normalize.FieldRoleName, a.Roles[i].Name)
			c.keys[side][i] = policy.Fold(name)
		}
	}
}

// compare compares the roles that pair by keys, and those that would if another did not have
// the name. Nil is all roles.
func (c *couple) compare(ctx context.Context, keys map[string]bool) (*diff.Changes, error) {
	var flats [2]*inventory.Flat
	for side, a := range c.accounts {
		wanted := map[*inventory.Role]bool{}
		for i := range a.Roles {
			r := &a.Roles[i]
			wanted[r] = keys == nil || keys[c.keys[side][i]] || keys[policy.Fold(r.Name)]
		}
		flats[side] = c.shelf(side).Roles(a, func(r *inventory.Role) bool { return wanted[r] })
		flats[side].Left = c.run.included(flats[side].Left)
		flats[side].LeftGaps = c.members[side].gaps
	}
	return c.Changes(ctx, flats, c.run.Options.Reference, c.run.Ignore, c.run.Exclude...)
}

// shelf returns where the documents of a side are flattened: those of the account that all
// are compared with are kept.
func (c *couple) shelf(side int) *flatten.Shelf {
	if c.members[side] == c.run.reference {
		return c.run.shelf
	}
	return c.run.shelf.Branch()
}

// included returns the roles that no rule leaves out.
func (m *run) included(roles []*inventory.Role) []*inventory.Role {
	var out []*inventory.Role
	for _, r := range roles {
		if !m.excluded(r) {
			out = append(out, r)
		}
	}
	return out
}

func (m *run) excluded(r *inventory.Role) bool {
	for _, x := range m.Exclude {
		if x.Excludes(r) {
			return true
		}
	}
	return false
}
