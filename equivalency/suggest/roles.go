package suggest

import (
	"slices"

	"iamctl/equivalency"
	"iamctl/policy"
)

// role is a role of an account.
type role struct {
	// base are the tokens of its name as the dictionary leaves it.
	base []uint32
	// texts are the account's texts that it has, by their places.
	texts []uint32
	// awsMade is true for roles that AWS makes in every account.
	awsMade bool
}

// awsPaths are the paths of roles that AWS makes (IAM User Guide, "IAM
// identifiers").
var awsPaths = []string{"/aws-service-role/", "/aws-reserved/"}

// pairRoles pairs the roles of both accounts by their names as they are now, and
// those that are left without the identifiers in them, if one of each is left.
func (s *search) pairRoles() {
	s.rolePairs = map[uint32]uint32{}
	paired := map[uint32]bool{}
	for _, without := range []bool{false, true} {
		var named [2]map[string][]uint32
		for k := range s.sides {
			named[k] = map[string][]uint32{}
			for i := range s.sides[k].roles {
				_, left := s.rolePairs[uint32(i)]
				if k == 0 && left || k == 1 && paired[uint32(i)] {
					continue
				}
				name := s.roleName(k, i, without)
				named[k][name] = append(named[k][name], uint32(i))
			}
		}
		for name, a := range named[0] {
			if b := named[1][name]; len(a) == 1 && len(b) == 1 {
				s.rolePairs[a[0]] = b[0]
				paired[b[0]] = true
			}
		}
	}
}

// roleName returns the name of a role for comparing it, as it is now.
func (s *search) roleName(k, i int, withoutIdentifiers bool) string {
	side := &s.sides[k]
	s.left = side.applied.rewrite(s.left[:0], side.roles[i].base, equivalency.RoleName, nil, nil)
	if !withoutIdentifiers {
		return s.folded(s.left)
	}
	s.right = s.right[:0]
	for i := 0; i < len(s.left); {
		if end := s.identifier(s.left, i); end > 0 {
			s.right = append(s.right, blank)
			i = end
			continue
		}
		s.right = append(s.right, s.left[i])
		i++
	}
	return s.folded(s.right)
}

// supportAll finds the support of candidates. Dev and dev support each other.
func (s *search) supportAll(list []*candidate) {
	names := map[string]map[uint32]uint32{}
	texts := map[string]int{}
	key := func(c *candidate) string { return policy.Fold(c.texts[0]) + "\x00" + policy.Fold(c.texts[1]) }
	for _, c := range list {
		byName := names[key(c)]
		if byName == nil {
			byName = map[uint32]uint32{}
			names[key(c)] = byName
		}
		texts[key(c)] += c.total() - c.roles
		for _, p := range c.pairs {
			x, y := &s.sides[0].texts[p.a], &s.sides[1].texts[p.b]
			if x.Field == equivalency.RoleName && len(x.roles) > 0 && len(y.roles) > 0 {
				byName[x.roles[0]] = y.roles[0]
			}
		}
	}
	for _, c := range list {
		s.support(c, names[key(c)])
		c.kin = texts[key(c)] > c.total()-c.roles
	}
}

// support finds the pairs of roles in which a candidate makes texts equal. byName
// are roles that pair by their names beside those that do already.
func (s *search) support(c *candidate, byName map[uint32]uint32) {
	c.support = map[uint32]uint32{}
	for _, p := range c.pairs {
		for _, a := range s.sides[0].texts[p.a].roles {
			b, ok := s.rolePairs[a]
			if !ok {
				b, ok = byName[a]
			}
			if ok && slices.Contains(s.sides[1].texts[p.b].roles, b) {
				c.support[a] = b
			}
		}
	}
}

// alone returns how many of the pairs of roles differ in a candidate's values
// alone.
func (s *search) alone(c *candidate) int {
	left, right := map[uint32][]uint32{}, map[uint32][]uint32{}
	for _, p := range c.pairs {
		left[p.a] = append(left[p.a], p.b)
		right[p.b] = append(right[p.b], p.a)
	}
	n := 0
	for a, b := range c.support {
		if s.explained(0, a, b, left) && s.explained(1, b, a, right) {
			n++
		}
	}
	return n
}

// explained reports whether each text of a role is one of the other account's role,
// or becomes one by the pairs.
func (s *search) explained(k int, own, other uint32, pairs map[uint32][]uint32) bool {
	others := &s.sides[1-k].roles[other]
	have := map[uint64]bool{}
	for _, i := range others.texts {
		have[s.sides[1-k].texts[i].sum] = true
	}
	for _, i := range s.sides[k].roles[own].texts {
		if t := &s.sides[k].texts[i]; t.Field == equivalency.RoleName || have[t.sum] {
			continue
		}
		if !slices.ContainsFunc(pairs[i], func(o uint32) bool { return slices.Contains(others.texts, o) }) {
			return false
		}
	}
	return true
}

// widespread reports whether a candidate makes texts equal in most roles of either
// account, and in three at least: a word of so many is one of the account. Of roles
// that it makes one by name there must be more: an application that one account
// alone has may be most of it.
func (s *search) widespread(c *candidate) bool {
	n := len(c.support)
	for k := range s.sides {
		if own := s.ownRoles(k); 2*n <= own || c.roles > 0 && 4*n <= 3*own {
			return false
		}
	}
	return n >= 3
}

// ownRoles returns how many roles of an account AWS did not make.
func (s *search) ownRoles(k int) int {
	n := 0
	for i := range s.sides[k].roles {
		if !s.sides[k].roles[i].awsMade {
			n++
		}
	}
	return n
}
