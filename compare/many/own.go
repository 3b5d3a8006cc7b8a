package many

import (
	"context"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strconv"

	"golang.org/x/sync/errgroup"

	"iamctl/equivalency"
	"iamctl/fleet"
	"iamctl/result"
)

// An account that most of the others name, such as that of the logs, says of itself what they
// say of it: its id in its own role is its own, and in theirs another's. So that it is no
// outlier for that, it is held against them once more, and there what is its own is rewritten
// on both sides: what both write alike is alike. That needs two accounts that agree; of two
// accounts each of which has the id, nobody knows which is right. The same is done for the others
// where it is the reference itself.

// settleOwn finds the accounts that the reference of a role names, and whose role is as the
// reference says of them.
func (m *run) settleOwn(ctx context.Context) error {
	named, err := m.named(ctx, m.outside())
	if err != nil {
		return err
	}
	pairs := m.again(ctx, slices.SortedFunc(maps.Keys(named), two.compare))
	found := make([][]ownRole, len(pairs))
	g, each := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i, of := range pairs {
		g.Go(func() (err error) {
			found[i], err = m.ownRoles(each, of, named[of])
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	for i, of := range pairs {
		for _, r := range found[i] {
			m.move(of, r)
		}
	}
	return nil
}

// again reads accounts of AWS again that are not in memory any more, and returns the pairs of
// which both can be compared.
func (m *run) again(ctx context.Context, pairs []two) []two {
	return slices.DeleteFunc(pairs, func(of two) bool {
		other := m.members[of.other]
		if other.side.OnDisk() || other.account != nil {
			return false
		}
		a, err := m.load(ctx, other)
		if err != nil && m.Warn != nil {
			m.Warn(fmt.Sprintf("%v; what the others say of it may be told as drift of it", err))
		}
		other.account = a
		return err != nil
	})
}

// outside returns the roles of which some account is not as the reference, by an account of those
// that agree on what they say of others.
func (m *run) outside() map[int][]string {
	out := map[int][]string{}
	for _, key := range m.sortedKeys() {
		if accounts := m.agreed(key); accounts != nil {
			rep := m.oneOf(key, accounts)
			out[rep] = append(out[rep], key)
		}
	}
	return out
}

// agreed returns the accounts of a role's reference, or where the one that all are held against is
// alone, those of the form that most have: the one may be the account that all these name. It is nil
// where no two agree, or all do.
func (m *run) agreed(key string) []int {
	groups := m.groups(key)
	first := groups[0]
	if m.Against != "" && len(first.Accounts) == 1 && len(groups) > 1 {
		first = groups[1]
	}
	if len(groups) == 1 || len(first.Accounts) == 1 || first.Form == fleet.Absent {
		return nil
	}
	return first.Accounts
}

// agrees reports whether a form of a role is that of the reference or the one that most have. Of what
// is in another it is not known whether the accounts mean what the reference says of itself.
func (m *run) agrees(key string, f fleet.Form) bool {
	if f == m.groups(key)[0].Form {
		return true
	}
	accounts := m.agreed(key)
	return accounts != nil && f == m.forms[key][accounts[0]]
}

// ownRole is a role of an account that the reference names.
type ownRole struct {
	// key is the role's in the reference, and own the one that it has in the account by
	// itself.
	key, own string
	form     fleet.Form
}

// ownRoles holds roles of an account against the reference, with what is the account's own
// rewritten on both sides.
func (m *run) ownRoles(ctx context.Context, of two, keys []string) ([]ownRole, error) {
	h, err := m.hold(ctx, of, keys)
	if err != nil {
		return nil, err
	}
	var out []ownRole
	seen := formsOf(h.changes)
	for i := range h.changes.Common {
		p := &h.changes.Common[i]
		key, ok := h.keyOf[0][p.A.Raw.Name]
		own, known := h.keyOf[1][p.B.Raw.Name]
		if ok && known {
			out = append(out, ownRole{key, own, seen[i].form})
		}
	}
	return out, nil
}

// move gives an account the form of a role that it has once its own names count.
func (m *run) move(of two, r ownRole) {
	if r.own != r.key {
		if forms := m.forms[r.own]; m.forms[r.key][of.other] != fleet.Absent || forms == nil || fleet.Groups(forms)[0].Form != fleet.Absent {
			return // it is a role by itself, as others have it
		}
		m.forms[r.own][of.other] = fleet.Absent
		if m.organizations != nil {
			m.bounds[r.key][of.other] = m.bounds[r.own][of.other]
		}
		if !slices.ContainsFunc(m.forms[r.own], func(f fleet.Form) bool { return f != fleet.Absent }) {
			delete(m.forms, r.own)
			delete(m.bounds, r.own)
		}
	}
	form := m.forms[r.key][of.reference]
	if r.form != same {
		form = formOf([]string{result.Fingerprint("own", strconv.Itoa(of.other), string(r.form[:]))})
	}
	m.judgedAsOwn[place{strconv.Itoa(of.other), r.key}] = true
	m.forms[r.key][of.other] = form
}

// asOwn returns the accounts of a form that is held against the reference, with what is the own of
// either rewritten on both sides where that was found to be needed.
func (m *run) asOwn(of two, key string) two {
	of.own = [2]bool{m.isOwn(of.reference, key), m.isOwn(of.other, key)}
	return of
}

// isOwn reports whether the form of a role of an account was found with what is the account's
// own rewritten on both sides.
func (m *run) isOwn(account int, key string) bool {
	return m.judgedAsOwn[place{strconv.Itoa(account), key}]
}

// both rewrites what is an account's own in the other one too. ARNs of another partition are
// never those of the other account.
func (c *couple) both(side int) {
	own, other := c.Rules(side), c.Rules(1-side)
	if other.Partition != nil {
		return
	}
	for _, x := range own.Rewrites {
		if !x.Owned {
			continue
		}
		if !slices.ContainsFunc(other.Rewrites, func(r equivalency.Rule) bool { return r.Value == x.Value }) {
			other.Rewrites = append(other.Rewrites, x)
		}
		other.Foreign = slices.DeleteFunc(other.Foreign, func(f equivalency.Foreign) bool { return f.Value == x.Value })
	}
	c.setKeys()
}
