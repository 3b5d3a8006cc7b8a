package many

import (
	"context"
	"runtime"
	"sync"

	"golang.org/x/sync/errgroup"

	"iamctl/fleet"
)

// merge finds forms that are the same, although their drift against the account that all
// were compared with is not: what one says twice, this account may have once. Of each role
// the form of most accounts is held against the others.
func (m *run) merge(ctx context.Context) error {
	if err := m.holdJoined(ctx); err != nil {
		return err
	}
	work := map[two][]string{}
	for key, forms := range m.forms {
		first := -1
		for _, g := range fleet.Groups(forms) {
			switch {
			case g.Form == same || g.Form == fleet.Absent:
			case first < 0:
				first = g.Accounts[0]
			default:
				accounts := two{reference: first, other: g.Accounts[0]}
				work[accounts] = append(work[accounts], key)
			}
		}
	}
	return m.each(ctx, work, func(accounts two, h *held) {
		for _, s := range formsOf(h.changes) {
			if key, ok := h.keyOf[1][s.raw]; ok && s.form == same {
				join(m.forms[key], accounts)
			}
		}
	})
}

// each compares the roles with the keys of two accounts each, and hands over what came of it,
// one after the other.
func (m *run) each(ctx context.Context, work map[two][]string, use func(two, *held)) error {
	var mu sync.Mutex
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for accounts, keys := range work {
		g.Go(func() error {
			h, err := m.hold(ctx, accounts, keys)
			if err != nil {
				return err
			}
			mu.Lock()
			defer mu.Unlock()
			use(accounts, h)
			return nil
		})
	}
	return g.Wait()
}

// join gives the accounts of one form the other.
func join(forms []fleet.Form, of two) {
	was := forms[of.other]
	for i, f := range forms {
		if f == was {
			forms[i] = forms[of.reference]
		}
	}
}
