package result

import (
	"iter"
	"slices"

	"iamctl/normalize"
)

// lazyItems is the items of a role that a Result made from Changes has. They
// are built as they are asked for.
type lazyItems struct {
	result *Result
	role   *normalize.Role
	side   int
	// owned reports whether the items are those of a policy that AWS changed, and
	// have no marks of their own: the policy has one.
	owned bool
	// unique reports whether the role is of one account alone. The items are
	// then all that the role has, and have no marks of their own: the role has
	// one. Otherwise they are those in refs, which the other account's role
	// lacks.
	unique bool
	refs   []Ref
}

func (l *lazyItems) length() int {
	if l.unique {
		return itemCount(l.role)
	}
	return len(l.refs)
}

func (l *lazyItems) all() iter.Seq2[int, Item] {
	return func(yield func(int, Item) bool) {
		b := newItemBuilder(l.result.changes, l.side, noDocuments)
		for i, ref := range l.indexed() {
			it := b.item(l.role, ref)
			it.Mark = l.mark(it.Fingerprint, i)
			if !yield(i, it) {
				return
			}
		}
	}
}

// unmarked reports whether nothing is known of the items besides what they are.
func (l *lazyItems) unmarked() bool {
	return l.unique || l.owned || l.result.marks == nil || l.result.marks.Of == nil
}

// indexed yields the items with their indexes.
func (l *lazyItems) indexed() iter.Seq2[int, Ref] {
	return func(yield func(int, Ref) bool) {
		i := 0
		for ref := range l.each() {
			if !yield(i, ref) {
				return
			}
			i++
		}
	}
}

// each yields the items.
func (l *lazyItems) each() iter.Seq[Ref] {
	if l.unique {
		return RefsOf(l.role)
	}
	return slices.Values(l.refs)
}

func (l *lazyItems) fingerprints(d *Digests) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		for i, ref := range l.indexed() {
			if !yield(i, d.fingerprint(l.role, ref)) {
				return
			}
		}
	}
}

func (l *lazyItems) mark(fingerprint string, _ int) Mark {
	if l.unmarked() {
		return Mark{}
	}
	return l.result.marks.of(fingerprint)
}

// policyType and at are not for a role of one account alone, whose items are no
// drifts of their own.

func (l *lazyItems) policyType(i int) string {
	return string(l.role.Policies[l.refs[i].Policy].Type)
}

func (l *lazyItems) at(i int) Item {
	it := newItemBuilder(l.result.changes, l.side, noDocuments).item(l.role, l.refs[i])
	it.Mark = l.mark(it.Fingerprint, i)
	return it
}

func itemCount(r *normalize.Role) int {
	n := 0
	for i := range r.Policies {
		n += r.Policies[i].Items.Len()
	}
	return n
}
