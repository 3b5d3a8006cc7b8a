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
	f.limiting = make([]int, 0, len(f.x.limits))
	for _, f.b = range f.x.identity {
		if err := f.limited(); err != nil || f.done {
			return err
		}
	}
	return nil
}

// limited looks at what body b allows with each choice of a body that allows of each layer
// of the side's limits.
func (f *finder) limited() error {
	n := len(f.limiting)
	if n == len(f.x.limits) {
		return f.body()
	}
	for _, c := range f.x.limits[n] {
		f.limiting = append(f.limiting[:n], c)
		if err := f.limited(); err != nil || f.done {
			return err
		}
	}
	f.limiting = f.limiting[:n]
	return nil
}

type finder struct {
	*problem
	x, y *stack
	restriction
	visit func(solution) bool
	done  bool
	// denies reports whether x has all denies of y.
	denies bool
	b      int // the body of the identity that allows
	// limiting are the bodies that allow of each layer of x's limits.
	limiting []int
	none     map[string]bool // where nothing is, by what applies
	scratch  []byte
	who      *caller // of a question of trust
}

// same reports whether what side y lacks of side x cannot be due to its denies or, for
// the bodies of x's limits that allow, to its limits.
func (f *finder) same() bool {
	if !f.denies {
		return false
	}
	for i, l := range f.y.layers {
		at := slices.Index(f.x.layers, l)
		if at < 0 || !slices.Contains(f.y.limits[i], f.limiting[at]) {
			return false
		}
	}
	return true
}

// body looks at what body b and those of the limits allow.
func (f *finder) body() error {
	if f.budget -= 1 + len(f.y.identity)/8; f.budget < 0 {
		return search.ErrBudget
	}
	same := f.same()
	if same && slices.Contains(f.y.identity, f.b) {
		return nil
	}
	if f.trust {
		return f.everyCaller()
	}
	allowing := f.allowing(f.b)
	if same {
		allowing = f.uncovered(f.x, f.y, f.b)
	}
	for _, r := range allowing {
		if err := f.resources(r, nil, f.limiting); err != nil || f.done {
			return err
		}
	}
	return nil
}

// resources looks at each choice of a resource of every body in limiting, together with
// the resource r of body b and those in must.
func (f *finder) resources(r int, must []int, limiting []int) error {
	if len(limiting) == 0 {
		return f.together(r, must)
	}
	if f.budget--; f.budget < 0 {
		return search.ErrBudget
	}
	for _, s := range f.allowing(limiting[0]) {
		if err := f.resources(r, append(slices.Clip(must), s), limiting[1:]); err != nil || f.done {
			return err
		}
	}
	return nil
}

// allowing returns the resources of a body one by one, or -1 for any.
func (p *problem) allowing(b int) []int {
	if p.comparison.bodies[b].not || p.comparison.bodies[b].doubt != "" {
		return []int{-1}
	}
	return p.comparison.bodies[b].resources
}

// together looks at the resources that all of the patterns match, any of which may be -1
// for any: r of body b, and those of the limits.
func (f *finder) together(r int, limits []int) error {
	must := make([]*resource.Pattern, 0, len(limits)+2)
	for k := range len(limits) + 1 {
		i := r
		if k < len(limits) {
			i = limits[k]
		}
		if i >= 0 && !f.known.list[i].Any() && !slices.Contains(must, f.known.list[i]) {
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
	if f.allowed(must, r) {
		return nil
	}
	if err := f.example(must); err != nil || f.done {
		return err
	}
	return f.arns(must)
}

// allowed reports whether the other side certainly allows body b on all that the
// patterns match, the resource r of it, which it does not cover, among them.
func (f *finder) allowed(must []*resource.Pattern, r int) bool {
	if !f.same() {
		return false
	}
	return slices.ContainsFunc(must, func(m *resource.Pattern) bool {
		return (r < 0 || m != f.known.list[r]) && f.covers(f.y.identity, f.b, m)
	})
}
