package report

import (
	"iter"

	"iamctl/diff"
	"iamctl/normalize"
)

// view is what the text looks at, whether it comes from Changes or from a Run.
type view struct {
	// head is a Run without its roles, rewrites and documents.
	head  *Run
	tally *tally
	// pairs are the common roles with drift that no waiver accepts, and
	// unique the roles of one account alone which none accepts.
	pairs  iter.Seq[pairView]
	unique [2]iter.Seq[uniqueView]
	// masked gives value and reason of every masked item.
	masked iter.Seq2[string, string]
}

// pairView is a common role with drift that no waiver accepts.
type pairView struct {
	name, reason string
	originals    [2]string
	// attributes may hold waived ones.
	attributes []RunAttribute
	items      [2]itemList
	// left is how many differences no waiver accepts, and fresh how many of
	// them are new.
	left, fresh int
}

// uniqueView is a role of one account alone.
type uniqueView struct {
	role        RunRole
	items       int
	fingerprint string
	mark        RunMark
}

// itemList is the items that one account's role has and the other's has not.
type itemList interface {
	length() int
	mark(i int) RunMark
	fingerprint(i int) string
	// key is the same for items that differ in the action alone.
	key(i int) any
	action(i int) string
	item(i int) (RunItemColumns, []RunName)
}

// viewOf is Changes as the text looks at them.
func viewOf(c *diff.Changes, meta Meta, m *Marks, t *tally) *view {
	v := &view{head: headOf(c, meta, m, t), tally: t}
	v.pairs = func(yield func(pairView) bool) {
		digests := [2]*itemDigests{}
		for side := range digests {
			digests[side] = newItemDigests(c.Account(side), c.Account(1-side), differingItems(c, side))
		}
		for i := range c.Common {
			if t.left[i] > 0 && !yield(viewPair(c, m, digests, i, t)) {
				return
			}
		}
	}
	for side := range 2 {
		v.unique[side] = func(yield func(uniqueView) bool) {
			digests := newRoleDigests(c, side)
			for _, r := range c.Only(side) {
				u := uniqueView{role: runRole(r), items: itemCount(r), fingerprint: digests.fingerprint(r)}
				u.mark = m.of(u.fingerprint)
				if u.mark.Waiver == nil && !yield(u) {
					return
				}
			}
		}
	}
	v.masked = func(yield func(value, reason string) bool) {
		for i := range c.Common {
			for _, m := range c.Common[i].Masked {
				if !yield(m.Value, m.Reason) {
					return
				}
			}
		}
	}
	return v
}

func viewPair(c *diff.Changes, m *Marks, digests [2]*itemDigests, i int, t *tally) pairView {
	p := &c.Common[i]
	v := pairView{
		name: p.Name, reason: p.Reason, originals: [2]string{p.A.Raw.Name, p.B.Raw.Name},
		attributes: runPairHead(c, p, m).Attributes, left: t.left[i], fresh: t.freshIn[i],
	}
	for side := range v.items {
		v.items[side] = &changesItems{c: c, role: p.Role(side), side: side, refs: p.Only(side), marks: m, digests: digests[side]}
	}
	return v
}

// changesItems is an itemList of Changes.
type changesItems struct {
	c       *diff.Changes
	role    *normalize.Role
	side    int
	refs    []diff.Ref
	marks   *Marks
	digests *itemDigests
}

func (l *changesItems) length() int { return len(l.refs) }

func (l *changesItems) mark(i int) RunMark {
	if l.marks == nil {
		return RunMark{}
	}
	return l.marks.of(l.fingerprint(i))
}

func (l *changesItems) fingerprint(i int) string { return l.digests.fingerprint(l.role, l.refs[i]) }

func (l *changesItems) key(i int) any {
	ref := l.refs[i]
	row := l.role.Policies[ref.Policy].Items.Rows[ref.Row]
	return [5]uint32{ref.Policy, row.Effect, row.Resource, row.Principal, row.Terms}
}

func (l *changesItems) action(i int) string {
	ref := l.refs[i]
	t := l.role.Policies[ref.Policy].Items
	a := t.Actions[t.Rows[ref.Row].Action]
	return a.Service + ":" + a.Name
}

func (l *changesItems) item(i int) (RunItemColumns, []RunName) {
	return spelledItem(l.c, l.role, l.side, l.refs[i])
}
