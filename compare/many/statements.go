package many

import (
	"cmp"
	"maps"
	"slices"

	"iamctl/diff"
	"iamctl/internal/driftkind"
	"iamctl/inventory"
	"iamctl/meaning"
	"iamctl/normalize"
	"iamctl/policy"
	"iamctl/result"
	"iamctl/result/matrix"
)

// A matrix has at most so many bytes of statements, in all and of a form.
const (
	statementsOfAll  = 64 << 20
	statementsOfForm = 16 << 10
)

// shower puts into forms what one side alone says.
type shower struct {
	judge *meaning.Judge
	// room is how many bytes of statements a form has.
	room int
	// names are those of the accounts, and account is the index of the second side.
	names   *nameIndex
	account int
}

// show puts into forms the statements that one side alone has, and the attributes that
// differ.
func (s *shower) show(c *diff.Changes, r *result.Result, wanted map[string]*matrix.Form) {
	for i := range c.Common {
		p := &c.Common[i]
		if f := wanted[policy.Fold(p.Name)]; f != nil {
			var only [2]saying
			f.Difference.Policies = s.policies([2]*normalize.Role{p.A, p.B}, &only)
			f.Difference.Attributes = attributesOf(&r.CommonRoles[i])
			addValues(p, &only)
			f.Difference.Names = s.names.namesOf(s.account, only)
		}
	}
	for side := range 2 {
		for _, role := range c.Only(side) {
			if f := wanted[policy.Fold(role.Name)]; f != nil {
				var sides [2]*normalize.Role
				var only [2]saying
				sides[side] = role
				f.Difference.Policies = s.policies(sides, &only)
				only[side].values = append(only[side].values, valueIn{normalize.FieldRoleName, role.Name})
				f.Difference.Names = s.names.namesOf(s.account, only)
			}
		}
	}
}

// said is a policy of a role by what both sides call it.
type said struct {
	kind inventory.PolicyType
	name string
}

// policies returns what one of two roles alone says, by policy; either may be nil. Policies
// of AWS's that both have are not looked into: what AWS changed is of no role.
// What either side alone says is added to only.
func (s *shower) policies(roles [2]*normalize.Role, only *[2]saying) []matrix.Policy {
	of := map[said]*[2][]*normalize.Policy{}
	for side, r := range roles {
		if r == nil {
			continue
		}
		for i := range r.Policies {
			p := &r.Policies[i]
			key := said{p.Type, p.Name}
			if of[key] == nil {
				of[key] = &[2][]*normalize.Policy{}
			}
			of[key][side] = append(of[key][side], p)
		}
	}
	var out []matrix.Policy
	room := s.room
	for _, key := range slices.SortedFunc(maps.Keys(of), said.compare) {
		sides := of[key]
		if len(sides[0]) == 1 && len(sides[1]) == 1 && sides[0][0].AWS() && sides[1][0].AWS() {
			continue
		}
		var lists [2][]string
		unread := false
		for side, list := range sides {
			for _, p := range list {
				statements, ok := s.judge.Statements(side, roles[side], p)
				lists[side], unread = append(lists[side], statements...), unread || !ok
			}
		}
		if unread {
			continue // a gap says so
		}
		p := matrix.Policy{Type: string(key.kind), Name: key.name}
		p.A, p.B = without(lists[0], lists[1]), without(lists[1], lists[0])
		only[0].statements, only[1].statements = append(only[0].statements, p.A...), append(only[1].statements, p.B...)
		if len(p.A)+len(p.B) > 0 {
			fit(&p, &room)
			out = append(out, p)
		}
	}
	return out
}

// compare orders policies as reports do: who may assume the role last.
func (a said) compare(b said) int {
	last := func(s said) int {
		if s.kind == inventory.Trust {
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(last(a), last(b)), cmp.Compare(a.kind, b.kind), cmp.Compare(a.name, b.name))
}

// without returns the texts of a list that the other one does not have, each as often as it
// has it more.
func without(list, other []string) []string {
	times := map[string]int{}
	for _, s := range other {
		times[s]++
	}
	var out []string
	for _, s := range list {
		if times[s]--; times[s] < 0 {
			out = append(out, s)
		}
	}
	return out
}

// fit leaves out the statements for which there is no room, and counts them.
func fit(p *matrix.Policy, room *int) {
	for _, list := range []*[]string{&p.A, &p.B} {
		n := 0
		for n < len(*list) && len((*list)[n]) <= *room {
			*room -= len((*list)[n])
			n++
		}
		p.Left += len(*list) - n
		*list = (*list)[:n:n]
	}
}

// attributesOf returns the attributes that differ, but for what policies the role has, which
// their statements say.
func attributesOf(p *result.Pair) []matrix.Attribute {
	var out []matrix.Attribute
	for i := range p.Attributes {
		a := &p.Attributes[i]
		if a.Kind != driftkind.Effective {
			out = append(out, matrix.Attribute{Kind: a.Kind, Key: a.Key, A: valueOf(&a.A), B: valueOf(&a.B)})
		}
	}
	return out
}

// addValues adds the values of attributes that one side alone has.
func addValues(p *diff.Pair, only *[2]saying) {
	for i := range p.Attributes {
		a := &p.Attributes[i]
		field, ok := a.Kind.Field()
		if !ok {
			continue
		}
		for side, v := range []diff.AttributeValue{a.A, a.B} {
			if v.Has {
				only[side].values = append(only[side].values, valueIn{field, a.Key}, valueIn{field, v.Value})
			}
		}
	}
}

func valueOf(v *result.Value) *string {
	if !v.Has {
		return nil
	}
	return &v.Value
}
