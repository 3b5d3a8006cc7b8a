package diff

import (
	"encoding/json"
	"slices"

	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/policy"
)

// complement is what statements with NotAction, NotResource or both say, which have
// the same lists: everything but these.
type complement struct {
	effect, terms uint32
	// places are the action, the resource and the principal of each, missing for the
	// elements with Not-.
	places map[[3]uint32]bool
	// actions and resources are the patterns that are left out, nil for an element
	// without Not-.
	actions, resources []string
	// apartActions and apartResources are the patterns of actions and the resources
	// that nothing left out can meet, as far as they were asked for.
	apartActions, apartResources map[uint32]bool
}

// complements are those of a document.
type complements struct {
	list []*complement
	// written are the patterns that stand for an action, by its index.
	written map[uint32][]uint32
	origins *normalize.PairOrigins
	before  *inventory.Items
}

func newComplements(d *document, t *normalize.Table) *complements {
	out := &complements{before: t.Before}
	by := map[[2]uint32]*complement{}
	for _, r := range d.Rows {
		m := &d.Terms[r.Terms]
		if m.Negated == "" {
			continue
		}
		key := [2]uint32{r.Effect, r.Terms}
		k, ok := by[key]
		if !ok {
			if k = newComplement(m); k != nil {
				k.effect, k.terms = key[0], key[1]
				out.list = append(out.list, k)
			}
			by[key] = k
		}
		if k != nil {
			k.places[k.place(r.Action, r.Resource, r.Principal)] = true
		}
	}
	if out.list != nil {
		out.origins, out.written = t.PairOrigins(), map[uint32][]uint32{}
		for i, p := range d.Patterns {
			for _, a := range p.Actions {
				out.written[a] = append(out.written[a], uint32(i))
			}
		}
	}
	return out
}

// newComplement returns the complement of terms without its places, nil for terms
// with elements other than NotAction and NotResource or with what is no action.
func newComplement(m *inventory.Terms) *complement {
	actions, resources, ok := leftOut(m.Statement)
	if !ok || !slices.Contains([]string{"NotAction", "NotResource", "NotAction NotResource"}, m.Negated) {
		return nil
	}
	for i, text := range actions {
		service, name, ok := policy.SplitAction(text)
		if !ok || service == "" || name == "" {
			return nil
		}
		actions[i] = actionText(folded(inventory.Action{Service: service, Name: name}))
	}
	return &complement{
		actions: actions, resources: resources, places: map[[3]uint32]bool{},
		apartActions: map[uint32]bool{}, apartResources: map[uint32]bool{},
	}
}

// leftOut returns the lists of a statement column. It is not ok with any other
// element, which may mean anything.
func leftOut(statement string) (actions, resources []string, ok bool) {
	var elements map[string][]string
	if json.Unmarshal([]byte(statement), &elements) != nil {
		return nil, nil, false
	}
	actions, resources = elements["NotAction"], elements["NotResource"]
	n := 0
	for _, list := range [][]string{actions, resources} {
		if len(list) > 0 {
			n++
		}
	}
	return actions, resources, n > 0 && n == len(elements)
}

func actionText(a inventory.Action) string { return a.Service + ":" + a.Name }

// place returns the key of a place.
func (k *complement) place(action, resource, principal uint32) [3]uint32 {
	if k.actions != nil {
		action = missing
	}
	if k.resources != nil {
		resource = missing
	}
	return [3]uint32{action, resource, principal}
}
