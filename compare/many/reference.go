package many

import (
	"slices"

	"iamctl/fleet"
)

// groups returns the forms of a role, the reference first.
func (m *run) groups(key string) []fleet.Group {
	groups := fleet.Groups(m.forms[key])
	if m.Against != "" {
		fleet.First(groups, m.forms[key][m.against])
	}
	return groups
}

// oneOf returns one of several accounts that have a role in one form, to stand for all: the one
// that all are compared with, if it is among them. One that is as the others only where its own
// names count (own.go) stands for none of them, unless there is no other.
func (m *run) oneOf(key string, accounts []int) int {
	if slices.Contains(accounts, m.against) && !m.isOwn(m.against, key) {
		return m.against
	}
	i := slices.IndexFunc(accounts, func(a int) bool { return !m.isOwn(a, key) })
	return accounts[max(0, i)]
}

// other returns the account of a group that is held against the reference. Of those that do
// not have a role any will do, and the one that all are compared with is in memory.
func (m *run) other(key string, g fleet.Group) int {
	if g.Form == fleet.Absent {
		return m.oneOf(key, g.Accounts)
	}
	return g.Accounts[0]
}

// referenceOf returns an account of a role's reference that others are held against: one of which it
// is known what bounds it, and that none of the others names, as far as there is one.
func (m *run) referenceOf(key string, g fleet.Group) int {
	known := slices.DeleteFunc(slices.Clone(m.alike[key]), func(p part) bool { return m.controls.unknown[p.control] })
	for _, p := range known {
		if one := m.oneOf(key, p.accounts); !m.isOwn(one, key) {
			return one
		}
	}
	if len(known) > 0 {
		return m.oneOf(key, known[0].accounts)
	}
	return m.oneOf(key, g.Accounts)
}
