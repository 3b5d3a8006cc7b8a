package result

import (
	"cmp"
	"iter"

	"iamctl/diff"
	"iamctl/internal/digest"
	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/policy"
)

// impossibleItems is the impossible pairs of a role that one account alone has, or
// those of a role that the account alone has, as items whose action is the one written in the document. They are built as
// they are asked for.
type impossibleItems struct {
	result *Result
	role   *normalize.Role
	side   int
	pairs  []diff.Impossible
	// owned reports whether the pairs are those of a policy that AWS changed or of a
	// role of one account alone, and have no marks of their own.
	owned bool
}

// impossibleOf returns the impossible pairs of a side.
func (r *Result) impossibleOf(p *diff.Pair, side int) Items {
	pairs := p.Impossible(side)
	if len(pairs) == 0 {
		return Items{}
	}
	return Items{&impossibleItems{result: r, role: p.Role(side), side: side, pairs: pairs}}
}

// impossibleAlone returns the impossible pairs of a role that a side alone has.
func (r *Result) impossibleAlone(side int, role *normalize.Role) Items {
	pairs := r.changes.PairsAlone[role]
	if len(pairs) == 0 {
		return Items{}
	}
	return Items{&impossibleItems{result: r, role: role, side: side, pairs: pairs, owned: true}}
}

func (l *impossibleItems) length() int { return len(l.pairs) }

func (l *impossibleItems) all() iter.Seq2[int, Item] {
	return func(yield func(int, Item) bool) {
		b := impossibleBuilder{l: l}
		for i := range l.pairs {
			if !yield(i, b.item(i)) {
				return
			}
		}
	}
}

func (l *impossibleItems) outlines() iter.Seq2[int, Outline] {
	return func(yield func(int, Outline) bool) {
		numbers, b := groups{}, impossibleBuilder{l: l}
		for i := range l.pairs {
			c := b.columns(i)
			if !yield(i, Outline{numbers.number(c), c.Service, c.Action, l.mark(l.fingerprint(i, &c), i)}) {
				return
			}
		}
	}
}

func (l *impossibleItems) fingerprints(*Digests) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		b := impossibleBuilder{l: l}
		for i := range l.pairs {
			c := b.columns(i)
			if !yield(i, l.fingerprint(i, &c)) {
				return
			}
		}
	}
}

func (l *impossibleItems) mark(fingerprint string, _ int) Mark {
	if l.owned || l.result.marks == nil || l.result.marks.Of == nil {
		return Mark{}
	}
	return l.result.marks.of(fingerprint)
}

func (l *impossibleItems) policyType(i int) string { return string(l.policy(i).Type) }

func (l *impossibleItems) policy(i int) *normalize.Policy { return &l.role.Policies[l.pairs[i].Policy] }

func (l *impossibleItems) at(i int) Item {
	b := impossibleBuilder{l: l}
	return b.item(i)
}

// fingerprint returns the fingerprint of a pair with the columns. As with items,
// neither the path nor the note is a part of it.
func (l *impossibleItems) fingerprint(i int, c *Columns) string {
	holder, other := l.result.changes.Account(l.side), l.result.changes.Account(1-l.side)
	head := digest.Append(nil, "iamctl impossible 1", holder.Tag, other.Tag, policy.Fold(l.role.Key), c.PolicyType, c.PolicyName,
		c.Effect, policy.Fold(c.Service), policy.Fold(c.Action), c.ARN, c.Principal, c.PrincipalType, c.Negated, c.Condition, c.Statement)
	return string(appendFingerprint(nil, head))
}

// impossibleBuilder builds the items, fastest policy by policy.
type impossibleBuilder struct {
	l       *impossibleItems
	policy  *normalize.Policy
	origins *normalize.PairOrigins
	namer   *Namer
}

// columns returns the columns of a pair.
func (b *impossibleBuilder) columns(i int) Columns {
	return pairColumns(b.l.policy(i), &b.l.pairs[i], &b.l.result.Meta)
}

func (b *impossibleBuilder) item(i int) Item {
	c, x := b.columns(i), &b.l.pairs[i]
	origins := b.originsOf(b.l.policy(i), x)
	it := Item{Columns: c, Originals: originalsAmong(b.policy, pairRow(x), origins), Names: b.namer.Pair(origins), Fingerprint: b.l.fingerprint(i, &c)}
	it.Mark = b.l.mark(it.Fingerprint, i)
	return it
}

// originsOf turns to a policy and returns what a pair of it was before rewriting.
func (b *impossibleBuilder) originsOf(p *normalize.Policy, x *diff.Impossible) []inventory.Row {
	if b.namer == nil {
		b.namer = NewNamer(b.l.result.changes.Account(b.l.side))
	}
	if b.policy != p {
		b.policy, b.origins = p, p.PairOrigins()
		b.namer.Begin(p)
	}
	return b.origins.Of(pairRow(x))
}

// pairRow returns a pair as a row whose action is a pattern.
func pairRow(x *diff.Impossible) inventory.Row {
	return inventory.Row{Effect: x.Effect, Action: x.Pattern, Resource: x.Resource, Principal: x.Principal, Terms: x.Terms}
}

// pairColumns returns the columns of a pair of a policy.
func pairColumns(p *normalize.Policy, x *diff.Impossible, meta *Meta) Columns {
	t := p.Items
	a, q, m := t.Patterns[x.Pattern], t.Principals[x.Principal], t.Terms[x.Terms]
	return Columns{
		PolicyName: p.Name, PolicyType: string(p.Type), Effect: t.Effects[x.Effect], Service: a.Service, Action: a.Name,
		ARN: t.Resources[x.Resource], Principal: q.Value, PrincipalType: q.Type,
		Negated: m.Negated, Condition: m.Condition, Statement: m.Statement,
		Note: "impossible by the reference of " + cmp.Or(meta.Reference, "unknown date"),
	}
}
