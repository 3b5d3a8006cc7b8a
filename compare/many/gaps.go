package many

import (
	"slices"

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

// holes are the roles and policies that gaps are about.
type holes struct {
	all   bool
	names map[string]bool
}

func gapsIn(gaps []inventory.Gap) holes {
	h := holes{names: map[string]bool{}}
	for _, g := range gaps {
		h.all = h.all || g.Name == "" || g.Entity != inventory.EntityRole && g.Entity != inventory.EntityPolicy
		h.names[string(g.Entity)+" "+g.Name] = true
	}
	return h
}

func (h holes) of(r *inventory.Role) bool {
	name := func(entity inventory.Entity, name string) bool { return h.names[string(entity)+" "+name] }
	return h.all || name(inventory.EntityRole, r.Name) ||
		slices.ContainsFunc(r.Attached, func(p inventory.PolicyRef) bool { return name(inventory.EntityPolicy, p.ARN) }) ||
		r.Boundary != nil && name(inventory.EntityPolicy, r.Boundary.ARN)
}
