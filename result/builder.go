package result

import (
	"iter"

	"iamctl/diff"
	"iamctl/inventory"
	"iamctl/normalize"
)

// itemBuilder builds the items of one account, fastest policy by policy.
type itemBuilder struct {
	names   *Namer
	digests *Digests
	policy  *normalize.Policy
}

// newItemBuilder returns a builder of a side's items; docs are the documents
// that will be asked for.
func newItemBuilder(c *diff.Changes, side int, docs iter.Seq[*inventory.Items]) *itemBuilder {
	return &itemBuilder{
		names:   NewNamer(c.Account(side)),
		digests: newDigests(c.Account(side), c.Account(1-side), docs),
	}
}

// item returns an item without its mark.
func (b *itemBuilder) item(r *normalize.Role, ref Ref) Item {
	p := &r.Policies[ref.Policy]
	return Item{
		Columns: columnsOf(p, ref.Row), Originals: originalsOf(p, ref.Row), Names: b.namesIn(p, ref.Row),
		Fingerprint: b.digests.fingerprint(r, ref),
	}
}

// namesIn returns the other account's values in a row of a policy.
func (b *itemBuilder) namesIn(p *normalize.Policy, row uint32) []Name {
	if b.policy != p {
		b.policy = p
		b.names.Begin(p)
	}
	return b.names.Row(p.Origins(row))
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
// columns that were different before; nil if none was.
func originalsOf(p *normalize.Policy, row uint32) []Columns {
	if p.Items == p.Before && p.Name == p.Raw.Name {
		return nil
	}
	var room [8]inventory.Row
	rows := room[:0]
	for _, o := range p.Origins(row) {
		rows = append(rows, p.Before.Rows[o])
	}
	return originalsAmong(p, p.Items.Rows[row], rows)
}

// originalsAmong returns the same of a row or pair of a policy and the rows or pairs
// that became it.
func originalsAmong(p *normalize.Policy, after inventory.Row, origins []inventory.Row) []Columns {
	t, before := p.Items, p.Before
	m := t.Terms[after.Terms]
	out, changed := make([]Columns, 0, len(origins)), len(origins) > 1
	for _, o := range origins {
		terms := before.Terms[o.Terms]
		c := Columns{
			PolicyName: unless(p.Raw.Name, p.Name), ARN: unless(before.Resources[o.Resource], t.Resources[after.Resource]),
			Principal: unless(before.Principals[o.Principal].Value, t.Principals[after.Principal].Value),
			Condition: unless(terms.Condition, m.Condition), Statement: unless(terms.Statement, m.Statement),
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

func noDocuments(func(*inventory.Items) bool) {}
