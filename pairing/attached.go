package pairing

import (
	"slices"
	"strings"

	"iamctl/equivalency"
	"iamctl/inventory"
	"iamctl/policy"
)

// attached pairs the policies of roles, role by role, where a role of either account
// has one of a stem.
func (f *finder) attached() {
	for _, p := range f.rolePairs {
		if !f.mayBeMade(0, p[0]) && !f.mayBeMade(1, p[1]) {
			continue // as most are: no name need be rewritten
		}
		var lists [2][]entity
		made := false
		for side, i := range p {
			if i < 0 {
				continue
			}
			lists[side] = f.policiesOf(side, &f.accounts[side].Roles[i])
			for n := range lists[side] {
				made = made || lists[side][n].made
			}
		}
		if made {
			f.useAttached(p, lists)
		}
	}
}

// mayBeMade reports whether a role has a policy with a name that a tool may have made up;
// role -1 has none.
func (f *finder) mayBeMade(side, role int) bool {
	if role < 0 {
		return false
	}
	r := &f.accounts[side].Roles[role]
	made := func(p inventory.PolicyRef) bool { return f.mayBeMadeManaged(side, p) }
	return slices.ContainsFunc(r.Inline, func(p inventory.InlinePolicy) bool {
		_, ok := f.forms.of(equivalency.ManagedPolicy, p.Name, "/")
		return ok
	}) || slices.ContainsFunc(r.Attached, made) || r.Boundary != nil && made(*r.Boundary)
}

func (f *finder) mayBeMadeManaged(side int, p inventory.PolicyRef) bool {
	made, ok := f.madeManaged[side][p]
	if !ok {
		if path, own := f.pathOf(side, p); own {
			_, made = f.forms.of(equivalency.ManagedPolicy, p.Name, path)
		}
		if f.madeManaged[side] == nil {
			f.madeManaged[side] = map[inventory.PolicyRef]bool{}
		}
		f.madeManaged[side][p] = made
	}
	return made
}

// pathOf returns the path of a managed policy, unless it is AWS's own.
func (f *finder) pathOf(side int, p inventory.PolicyRef) (path string, ok bool) {
	arn, ok := policy.ParseARN(p.ARN)
	path, named := strings.CutSuffix(arn.Resource, "/"+p.Name)
	return strings.TrimPrefix(path, "policy") + "/", ok && named && arn.Account == f.accounts[side].ID
}

// policiesOf returns the policies of a role, each named by its type and name.
func (f *finder) policiesOf(side int, r *inventory.Role) []entity {
	var out []entity
	for _, p := range r.Inline {
		out = append(out, f.policy(side, inventory.Inline, p.Name, "/"))
	}
	for _, p := range r.Attached {
		out = f.appendManaged(out, side, inventory.Managed, p)
	}
	if r.Boundary != nil {
		out = f.appendManaged(out, side, inventory.Boundary, *r.Boundary)
	}
	return out
}

// appendManaged appends a managed policy, unless it is AWS's own.
func (f *finder) appendManaged(list []entity, side int, t inventory.PolicyType, p inventory.PolicyRef) []entity {
	path, ok := f.pathOf(side, p)
	if !ok {
		return list
	}
	e := f.policy(side, t, p.Name, path)
	if known := f.known[side].Names[equivalency.ManagedPolicy][p.Name]; known != nil {
		e.made, e.key = false, string(t)+" "+e.marked(known)
	}
	return append(list, e)
}

func (f *finder) policy(side int, t inventory.PolicyType, name, path string) entity {
	e := f.entity(side, equivalency.PolicyName, equivalency.ManagedPolicy, name, path)
	prefix := string(t) + " "
	e.name, e.key, e.stem, e.wide = prefix+e.name, prefix+e.key, prefix+e.stem, prefix+e.wide
	return e
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
		f.known[side].Attached[f.accounts[side].Roles[i].Name] = parts
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
