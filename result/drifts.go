package result

import (
	"iter"

	"iamctl/internal/driftkind"
)

// The kinds of drift.
const (
	// DriftItem is an item that one account's role has and the other's has not.
	DriftItem = driftkind.Item
	// DriftAttribute is an attribute of a common role that differs.
	DriftAttribute = "attribute"
	// DriftImpossible is a pair of an action as written and a resource that one
	// account's role has and the other's has not, and that the reference calls
	// impossible.
	DriftImpossible = driftkind.Impossible
	// DriftRole is a role of one account alone.
	DriftRole = driftkind.Role
	// DriftAWS is a policy of AWS's that AWS changed, whatever roles have it.
	DriftAWS = driftkind.AWSManaged
	// DriftFinding is a finding of an audit that one account alone has.
	DriftFinding = "finding"
)

// Both is the side of an attribute that both accounts have, with different
// values.
const Both = -1

// Drift is one difference. Differences with the same content, such as an item
// in two policies of one name, share a fingerprint.
type Drift struct {
	Fingerprint string
	// Kind is DriftItem, DriftAttribute, DriftImpossible, DriftRole, DriftAWS or
	// DriftFinding.
	Kind string
	// Side is the account that has it, 0 or 1, or Both.
	Side int
	// Detail is what differs within its kind: an attribute's kind, the type of
	// an item's policy, the rule of a finding.
	Detail string
	// RoleName and Path are normalised; of a common role, Path is account A's. A
	// DriftAWS is no role's and has neither; a DriftFinding has the name of its entity,
	// as its account writes it.
	RoleName string
	Path     string
	// Roles is the role in each account, nil if the account does not have it.
	Roles [2]*Role
	Mark  Mark
	// Attribute is the attribute that differs and Item the item or the impossible
	// pair, nil for other kinds; only BuiltDrifts has the item.
	Attribute *Attribute
	Item      *Item
	// Pair is the common role, nil for a role of one account alone, which is Unique.
	Pair   *Pair
	Unique *Unique
	// AWS is the policy that AWS changed, nil for other kinds.
	AWS *AWSChange
	// Finding is the finding of one account alone, nil for other kinds.
	Finding *OneSided
	// Text returns the drift in one line as the text report has it, without
	// the role's name and not escaped.
	Text func() string
}

// KindName returns the drift's kind as --ignore and the rules of waivers.json name it
// (package driftkind): of an attribute, the attribute's.
func (d *Drift) KindName() string {
	if d.Kind == DriftAttribute {
		return d.Detail
	}
	return d.Kind
}

// Drifts yields every difference once: role by role the attributes, the items
// of account A and those of B, likewise the impossible pairs, then the roles of A
// alone and those of B, then what AWS changed in its own policies. The items of a role
// of one account alone and of a policy that AWS changed are no drift of their own. Last
// come the findings of audits that one account alone has.
func (r *Result) Drifts() iter.Seq[Drift] {
	return func(yield func(Drift) bool) {
		w := driftWalk{tags: r.Tags(), digests: [2]*Digests{r.NewDigests(0), r.NewDigests(1)}, yield: yield}
		for i := range r.CommonRoles {
			if !w.pair(&r.CommonRoles[i]) {
				return
			}
		}
		for side := range 2 {
			for u := range pointers(*r.UniqueRoles.Of(side)) {
				if !yield(r.UniqueDrift(side, u)) {
					return
				}
			}
		}
		for c := range pointers(r.AWSChanges) {
			if !yield(r.AWSDrift(c)) {
				return
			}
		}
		r.Audit.Drifts()(yield)
	}
}

// PairDrifts yields the differences of a common role.
func (r *Result) PairDrifts(p *Pair) iter.Seq[Drift] {
	return func(yield func(Drift) bool) {
		w := driftWalk{tags: r.Tags(), yield: yield}
		if r.changes != nil {
			w.digests = [2]*Digests{newDigests(r.changes.A, r.changes.B, noDocuments), newDigests(r.changes.B, r.changes.A, noDocuments)}
		}
		w.pair(p)
	}
}

// BuiltDrifts yields the differences of a common role with their items built,
// which takes longer.
func (r *Result) BuiltDrifts(p *Pair) iter.Seq[Drift] {
	return func(yield func(Drift) bool) {
		w := driftWalk{tags: r.Tags(), build: true, yield: yield}
		w.pair(p)
	}
}

// UniqueDrift returns the drift that a role exists in one account alone.
func (r *Result) UniqueDrift(side int, u *Unique) Drift {
	d := Drift{
		Fingerprint: u.Fingerprint, Kind: DriftRole, Side: side, RoleName: u.RoleName, Path: u.Path, Mark: u.Mark, Unique: u,
		Text: func() string { return u.Line(Whole, side, r.Tags()[side]) },
	}
	d.Roles[side] = &u.Role
	return d
}

// driftWalk walks over the differences of common roles.
type driftWalk struct {
	tags    [2]string
	digests [2]*Digests
	build   bool
	yield   func(Drift) bool
}

// pair yields the differences of a common role, and reports whether to go on.
func (w *driftWalk) pair(p *Pair) bool {
	d := Drift{RoleName: p.RoleName, Path: p.A.Path, Roles: [2]*Role{&p.A, &p.B}, Pair: p, Kind: DriftAttribute}
	for a := range pointers(p.Attributes) {
		d.Attribute, d.Side, d.Detail, d.Fingerprint, d.Mark = a, a.Side(), a.Kind, a.Fingerprint, a.Mark
		d.Text = func() string { return a.Line(Whole, w.tags) }
		if !w.yield(d) {
			return false
		}
	}
	d.Attribute = nil
	for _, list := range []struct {
		kind string
		of   func(side int) Items
	}{{DriftItem, p.Only}, {DriftImpossible, p.Impossible}} {
		d.Kind = list.kind
		for d.Side = range 2 {
			if items := list.of(d.Side).source; items != nil && !w.items(d, items) {
				return false
			}
		}
	}
	return true
}

// items yields the items of a side that differ, likewise.
func (w *driftWalk) items(d Drift, items itemSource) bool {
	if w.build {
		return w.built(d, items)
	}
	for i, fingerprint := range items.fingerprints(w.digests[d.Side]) {
		d.Fingerprint, d.Mark, d.Detail = fingerprint, items.mark(fingerprint, i), items.policyType(i)
		d.Text = func() string {
			it := items.at(i)
			return it.Line(Whole, d.Side)
		}
		if !w.yield(d) {
			return false
		}
	}
	return true
}

// built yields them with their items.
func (w *driftWalk) built(d Drift, items itemSource) bool {
	for _, it := range items.all() {
		d.Item, d.Fingerprint, d.Mark, d.Detail = &it, it.Fingerprint, it.Mark, it.PolicyType
		d.Text = func() string { return it.Line(Whole, d.Side) }
		if !w.yield(d) {
			return false
		}
	}
	return true
}
