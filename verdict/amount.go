package verdict

import (
	"slices"

	"iamctl/policy"
)

// Action is one action of an Amount.
type Action struct {
	// Name is with the service, as the reference spells it.
	Name string
	// Access is as in reference.Action, "" where the reference does not say.
	Access string
	// Formats are those of the ARNs that the action takes, with `*` for what varies.
	// Those that the reference does not know, and those without resources, have none. They
	// must not be changed.
	Formats []string
	// Impossible says that it is on resources alone that the action does not take, by
	// the reference.
	Impossible bool
}

// List returns the actions, sorted by name without regard to letter case.
func (a *Amount) List() []Action {
	out := make([]Action, len(a.actions))
	for i, x := range a.actions {
		out[i] = Action{Name: x.Name(), Access: accessOf(x), Impossible: a.impossible[i]}
		if x.Known == nil {
			continue
		}
		if types := x.Known.ResourceTypes; len(types) == 1 {
			out[i].Formats = slices.Clip(x.Service.ResourceTypes[types[0]].Patterns())
			continue
		}
		for _, t := range x.Known.ResourceTypes {
			out[i].Formats = append(out[i].Formats, x.Service.ResourceTypes[t].Patterns()...)
		}
	}
	byName := func(a, b Action) int { return policy.CompareFold(a.Name, b.Name) }
	if !slices.IsSortedFunc(out, byName) {
		slices.SortFunc(out, byName)
	}
	return out
}

// Services returns the prefixes of the reference's services, sorted.
func (c *Comparer) Services() []string { return c.table.Prefixes() }
