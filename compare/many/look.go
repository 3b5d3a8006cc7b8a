package many

import (
	"context"
	"runtime"
	"sync"

	"golang.org/x/sync/errgroup"

	"iamctl/compare"
	"iamctl/diff"
	"iamctl/equivalency"
	"iamctl/fleet"
	"iamctl/inventory"
	"iamctl/policy"
)

// same is the form of the roles that are as they are in the account that all are
// compared with first.
var same = fleet.Form{1}

// lookAtAll compares each account with one, and finds the forms of every role.
func (m *run) lookAtAll(ctx context.Context) error {
	m.forms, m.names, m.aws = map[string][]fleet.Form{}, map[string]string{}, map[awsVersion][]int{}
	var mu sync.Mutex
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i := range m.sides {
		g.Go(func() error {
			if i == m.against {
				return nil
			}
			f := m.flat(i)
			c, err := m.changes(ctx, [2]int{m.against, i}, [2]*inventory.Flat{m.first, f})
			if err != nil {
				return err
			}
			seen := formsOf(c)
			mu.Lock()
			defer mu.Unlock()
			m.gapsOf(i, f)
			m.noteAWS(i, c)
			for _, s := range seen {
				m.note(i, s)
			}
			return nil
		})
	}
	return g.Wait()
}

// seenRole is a role as an account has it, held against another account.
type seenRole struct {
	name        string
	first, form fleet.Form // of the other account and of the account
}

func (m *run) note(account int, s seenRole) {
	key := policy.Fold(s.name)
	if m.forms[key] == nil {
		m.forms[key], m.names[key] = make([]fleet.Form, len(m.sides)), s.name
	}
	m.names[key] = min(m.names[key], s.name)
	m.forms[key][account] = s.form
	if s.first != fleet.Absent {
		m.forms[key][m.against] = s.first
	}
}

// flat returns an account with its policies flattened.
func (m *run) flat(i int) *inventory.Flat {
	if i == m.against {
		return m.first
	}
	return m.shelf.Branch().Account(m.read[i])
}

// changes compares two accounts.
func (m *run) changes(ctx context.Context, of [2]int, flats [2]*inventory.Flat) (*diff.Changes, error) {
	ids := [2]equivalency.Identity{m.sides[of[0]].Identity(m.read[of[0]]), m.sides[of[1]].Identity(m.read[of[1]])}
	return compare.Changes(ctx, ids, flats, m.Reference, m.Dictionary, m.Ignore, m.Exclude...)
}
