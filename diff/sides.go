package diff

import "iamctl/normalize"

// Account returns account A for side 0 and account B for side 1.
func (c *Changes) Account(side int) *normalize.Account {
	if side == 0 {
		return c.A
	}
	return c.B
}

// Only returns the roles that a side alone has.
func (c *Changes) Only(side int) []*normalize.Role {
	if side == 0 {
		return c.OnlyA
	}
	return c.OnlyB
}

// Drift reports whether anything differs.
func (c *Changes) Drift() bool {
	if len(c.OnlyA)+len(c.OnlyB)+len(c.AWSChanges) > 0 {
		return true
	}
	for i := range c.Common {
		if c.Common[i].Differs() {
			return true
		}
	}
	return false
}

// Incomplete reports whether something could not be read, parsed or compared.
func (c *Changes) Incomplete() bool { return len(c.Gaps) > 0 }

// Role returns the pair's role in account A for side 0 and in B for side 1.
func (p *Pair) Role(side int) *normalize.Role {
	if side == 0 {
		return p.A
	}
	return p.B
}

// Only returns the items that a side alone has.
func (p *Pair) Only(side int) []Ref {
	if side == 0 {
		return p.OnlyA
	}
	return p.OnlyB
}

// Impossible returns the impossible pairs that a side alone has.
func (p *Pair) Impossible(side int) []Impossible {
	if side == 0 {
		return p.ImpossibleA
	}
	return p.ImpossibleB
}
