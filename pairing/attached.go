package pairing

import (
	"strings"

	"iamctl/equivalency"
	"iamctl/inventory"
	"iamctl/policy"
)

// attached pairs the policies of roles, role by role, where a role of either account
// has one of a stem.
func (f *finder) attached() {
	for _, p := range f.rolePairs {
		var lists [2][]entity
		made := false
		for side, i := range p {
			if i < 0 {
				continue
			}
			lists[side] = f.policiesOf(side, &f.flats[side].Roles[i])
			for n := range lists[side] {
				made = made || lists[side][n].made
			}
		}
		if made {
			f.useAttached(p, lists)
		}
	}
}

// policiesOf returns the policies of a role, each named by its type and name.
func (f *finder) policiesOf(side int, r *inventory.FlatRole) []entity {
	var out []entity
	for i := range r.Policies {
		p := &r.Policies[i]
		if p.Type == inventory.Trust {
			continue
		}
		path := "/"
		if arn, ok := policy.ParseARN(p.ARN); ok {
			if arn.Account != f.flats[side].ID || !strings.HasSuffix(p.ARN, "/"+p.Name) {
				continue // AWS's own
			}
			path = strings.TrimSuffix(strings.TrimPrefix(arn.Resource, "policy"), p.Name)
		}
		e := f.entity(side, equivalency.PolicyName, equivalency.ManagedPolicy, p.Name, path)
		if known := f.known[side].Names[equivalency.ManagedPolicy][p.Name]; known != nil && p.ARN != "" {
			e.made, e.key = false, e.marked(known)
		}
		prefix := string(p.Type) + " "
		e.name, e.key, e.stem, e.wide = prefix+e.name, prefix+e.key, prefix+e.stem, prefix+e.wide
		out = append(out, e)
	}
	return out
}

func (f *finder) useAttached(p [2]int, lists [2][]entity) {
	m := match(lists)
	for side, i := range p {
		if len(m.parts[side]) == 0 {
			continue
		}
		parts := map[string][]equivalency.Span{}
		for n, spans := range m.parts[side] {
			parts[lists[side][n].name] = spans
		}
		f.known[side].Attached[f.flats[side].Roles[i].Name] = parts
	}
	for _, x := range m.pairs {
		f.notes.pair("policies", after(lists[0][x.a].name), after(lists[1][x.b].name), x.reason)
	}
}

// after returns the name of a policy without its type.
func after(name string) string {
	_, name, _ = strings.Cut(name, " ")
	return name
}
