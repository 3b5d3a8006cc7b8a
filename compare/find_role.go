package compare

import (
	"fmt"
	"slices"
	"strings"

	"iamctl/diff"
	"iamctl/internal/hint"
	"iamctl/internal/nearest"
	"iamctl/normalize"
)

// mostNear is how many names are proposed for one that there is not.
const mostNear = 3

// findRole returns the role with a name: the normalised one, else that in account A,
// else that in B, in any letter case, or an ARN.
func findRole(c *diff.Changes, name string) (found, error) {
	roles := rolesIn(c)
	for _, matches := range []func(*found) bool{
		func(f *found) bool { return f.named(func(r *normalize.Role) string { return r.Name }, name, 0, 1) },
		func(f *found) bool { return f.named(original, name, 0) },
		func(f *found) bool { return f.named(original, name, 1) },
		func(f *found) bool { return f.named(func(r *normalize.Role) string { return r.Raw.ARN }, name, 0, 1) },
	} {
		var fit []found
		for i := range roles {
			if matches(&roles[i]) {
				fit = append(fit, roles[i])
			}
		}
		switch len(fit) {
		case 0:
			continue
		case 1:
			return fit[0], nil
		}
		var arns []string
		for i := range fit {
			arns = append(arns, fit[i].each(func(r *normalize.Role) string { return r.Raw.ARN })...)
		}
		return found{}, hint.With(fmt.Errorf("%d roles are called %q", len(fit), name), "name one by its ARN: %s", strings.Join(arns, ", "))
	}
	err := fmt.Errorf("neither %s nor %s has a role %q", c.A.Tag, c.B.Tag, name)
	if near := nearNames(roles, name); len(near) > 0 {
		return found{}, hint.With(err, "did you mean %s?", strings.Join(near, ", "))
	}
	return found{}, hint.With(err, "'iamctl diff' lists the roles")
}

// rolesIn returns all roles of a comparison.
func rolesIn(c *diff.Changes) []found {
	var out []found
	for i := range c.Common {
		p := &c.Common[i]
		out = append(out, found{p, [2]*normalize.Role{p.A, p.B}})
	}
	for side := range 2 {
		for _, r := range c.Only(side) {
			f := found{}
			f.roles[side] = r
			out = append(out, f)
		}
	}
	return out
}

func original(r *normalize.Role) string { return r.Raw.Name }

// named reports whether the role is called so in one of the accounts.
func (f *found) named(of func(*normalize.Role) string, name string, sides ...int) bool {
	return slices.ContainsFunc(sides, func(side int) bool {
		return f.roles[side] != nil && strings.EqualFold(of(f.roles[side]), name)
	})
}

// each returns a text of the role in each account that has it.
func (f *found) each(of func(*normalize.Role) string) []string {
	var out []string
	for _, r := range f.roles {
		if r != nil {
			out = append(out, of(r))
		}
	}
	return out
}

// nearNames returns names of roles that are near to one that there is not: written
// nearly like it, or with it as a part.
func nearNames(roles []found, name string) []string {
	spelled := map[string]string{} // by the name in lower case
	var known []string
	for i := range roles {
		for _, n := range append(roles[i].each(original), roles[i].each(func(r *normalize.Role) string { return r.Name })...) {
			if low := strings.ToLower(n); spelled[low] == "" {
				spelled[low], known = n, append(known, low)
			}
		}
	}
	var out []string
	for len(out) < mostNear {
		near := nearest.Name(name, known)
		if near == "" {
			break
		}
		out = append(out, spelled[near])
		known = slices.DeleteFunc(known, func(s string) bool { return s == near })
	}
	for _, k := range known {
		if len(out) < mostNear && name != "" && strings.Contains(k, strings.ToLower(name)) {
			out = append(out, spelled[k])
		}
	}
	return out
}
