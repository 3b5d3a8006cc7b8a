package result

import (
	"cmp"
	"iter"

	"iamctl/diff"
	"iamctl/normalize"
	"iamctl/policy"
)

// impossibleItems is the impossible pairs of a common role that one account alone
// has, as items whose action is the one written in the document. They are built as
// they are asked for.
type impossibleItems struct {
	result *Result
	role   *normalize.Role
	side   int
	pairs  []diff.Impossible
	// owned reports whether the pairs are those of a policy that AWS changed, and
	// have no marks of their own.
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
	digest := appendDigest(nil, "iamctl impossible 1", holder.Tag, other.Tag, policy.Fold(l.role.Key), c.PolicyType, c.PolicyName,
		c.Effect, policy.Fold(c.Service), policy.Fold(c.Action), c.ARN, c.Principal, c.PrincipalType, c.Negated, c.Condition, c.Statement)
	return string(appendFingerprint(nil, digest))
}

// impossibleBuilder builds the items, fastest policy by policy.
type impossibleBuilder struct {
	l       *impossibleItems
	policy  *normalize.Policy
	origins map[string][]string
	names   map[string][]Name
}

// columns returns the columns of a pair.
func (b *impossibleBuilder) columns(i int) Columns {
	p, x := b.l.policy(i), &b.l.pairs[i]
	t := p.Items
	a, q, m := t.Patterns[x.Pattern], t.Principals[x.Principal], t.Terms[x.Terms]
	return Columns{
		PolicyName: p.Name, PolicyType: string(p.Type), Effect: t.Effects[x.Effect], Service: a.Service, Action: a.Name,
		ARN: t.Resources[x.Resource], Principal: q.Value, PrincipalType: q.Type,
		Negated: m.Negated, Condition: m.Condition, Statement: m.Statement,
		Note: "impossible by the reference of " + cmp.Or(b.l.result.Meta.Reference, "unknown date"),
	}
}

func (b *impossibleBuilder) item(i int) Item {
	c := b.columns(i)
	b.begin(b.l.policy(i))
	it := Item{Columns: c, Names: b.names[c.ARN], Fingerprint: b.l.fingerprint(i, &c)}
	it.Mark = b.l.mark(it.Fingerprint, i)
	name := unless(b.policy.Raw.Name, b.policy.Name)
	for _, before := range b.origins[c.ARN] {
		if o := (Columns{PolicyName: name, ARN: unless(before, c.ARN)}); o != (Columns{}) {
			it.Originals = append(it.Originals, o)
		}
	}
	return it
}

// begin turns to a policy: it finds what its resources were before rewriting, and
// the other account's values in them.
func (b *impossibleBuilder) begin(p *normalize.Policy) {
	if b.policy == p {
		return
	}
	b.policy, b.origins, b.names = p, map[string][]string{}, map[string][]Name{}
	rewriter := b.l.result.changes.Account(b.l.side).Rewriter
	for _, before := range p.Before.Resources {
		after, _ := rewriter.Rewrite(normalize.FieldARN, before)
		b.origins[after] = append(b.origins[after], before)
		if names := namesOf(rewriter.Named(normalize.FieldARN, before)); len(names) > 0 {
			b.names[after] = names
		}
	}
}
