package diff

import (
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
