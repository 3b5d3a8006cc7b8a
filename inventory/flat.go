package inventory

import "iter"

// FlatPolicy is one policy of a role with its items.
type FlatPolicy struct {
	Name string
	Type PolicyType
	// ARN is the managed or boundary policy's, "" for the others.
	ARN   string
	Items *Items
	// Blind is true if the document could not be read or parsed: Items is
	// empty and nothing follows from it. A gap says why.
	Blind bool
}

// FlatRole is a role with its policies flattened, sorted by type and name
// (managed policies of one name by ARN).
type FlatRole struct {
	*Role
	Policies []FlatPolicy
}

// Flat is an account with its roles, or a part of them, flattened, in the order of
// Account.Roles.
type Flat struct {
	*Account
	Roles []FlatRole
	// Left are the roles that are not among Roles, where these are a part of the account's.
	// LeftGaps says that there are gaps in them.
	Left     []*Role
	LeftGaps bool
	// Gaps holds those of the account's own gaps that may concern a role, and
	// those met while flattening.
	Gaps []Gap
	// Notes holds the account's own and those met while flattening.
	Notes []string
	// Parsed has documents as they were parsed, nil for none.
	Parsed *Parsed
}

// Len returns the number of items of all roles.
func (f *Flat) Len() int {
	n := 0
	for i := range f.Roles {
		for j := range f.Roles[i].Policies {
			n += f.Roles[i].Policies[j].Items.Len()
		}
	}
	return n
}

// Items returns every item of the account, sorted by role and then as the
// roles' policies and rows are.
func (f *Flat) Items() iter.Seq[Item] {
	return func(yield func(Item) bool) {
		for i := range f.Roles {
			r := &f.Roles[i]
			for _, p := range r.Policies {
				for n := range p.Items.Rows {
					it := p.Items.Item(n)
					it.RoleName, it.Path, it.PolicyName, it.PolicyType = r.Name, r.Path, p.Name, string(p.Type)
					if !yield(it) {
						return
					}
				}
			}
		}
	}
}
