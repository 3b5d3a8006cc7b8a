package many

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"sync"

	"iamctl/compare"
	"iamctl/extract/flatten"
	"iamctl/fleet"
	"iamctl/internal/hint"
	"iamctl/inventory"
	"iamctl/policy"
)

// reading is an account as it was read, or what is wrong with it.
type reading struct {
	account *inventory.Account
	err     error
}

// unknown returns the gaps of an account of which nothing is known, nil for any other. One
// without a single role is not compared either: every account has some, and that each role of
// the others is missing there would say the same many times over.
func (r reading) unknown(s compare.Side) []inventory.Gap {
	if r.err != nil {
		return []inventory.Gap{s.Unread(r.err)}
	}
	none, ok := r.account.NoRoles()
	if !ok {
		return nil
	}
	gaps, _ := r.account.RoleGaps()
	return append(gaps, none)
}

// sampleSize is how many accounts are read to choose one of them.
const sampleSize = 9

// choose chooses the account that all are compared with first: the one that is asked for,
// or one of a few that has many roles as most of these do, which is only a guess that saves
// work.
func (m *run) choose(ctx context.Context, sides []compare.Side) error {
	order := make([]int, 0, len(sides))
	for i, s := range sides {
		if m.Against == "" || s.Tag == m.Against {
			order = append(order, i)
		}
	}
	slices.SortFunc(order, func(i, j int) int {
		return cmp.Or(cmp.Compare(sides[i].Spec.String(), sides[j].Spec.String()), cmp.Compare(sides[i].Tag, sides[j].Tag))
	})
	m.sampled = map[int]reading{}
	rounds := (len(order) + sampleSize - 1) / sampleSize
	for round := range rounds {
		var sample []int
		for k := round; k < len(order); k += rounds {
			sample = append(sample, order[k])
		}
		if err := m.sample(ctx, sides, sample); err != nil {
			return err
		}
		if m.chooseOf(sides, sample) {
			return nil
		}
	}
	return m.noneReadable(sides)
}

// noneReadable is the error that of no account that all may be compared with anything is known.
func (m *run) noneReadable(sides []compare.Side) error {
	var errs []error
	for _, i := range slices.Sorted(maps.Keys(m.sampled)) {
		err := m.sampled[i].err
		if err == nil {
			none, _ := m.sampled[i].account.NoRoles()
			err = fmt.Errorf("%s: %s", sides[i].Tag, none.Reason)
		}
		errs = append(errs, err)
	}
	switch {
	case m.Against == "":
		return fmt.Errorf("no account could be read: %w", errors.Join(errs...))
	case len(errs) > 0:
		return fmt.Errorf("--against %w", errors.Join(errs...)) // there is one such account
	}
	return hint.With(fmt.Errorf("--against %s: no account has that tag", m.Against), "tags are what follows = of a SOURCE, else its last element")
}

// sample reads accounts and keeps them until it is their turn.
func (m *run) sample(ctx context.Context, sides []compare.Side, sample []int) error {
	picked := make([]compare.Side, len(sample))
	for k, i := range sample {
		picked[k] = sides[i]
	}
	var mu sync.Mutex
	return m.Reader.Each(ctx, picked, atOnce(picked), func(_ context.Context, k int, a *inventory.Account, err error) error {
		mu.Lock()
		defer mu.Unlock()
		m.sampled[sample[k]] = reading{a, err}
		return nil
	})
}

// chooseOf chooses one of the accounts that were read, if any could be.
func (m *run) chooseOf(sides []compare.Side, sample []int) bool {
	var accounts []*member
	for _, i := range sample {
		if r := m.sampled[i]; r.unknown(sides[i]) == nil {
			accounts = append(accounts, newMember(sides[i], m.asked(r.account)))
			m.members[i] = accounts[len(accounts)-1]
		}
	}
	if len(accounts) == 0 {
		return false
	}
	slices.SortFunc(accounts, compareMembers)
	m.reference = accounts[commonest(accounts)]
	for _, i := range sample {
		if m.members[i] != m.reference {
			m.members[i] = nil
		}
	}
	m.shelf = flatten.NewShelf(m.Options.Reference)
	return true
}

func compareMembers(a, b *member) int {
	return cmp.Or(cmp.Compare(a.identity.ID, b.identity.ID), cmp.Compare(a.side.Tag, b.side.Tag))
}

// commonest returns the account whose roles are most often as most of the others have them,
// at a rough look.
func commonest(accounts []*member) int {
	rough := map[string][]fleet.Form{}
	for i, m := range accounts {
		for k := range m.account.Roles {
			r := &m.account.Roles[k]
			key := policy.Fold(r.Name)
			if rough[key] == nil {
				rough[key] = make([]fleet.Form, len(accounts))
			}
			rough[key][i] = roughForm(r, m.identity.ID)
		}
	}
	return fleet.Reference(len(accounts), func(yield func([]fleet.Form) bool) {
		for _, forms := range rough {
			if !yield(forms) {
				return
			}
		}
	})
}

// asked returns an account with the roles alone that are asked about.
func (m *run) asked(a *inventory.Account) *inventory.Account {
	if m.Roles == "" {
		return a
	}
	out := *a
	out.Roles = slices.DeleteFunc(slices.Clone(a.Roles), func(r inventory.Role) bool {
		ok, _ := path.Match(policy.Fold(m.Roles), policy.Fold(r.Name))
		return !ok
	})
	out.Chosen = len(out.Roles) < len(a.Roles)
	return &out
}

// nobody is the error that no account has a role that is asked about, nil if one has or if
// that is not known.
func (m *run) nobody() error {
	if m.Roles == "" || len(m.gaps) > 0 || slices.ContainsFunc(m.members, func(a *member) bool { return a != nil && len(a.cells) > 0 }) {
		return nil
	}
	return hint.With(fmt.Errorf("no account has a role whose name matches %q", m.Roles), "a pattern is of the whole name without the path, such as 'app-*'")
}
