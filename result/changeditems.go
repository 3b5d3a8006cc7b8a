package result

import (
	"iter"

	"iamctl/diff"
	"iamctl/inventory"
	"iamctl/normalize"
)

// changedItems is the items of a role in the Changes that a Result was made
// from.
type changedItems struct {
	result *Result
	role   *normalize.Role
	side   int
	// refs are the items that the other account's role has not. A role of one
	// account alone has all of its items, and what is known of them is known
	// of the role.
	refs   []Ref
	unique bool
}

func (l *changedItems) length() int {
	if l.unique {
		return itemCount(l.role)
	}
	return len(l.refs)
}

func (l *changedItems) all() iter.Seq2[int, Item] {
	return func(yield func(int, Item) bool) {
		s := newSpeller(l.result.changes, l.side, noDocuments)
		for i, ref := range l.enumerate() {
			it := s.item(l.role, ref)
			it.Mark = l.mark(it.Fingerprint, i)
			if !yield(i, it) {
				return
			}
		}
	}
}

// enumerate yields the places of the items with their indexes.
func (l *changedItems) enumerate() iter.Seq2[int, Ref] {
	return func(yield func(int, Ref) bool) {
		i := 0
		for ref := range l.places() {
			if !yield(i, ref) {
				return
			}
			i++
		}
	}
}

func (l *changedItems) places() iter.Seq[Ref] {
	if l.unique {
		return ItemsOf(l.role)
	}
	return func(yield func(Ref) bool) {
		for _, ref := range l.refs {
			if !yield(ref) {
				return
			}
		}
	}
}

func (l *changedItems) fingerprints(d *Digests) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		for i, ref := range l.enumerate() {
			if !yield(i, d.fingerprint(l.role, ref)) {
				return
			}
		}
	}
}

func (l *changedItems) mark(fingerprint string, _ int) Mark {
	if l.unique {
		return Mark{}
	}
	return l.result.marks.of(fingerprint)
}

func (l *changedItems) policyType(i int) string {
	return string(l.role.Policies[l.refs[i].Policy].Type)
}

// at and policyType are for items that differ alone: those of a role of one account are no
// drifts of their own.
func (l *changedItems) at(i int) Item {
	return newSpeller(l.result.changes, l.side, noDocuments).item(l.role, l.refs[i])
}

// speller spells out items of one account, quickest policy by policy.
type speller struct {
	names   *Namer
	digests *Digests
	policy  *normalize.Policy
}

// newSpeller returns a speller of a side's items; docs are the documents that
// will be asked for.
func newSpeller(c *diff.Changes, side int, docs iter.Seq[*inventory.Items]) *speller {
	return &speller{
		names:   NewNamer(c.Account(side)),
		digests: newDigests(c.Account(side), c.Account(1-side), docs),
	}
}

func (s *speller) item(r *normalize.Role, ref Ref) Item {
	it := s.rest(r, ref)
	it.Columns = columnsOf(&r.Policies[ref.Policy], ref.Row)
	return it
}

// rest returns an item without its columns and its mark.
func (s *speller) rest(r *normalize.Role, ref Ref) Item {
	p := &r.Policies[ref.Policy]
	if s.policy != p {
		s.policy = p
		s.names.Begin(p)
	}
	return Item{
		Originals: originalsOf(p, ref.Row),
		Names:     s.names.Row(p.Origins(ref.Row)), Fingerprint: s.digests.fingerprint(r, ref),
	}
}

// columnsOf returns the columns of a row of a policy.
func columnsOf(p *normalize.Policy, row uint32) Columns {
	it := p.Items.Item(int(row))
	return Columns{
		PolicyName: p.Name, PolicyType: string(p.Type), Effect: it.Effect, Service: it.Service, Action: it.Action,
		ARN: it.ARN, Principal: it.Principal, PrincipalType: it.PrincipalType, Negated: it.Negated,
		Condition: it.Condition, Statement: it.Statement, Note: it.Note,
	}
}

// originalsOf returns the items that became a row by rewriting, each with the
// columns that were different before; nil if nothing was.
func originalsOf(p *normalize.Policy, row uint32) []Columns {
	if p.Items == p.Before && p.Name == p.Raw.Name {
		return nil
	}
	after := p.Items.Item(int(row))
	origins := p.Origins(row)
	out, changed := make([]Columns, 0, len(origins)), len(origins) > 1
	for _, o := range origins {
		before := p.Before.Item(int(o))
		c := Columns{
			PolicyName: unless(p.Raw.Name, p.Name), ARN: unless(before.ARN, after.ARN), Principal: unless(before.Principal, after.Principal),
			Condition: unless(before.Condition, after.Condition), Statement: unless(before.Statement, after.Statement),
		}
		changed = changed || c != (Columns{})
		out = append(out, c)
	}
	if !changed {
		return nil
	}
	return out
}

// unless returns value unless it is the same as another.
func unless(value, same string) string {
	if value == same {
		return ""
	}
	return value
}

func namesOf(names []normalize.Named) []Name {
	var out []Name
	for _, n := range names {
		out = append(out, Name{n.Value, n.Owner, n.Expected})
	}
	return out
}

func itemCount(r *normalize.Role) int {
	n := 0
	for i := range r.Policies {
		n += r.Policies[i].Items.Len()
	}
	return n
}

func noDocuments(func(*inventory.Items) bool) {}
