package many

import (
	"context"
	"runtime"
	"slices"

	"iamctl/compare"
	"iamctl/diff"
	"iamctl/fleet"
	"iamctl/inventory"
)

// same is the form of the roles that are as they are in the account that all are
// compared with first.
var same = fleet.Form{1}

// lookAtAll reads the accounts, compares each with one, and finds the forms of every role.
func (m *run) lookAtAll(ctx context.Context, sides []compare.Side) error {
	if err := m.lookAtReference(); err != nil {
		return err
	}
	var rest []compare.Side
	var index []int
	for i, s := range sides {
		r, ok := m.sampled[i]
		if !ok {
			rest, index = append(rest, s), append(index, i)
			continue
		}
		if err := m.hear(ctx, s, i, r); err != nil {
			return err
		}
		m.sampled[i] = reading{}
	}
	err := m.Reader.Each(ctx, rest, atOnce(rest), func(ctx context.Context, k int, a *inventory.Account, err error) error {
		return m.hear(ctx, rest[k], index[k], reading{a, err})
	})
	if err != nil {
		return err
	}
	return ctx.Err()
}

// waiting is how many accounts are asked for at once that take time to answer.
const waiting = 16

// atOnce returns how many accounts are in memory at once.
func atOnce(sides []compare.Side) int {
	if slices.ContainsFunc(sides, func(s compare.Side) bool { return !s.OnDisk() }) {
		return waiting
	}
	return runtime.GOMAXPROCS(0)
}

func (m *run) lookAtReference() error {
	a := m.reference.account
	whole := m.shelf.Account(a)
	m.reference.gaps = len(whole.Gaps) > 0
	m.gapsOf(m.reference.side, whole.Gaps)
	controls, err := m.encloseReference()
	if err != nil {
		return err
	}
	for i := range a.Roles {
		if r := &a.Roles[i]; !m.excluded(r) {
			m.reference.cells = append(m.reference.cells, cell{m.known.number(keyOfReference(r), ""), same, controls[i]})
		}
	}
	return nil
}

// hear looks at an account once it is read.
func (m *run) hear(ctx context.Context, s compare.Side, i int, r reading) error {
	if gaps := r.unknown(s); gaps != nil {
		m.gapsOf(s, gaps)
		return nil
	}
	if m.members[i] != nil {
		return nil // the reference
	}
	a := newMember(s, m.asked(r.account))
	m.members[i] = a
	m.working <- struct{}{}
	err := m.look(ctx, a)
	<-m.working
	if err != nil {
		return err
	}
	m.release(a, slices.ContainsFunc(a.cells, func(c cell) bool { return c.form != same }))
	a.cells = m.known.shared(a.cells)
	return nil
}

// look compares an account with the reference. What is known of roles that were compared in
// another account is not asked again.
func (m *run) look(ctx context.Context, a *member) error {
	c, err := m.pair([2]*member{m.reference, a}, [2]*inventory.Account{m.reference.account, a.account})
	if err != nil {
		return err
	}
	m.leftUnpaired(a, c)
	t, controls := newTemplate(c), m.enclose(a, c.Rules(1))
	prints, keys, made := make([]*print, len(a.account.Roles)), map[string]bool{}, c.made()
	for i := range a.account.Roles {
		prints[i] = t.print(i)
		if prints[i] != nil {
			if o := m.known.of(*prints[i]); o != nil {
				a.add(o, controls[i])
				m.known.made(o, made[a.account.Roles[i].Name])
				continue
			}
		}
		keys[c.keys[1][i]] = true
	}
	whole := t == nil || !m.known.hasBegun(t.context)
	switch {
	case whole:
		keys, a.cells, a.aws = nil, nil, map[awsVersion]bool{}
	case len(keys) == 0:
		return nil
	}
	changes, err := c.compare(ctx, keys)
	if err != nil {
		return err
	}
	m.record(a, c, t, prints, keys, changes, controls)
	if whole && t != nil {
		m.known.begin(t.context)
	}
	return nil
}

// add adds what became of a role, and the number of what bounds it.
func (a *member) add(o *outcome, control uint32) {
	if o.seen {
		of := o.cell
		of.control = control
		a.cells = append(a.cells, of)
	}
	for _, v := range o.aws {
		a.aws[v] = true
	}
}

// record keeps what became of the roles that were compared.
func (m *run) record(a *member, c *couple, t *template, prints []*print, keys map[string]bool, changes *diff.Changes, controls []uint32) {
	gaps := changes.B.Flat.Gaps
	a.gaps = len(gaps) > 0
	m.gapsOf(a.side, gaps)
	m.alikeInReference(changes.A.Flat.Gaps)
	m.noteMatched(changes)
	versions := awsVersions(changes)
	seen := m.known.numbered(formsOf(changes))
	odd, made := gapsIn(gaps), c.made()
	for i := range a.account.Roles {
		r := &a.account.Roles[i]
		if keys != nil && !keys[c.keys[1][i]] {
			continue
		}
		o := outcome{aws: versions[r.Name]}
		o.cell, o.seen = seen[r.Name]
		a.add(&o, controls[i])
		m.known.made(&o, made[r.Name])
		if prints[i] != nil && !odd.of(r) && t.plain(i) {
			m.known.keep(*prints[i], o)
		}
	}
}

// numbered returns the cells of roles by the names that the second account has for them.
func (c *catalogue) numbered(roles []seenRole) map[string]cell {
	out := map[string]cell{}
	for _, s := range roles {
		if n := c.number(s.key, s.name); s.raw != "" {
			out[s.raw] = cell{key: n, form: s.form}
		}
	}
	return out
}
