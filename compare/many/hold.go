package many

import (
	"context"
	"slices"

	"iamctl/diff"
	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/policy"
	"iamctl/result/matrix"
)

// held are two accounts of which some roles were compared.
type held struct {
	changes *diff.Changes
	// keyOf are the keys of the roles that were asked about, by their names in either
	// account.
	keyOf [2]map[string]string
	// joined are the names that either account has for roles of which others have other names,
	// by their keys.
	joined [2]map[string]string
}

// hold compares the roles of two accounts that have the keys.
func (m *run) hold(ctx context.Context, of two, keys []string) (*held, error) {
	members := [2]*member{m.members[of.reference], m.members[of.other]}
	var accounts [2]*inventory.Account
	var couples [2]*couple
	h := &held{}
	for side, a := range members {
		var err error
		if accounts[side], err = m.load(ctx, a); err != nil {
			return nil, err
		}
		about := keys
		if of.own[side] {
			about = nil // what it calls them by itself may be another key
		}
		if couples[side], err = h.name(m, side, a, accounts[side], about); err != nil {
			return nil, err
		}
	}
	c, err := couples[1], error(nil)
	if told := h.told(); members[0] != m.reference || c == nil || len(told) > 0 {
		if c, err = m.pair(members, accounts, told...); err != nil {
			return nil, err
		}
	}
	wanted := map[string]bool{}
	for side, own := range of.own {
		if own {
			c.both(side)
		}
	}
	if of.own[0] && of.own[1] {
		wanted = nil // what both call them may be other keys
	}
	for side, a := range accounts {
		if of.own[side] {
			continue
		}
		for i := range a.Roles {
			if _, ok := h.keyOf[side][a.Roles[i].Name]; ok {
				wanted[c.keys[side][i]] = true
			}
		}
	}
	h.changes, err = c.compare(ctx, wanted)
	return h, err
}

// name finds what an account calls the roles with the keys, nil for all. It returns the account together
// with the reference, nil for the reference itself.
func (h *held) name(m *run, side int, of *member, a *inventory.Account, keys []string) (*couple, error) {
	h.keyOf[side], h.joined[side] = map[string]string{}, map[string]string{}
	wanted := map[string]bool{}
	for _, key := range keys {
		wanted[key] = true
	}
	add := func(key string, r *inventory.Role) {
		if m.joined[key] != "" {
			h.joined[side][key] = r.Name
		}
		if (keys == nil || wanted[key]) && !m.excluded(r) {
			h.keyOf[side][r.Name] = key
		}
	}
	if of == m.reference {
		for i := range a.Roles {
			add(keyOfReference(&a.Roles[i]), &a.Roles[i])
		}
		return nil, nil
	}
	c, err := m.pair([2]*member{m.reference, of}, [2]*inventory.Account{m.reference.account, a})
	if err != nil {
		return nil, err
	}
	names := c.separate()
	there := map[string]string{}
	for i, key := range names[0] {
		there[key] = keyOfReference(&m.reference.account.Roles[i])
	}
	for i, name := range names[1] {
		key, ok := there[name]
		if !ok {
			key = m.row(keyOfOther(name))
		}
		add(key, &a.Roles[i])
	}
	return c, nil
}

// separate returns the keys with which roles pair, of which those that would have one key
// have their own names, as when they are normalised.
func (c *couple) separate() (keys [2][]string) {
	for side, a := range c.accounts {
		keys[side] = slices.Clone(c.keys[side])
		for more := true; more; {
			more = false
			of := map[string][]int{}
			for i, key := range keys[side] {
				of[key] = append(of[key], i)
			}
			for _, list := range of {
				for _, i := range list {
					if name := policy.Fold(a.Roles[i].Name); len(list) > 1 && keys[side][i] != name {
						keys[side][i], more = name, true
					}
				}
			}
		}
	}
	return keys
}

// named returns the forms that are asked about by the names that the roles have here.
func (h *held) named(asked []asking) map[string]*matrix.Form {
	of := map[string]*matrix.Form{}
	for _, a := range asked {
		of[a.key] = a.form
	}
	out := map[string]*matrix.Form{}
	add := func(side int, r *normalize.Role, name string) {
		if key, ok := h.keyOf[side][r.Raw.Name]; ok && of[key] != nil {
			out[policy.Fold(name)] = of[key]
		}
	}
	for i := range h.changes.Common {
		p := &h.changes.Common[i]
		add(0, p.A, p.Name)
		add(1, p.B, p.Name)
	}
	for side := range 2 {
		for _, r := range h.changes.Only(side) {
			add(side, r, r.Name)
		}
	}
	return out
}
