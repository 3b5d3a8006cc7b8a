package report

import (
	"iter"

	"iamctl/diff"
	"iamctl/normalize"
)

// The kinds of drift.
const (
	// DriftItem is an item that one account's role has and the other's has not.
	DriftItem = "item"
	// DriftAttribute is an attribute of a common role that differs.
	DriftAttribute = "attribute"
	// DriftRole is a role of one account alone.
	DriftRole = "role"
)

// Both is the side of a drift that is of both accounts: an attribute.
const Both = -1

// Drift is one difference. Its fingerprint is that of diff.json; differences
// with the same content, such as an item in two policies of one name, share one.
type Drift struct {
	Fingerprint string
	// Kind is DriftItem, DriftAttribute or DriftRole.
	Kind string
	// Side is the account that has it, 0 or 1, or Both.
	Side int
	// RoleName and Path are normalised; of a common role, Path is account A's.
	RoleName string
	Path     string
	// Originals are the role's names before rewriting, and OriginalPaths its
	// paths, "" where the account does not have the role.
	Originals     [2]string
	OriginalPaths [2]string
	// Mark is what is known of the drift; nothing in what Drifts gives.
	Mark RunMark
	// Text gives the drift in one line as the text report has it, without
	// the role's name and not escaped. It is made on demand.
	Text func() string

	// pair is the index of the common role, -1 for another's.
	pair int
}

// Drifts gives every difference once, with the fingerprint that diff.json has
// for it: role by role the attributes, the items of account A and those of B,
// then the roles of A alone and those of B. The items of a role of one account
// alone are no drift of their own.
func Drifts(c *diff.Changes) iter.Seq[Drift] { return markedDrifts(c, nil) }

// markedDrifts gives the drifts with what is known of them.
func markedDrifts(c *diff.Changes, m *Marks) iter.Seq[Drift] {
	return func(yield func(Drift) bool) {
		w := driftWalk{c: c, marks: m, yield: yield, tags: tagsOf(c)}
		for side := range 2 {
			w.digests[side] = newItemDigests(c.Account(side), c.Account(1-side), differingItems(c, side))
		}
		for i := range c.Common {
			if !w.pair(i) {
				return
			}
		}
		for side := range 2 {
			if !w.unique(side) {
				return
			}
		}
	}
}

func tagsOf(c *diff.Changes) [2]string { return [2]string{c.A.Tag, c.B.Tag} }

type driftWalk struct {
	c       *diff.Changes
	marks   *Marks
	tags    [2]string
	digests [2]*itemDigests
	yield   func(Drift) bool
}

func (w *driftWalk) give(d Drift) bool {
	d.Mark = w.marks.of(d.Fingerprint)
	return w.yield(d)
}

func (w *driftWalk) pair(i int) bool {
	p := &w.c.Common[i]
	d := Drift{
		RoleName: p.Name, Path: p.A.Path, pair: i,
		Originals: [2]string{p.A.Raw.Name, p.B.Raw.Name}, OriginalPaths: [2]string{p.A.Raw.Path, p.B.Raw.Path},
	}
	d.Kind, d.Side = DriftAttribute, Both
	for j := range p.Attributes {
		a := &p.Attributes[j]
		d.Fingerprint = attributeFingerprint(w.c, p, a)
		d.Text = func() string {
			ra := runAttribute(w.c, p, a)
			return attributeText(whole, w.tags, &ra)
		}
		if !w.give(d) {
			return false
		}
	}
	d.Kind = DriftItem
	for side := range 2 {
		d.Side = side
		for _, ref := range p.Only(side) {
			d.Fingerprint = w.digests[side].fingerprint(p.Role(side), ref)
			d.Text = func() string { return w.itemText(p.Role(side), side, ref) }
			if !w.give(d) {
				return false
			}
		}
	}
	return true
}

func (w *driftWalk) itemText(r *normalize.Role, side int, ref diff.Ref) string {
	columns, names := spelledItem(w.c, r, side, ref)
	return itemText(whole, side, &columns, actionText(&columns), names)
}

func (w *driftWalk) unique(side int) bool {
	digests := newRoleDigests(w.c, side)
	for _, r := range w.c.Only(side) {
		d := Drift{
			Fingerprint: digests.fingerprint(r), Kind: DriftRole, Side: side, RoleName: r.Name, Path: r.Path, pair: -1,
			Text: func() string {
				role := runRole(r)
				return uniqueText(whole, side, w.tags[side], &role, itemCount(r))
			},
		}
		d.Originals[side], d.OriginalPaths[side] = r.Raw.Name, r.Raw.Path
		if !w.give(d) {
			return false
		}
	}
	return true
}

// tallyOf counts the drift of c. Without marks no fingerprint is needed.
func tallyOf(c *diff.Changes, m *Marks) *tally {
	if m != nil && m.Of != nil {
		return newTally(len(c.Common), markedDrifts(c, m))
	}
	t := newTally(len(c.Common), func(func(Drift) bool) {})
	for i := range c.Common {
		p := &c.Common[i]
		t.left[i] = len(p.Attributes) + len(p.OnlyA) + len(p.OnlyB)
		if t.left[i] > 0 {
			t.roles++
		}
	}
	t.only = [2]int{len(c.OnlyA), len(c.OnlyB)}
	return t
}
