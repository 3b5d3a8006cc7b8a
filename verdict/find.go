package verdict

import (
	"slices"

	"iamctl/verdict/internal/resource"
	"iamctl/verdict/internal/search"
)

// restriction is the resources that are looked at: the bare "*", the ARNs of a
// format or, if it is zero, every resource.
type restriction struct {
	star   bool
	format *resource.Pattern
	// kinds are the types of principals that are looked at, nil for all.
	kinds []string
}

// solution is a kind of requests that one side seems to allow and the other not.
type solution struct {
	resource string
	box      search.Box
	caller   *caller // of a question of trust
	// must are the patterns that the resource was made for.
	must []*resource.Pattern
}

// find calls visit with requests that side x allows and the other does not,
// until it returns false. If it ends without that there are no others.
func (p *problem) find(x int, r restriction, visit func(solution) bool) error {
	f := finder{problem: p, x: &p.sides[x], y: &p.sides[1-x], restriction: r, visit: visit}
	f.denies = denies(f.x, f.y)
	for _, f.b = range f.x.identity {
		for _, f.c = range f.boundaries() {
			if err := f.body(); err != nil || f.done {
				return err
			}
		}
	}
	return nil
}

type finder struct {
	*problem
	x, y *stack
	restriction
	visit func(solution) bool
	done  bool
	// denies reports whether x has all denies of y.
	denies  bool
	b, c    int             // the bodies that allow, c being -1 without a boundary
	none    map[string]bool // where nothing is, by what applies
	scratch []byte
	who     *caller // of a question of trust
}

func (f *finder) boundaries() []int {
	if f.x.bounded {
		return f.x.boundary
	}
	return []int{-1}
}

// same reports whether what side y lacks of side x cannot be due to its denies or, for
// the body of x's boundary that allows, to its boundary.
func (f *finder) same() bool {
	return f.denies && (!f.y.bounded || f.c >= 0 && slices.Contains(f.y.boundary, f.c))
}

// body looks at what the bodies b and c allow.
func (f *finder) body() error {
	if f.budget -= 1 + len(f.y.identity)/8; f.budget < 0 {
		return search.ErrBudget
	}
	same := f.same()
	if same && f.covered(f.y.identity, f.b, -1) {
		return nil
	}
	if f.trust {
		return f.everyCaller()
	}
	for _, r := range f.allowing(f.b) {
		if same && r >= 0 && f.covered(f.y.identity, f.b, r) {
			continue
		}
		for _, s := range f.allowing(f.c) {
			if err := f.pair(r, s); err != nil || f.done {
				return err
			}
		}
	}
	return nil
}

// allowing returns the resources of a body one by one, or -1 for any.
func (f *finder) allowing(b int) []int {
	if b < 0 || f.comparison.bodies[b].not || f.comparison.bodies[b].doubt != "" {
		return []int{-1}
	}
	return f.comparison.bodies[b].resources
}

// pair looks at the resources that the patterns r and s match, either of which
// may be -1 for any.
func (f *finder) pair(r, s int) error {
	var must []*resource.Pattern
	for _, i := range []int{r, s} {
		if i >= 0 && !f.known.list[i].Any() {
			must = append(must, f.known.list[i])
		}
	}
	if f.format == nil {
		if err := f.bare(must); err != nil || f.done || f.star {
			return err
		}
	} else {
		must = append(must, f.format)
	}
	for i := range must {
		for j := range i {
			if !must[i].Meets(must[j]) {
				return nil
			}
		}
	}
	if f.allowed(must) {
		return nil
	}
	if err := f.example(must); err != nil || f.done {
		return err
	}
	return f.arns(must)
}

// allowed reports whether the other side certainly allows body b on all that the
// patterns match.
func (f *finder) allowed(must []*resource.Pattern) bool {
	return f.same() && slices.ContainsFunc(must, func(m *resource.Pattern) bool { return f.covers(f.y.identity, f.b, m) })
}
