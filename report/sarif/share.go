package sarif

import "sort"

// share is how many findings of a level are results: no more of a role than of
// others, so that one role with very many crowds nobody out.
type share struct {
	// each is how many any role may have. The first more of those with more have
	// one more.
	each, more int
	seen       map[any]int
}

// newShare shares room among roles with so many findings each, and returns how
// many are left out.
func newShare(counts map[any]int, room int) (s *share, left int) {
	longest, all := 0, 0
	for _, n := range counts {
		longest, all = max(longest, n), all+n
	}
	taken := func(each int) int {
		n := 0
		for _, c := range counts {
			n += min(c, each)
		}
		return n
	}
	each := sort.Search(longest, func(n int) bool { return taken(n+1) > room })
	return &share{each: each, more: min(room, all) - taken(each), seen: map[any]int{}}, max(0, all-room)
}

// take reports whether the next finding of a role is a result.
func (s *share) take(role any) bool {
	switch n := s.seen[role]; {
	case n < s.each:
	case n == s.each && s.more > 0:
		s.more--
	default:
		return false
	}
	s.seen[role]++
	return true
}
