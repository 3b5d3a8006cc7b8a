package diff

import (
	"iamctl/inventory"
	"iamctl/normalize"
)

// Account is account A for side 0 and account B for side 1.
func (c *Changes) Account(side int) *normalize.Account {
	if side == 0 {
		return c.A
	}
	return c.B
}

// Only gives the roles that stand on one side alone.
func (c *Changes) Only(side int) []*normalize.Role {
	if side == 0 {
		return c.OnlyA
	}
	return c.OnlyB
}

// Drift tells whether anything differs.
func (c *Changes) Drift() bool {
	if len(c.OnlyA)+len(c.OnlyB) > 0 {
		return true
	}
	for i := range c.Common {
		if c.Common[i].Differs() {
			return true
		}
	}
	return false
}

// Incomplete tells whether something could not be read, parsed or compared.
func (c *Changes) Incomplete() bool { return len(c.Gaps) > 0 }

// Role is the pair's role in account A for side 0 and in B for side 1.
func (p *Pair) Role(side int) *normalize.Role {
	if side == 0 {
		return p.A
	}
	return p.B
}

// Only gives the items that stand on one side alone.
func (p *Pair) Only(side int) []Ref {
	if side == 0 {
		return p.OnlyA
	}
	return p.OnlyB
}

// Difference spells out an item of a role of one side. Where several values
// became one by rewriting, Original is the first of them.
func (c *Changes) Difference(r *normalize.Role, side int, ref Ref) Difference {
	p := &r.Policies[ref.Policy]
	d := Difference{
		Item:     p.Items.Item(int(ref.Row)),
		Original: p.Before.Item(int(p.Origins(ref.Row)[0])),
	}
	d.Item.RoleName, d.Item.Path = r.Name, r.Path
	d.Item.PolicyName, d.Item.PolicyType = p.Name, string(p.Type)
	d.Original.RoleName, d.Original.Path = r.Raw.Name, r.Raw.Path
	d.Original.PolicyName, d.Original.PolicyType = p.Raw.Name, string(p.Type)
	d.Names = namesInItem(c.Account(side).Rewriter, &d.Original)
	return d
}

// namesInItem finds the other account's values in an item.
func namesInItem(w *normalize.Rewriter, it *inventory.Item) []normalize.Named {
	var names []normalize.Named
	names = append(names, w.Named(normalize.FieldARN, it.ARN)...)
	names = append(names, w.Named(normalize.FieldPrincipal, it.Principal)...)
	names = append(names, w.Named(normalize.FieldCondition, it.Condition)...)
	names = append(names, w.Named(normalize.FieldStatement, it.Statement)...)
	return append(names, w.Named(normalize.FieldPolicyName, it.PolicyName)...)
}
