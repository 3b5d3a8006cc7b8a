package many

import (
	"iamctl/compare"
	"iamctl/inventory"
)

// gapsOf notes what of an account could not be read.
func (m *run) gapsOf(s compare.Side, gaps []inventory.Gap) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, g := range gaps {
		g.Account = s.Tag
		m.gaps = append(m.gaps, g)
	}
}

// alikeInReference notes the roles of the reference that cannot be told apart once they are
// normalised, which is known only beside another account. The other gaps it has by itself.
// Of several accounts beside which a role is one of these, the least gap counts.
func (m *run) alikeInReference(gaps []inventory.Gap) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, g := range gaps {
		if g.Kind != inventory.GapCompare {
			continue
		}
		g.Account = m.reference.side.Tag
		if old, ok := m.untold[g.Name]; !ok || g.Compare(old) < 0 {
			m.untold[g.Name] = g
		}
	}
}
