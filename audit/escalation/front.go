package escalation

import (
	"slices"

	"iamctl/audit/account"
	"iamctl/audit/assume"
	"iamctl/inventory"
	"iamctl/verdict/escalation"
)

// front are those to whom ways lead.
type front struct {
	roles, users, groups *account.Index
	// trusting are the roles that trust a service.
	trusting map[string][]*account.Holder
	// good reports whether one is of interest at all; nil says that all are.
	good func(t *account.Holder) bool
	// unassumed says that it is of no interest who may assume a role.
	unassumed bool
}

// skips reports whether one is no goal of a holder's.
func (f *front) skips(h *node, t *account.Holder) bool {
	return t == h.Holder || f.good != nil && !f.good(t)
}

func (g *graph) front(list []*node) *front {
	of := func(kind inventory.Entity) *account.Index {
		var out []*account.Holder
		for _, n := range list {
			if n.Kind == kind {
				out = append(out, n.Holder)
			}
		}
		return account.NewIndex(out)
	}
	return &front{of(inventory.EntityRole), of(inventory.EntityUser), of(inventory.EntityGroup), map[string][]*account.Holder{}, nil, false}
}

// service returns the roles of a front that may let in a service.
func (g *graph) service(f *front, name string) []*account.Holder {
	list, ok := f.trusting[name]
	if !ok {
		for _, r := range f.roles.All() {
			if g.trusts(r, name).Open {
				list = append(list, r)
			}
		}
		f.trusting[name] = list
	}
	return list
}

func (g *graph) trusts(r *account.Holder, service string) assume.Door {
	if escalation.Federated(service) {
		return g.doors.Provider(r, service)
	}
	return g.doors.Service(r, service)
}

func (g *graph) administrators() *front {
	if g.admins == nil {
		g.admins = g.front(slices.DeleteFunc(slices.Clone(g.nodes), func(n *node) bool { return !n.admin }))
	}
	return g.admins
}

// everybody are all principals by their kind.
func (g *graph) everybody() map[inventory.Entity]*account.Index {
	if g.index == nil {
		f := g.front(g.nodes)
		g.index = map[inventory.Entity]*account.Index{inventory.EntityRole: f.roles, inventory.EntityUser: f.users, inventory.EntityGroup: f.groups}
	}
	return g.index
}
