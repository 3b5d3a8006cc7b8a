package flatten

import (
	"cmp"
	"slices"
	"strings"

	"iamctl/inventory"
)

// builder gathers rows over lists in order of arrival, and sorts both at the
// end: rows are compared as numbers, never as text.
type builder struct {
	effects    interner[string, string]
	actions    []inventory.Action
	resources  interner[string, string]
	principals interner[inventory.Principal, inventory.Principal]
	termsList  interner[inventory.Terms, inventory.Terms]
	patterns   interner[uint32, inventory.Pattern]
	*scratch
	// ids are the unique ids of entities that the account has.
	ids map[string]bool
	// writtenList are the statements as written.
	writtenList []inventory.Written
	// beyond are those with NotResource.
	beyond []inventory.Written
	// impossible is true if a pattern of a statement has no row on a resource of it.
	impossible bool
}

func (b *builder) effect(s string) uint32 { return b.effects.index(s, s) }

// action interns without regard to case; the first spelling stays.
func (b *builder) action(a *action) uint32 {
	n, ok := b.numbers.get(a.number)
	if !ok {
		n = uint32(len(b.actions))
		b.numbers.set(a.number, n)
		b.actions = append(b.actions, a.Action)
	}
	return n
}

func (b *builder) resource(s string) uint32               { return b.resources.index(s, s) }
func (b *builder) principal(p inventory.Principal) uint32 { return b.principals.index(p, p) }
func (b *builder) terms(t inventory.Terms) uint32         { return b.termsList.index(t, t) }

func (b *builder) row(r inventory.Row) { b.rows = append(b.rows, r) }

// items sorts everything.
func (b *builder) items() *inventory.Items {
	effects := b.effects.rank(strings.Compare)
	actions := rank(&b.actions, inventory.Action.Compare)
	resources := b.resources.rank(strings.Compare)
	principals := b.principals.rank(inventory.Principal.Compare)
	terms := b.termsList.rank(inventory.Terms.Compare)
	for i, r := range b.rows {
		b.rows[i] = inventory.Row{
			Effect: effects[r.Effect], Action: actions[r.Action], Resource: resources[r.Resource],
			Principal: principals[r.Principal], Terms: terms[r.Terms],
		}
	}
	slices.SortFunc(b.rows, inventory.Row.Compare)
	rows := slices.Clone(slices.Compact(b.rows))
	b.rerank(effects, actions, resources, principals, terms)
	return &inventory.Items{
		Effects: b.effects.values, Actions: b.actions, Resources: b.resources.values,
		Principals: b.principals.values, Terms: b.termsList.values,
		Rows:     rows,
		Patterns: b.patterns.values, Written: b.writtenList, Beyond: b.beyond, Possible: !b.impossible,
	}
}

// interner numbers distinct values in order of arrival.
type interner[K comparable, V any] struct {
	numbers map[K]uint32
	values  []V
}

func (t *interner[K, V]) index(k K, v V) uint32 {
	if n, ok := t.numbers[k]; ok {
		return n
	}
	if t.numbers == nil {
		t.numbers = map[K]uint32{}
	}
	n := uint32(len(t.values))
	t.numbers[k] = n
	t.values = append(t.values, v)
	return n
}

// rank sorts the values and returns each old number's new one.
func (t *interner[K, V]) rank(compare func(V, V) int) []uint32 { return rank(&t.values, compare) }

func rank[V any](values *[]V, compare func(V, V) int) []uint32 {
	by := make([]uint32, len(*values))
	for i := range by {
		by[i] = uint32(i)
	}
	slices.SortStableFunc(by, func(x, y uint32) int {
		return cmp.Or(compare((*values)[x], (*values)[y]), cmp.Compare(x, y))
	})
	sorted := make([]V, len(by))
	rank := make([]uint32, len(by))
	for i, old := range by {
		sorted[i] = (*values)[old]
		rank[old] = uint32(i)
	}
	*values = sorted
	return rank
}
