package verdict

import (
	"slices"

	"iamctl/verdict/internal/bits"
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
	f := finder{problem: p, x: &p.sides[x], y: &p.sides[1-x], restriction: r, visit: visit, none: map[string]bool{}}
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
	denies bool
	b, c   int             // the bodies that allow, c being -1 without a boundary
	none   map[string]bool // where nothing is, by what applies
	who    *caller         // of a question of trust
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
		if i >= 0 && !f.resources.list[i].Any() {
			must = append(must, f.resources.list[i])
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
	if err := f.example(must); err != nil || f.done {
		return err
	}
	return f.arns(must)
}

// example looks at the simplest ARN that all of must match, which mostly does.
func (f *finder) example(must []*resource.Pattern) error {
	if len(f.patterns) == 0 {
		return nil
	}
	q := resource.Query{Patterns: must, Partition: f.partition, Account: f.account}
	for i := range must {
		q.Must = append(q.Must, i)
	}
	var failed error
	err := q.Each(&f.budget, func(c resource.Class) bool {
		failed = f.class(c.Text, must, func(r int) bool { return f.resources.list[r].Match(c.Text) })
		return false
	})
	if failed != nil {
		return failed
	}
	return err
}

// bare looks at the resource "*".
func (f *finder) bare(must []*resource.Pattern) error {
	for _, m := range must {
		if !m.Star() {
			return nil
		}
	}
	return f.class("*", must, func(r int) bool { return f.resources.list[r].Star() })
}

// arns looks at the ARNs that all of must match.
func (f *finder) arns(must []*resource.Pattern) error {
	q := resource.Query{Partition: f.partition, Account: f.account}
	for i, m := range must {
		q.Patterns, q.Must = append(q.Patterns, m), append(q.Must, i)
	}
	index := map[int]int{}
	for _, r := range f.patterns {
		p := f.resources.list[r]
		if i := slices.Index(must, p); i >= 0 {
			index[r] = i
		} else if !slices.ContainsFunc(must, func(m *resource.Pattern) bool { return !m.Meets(p) }) {
			index[r] = len(q.Patterns)
			q.Patterns = append(q.Patterns, p)
		}
	}
	var failed error
	err := q.Each(&f.budget, func(c resource.Class) bool {
		failed = f.class(c.Text, must, f.matches(index, c.Match))
		return failed == nil && !f.done
	})
	if failed != nil {
		return failed
	}
	return err
}

func (f *finder) matches(index map[int]int, match bits.Set) func(int) bool {
	return func(r int) bool {
		if f.resources.list[r].Any() {
			return true
		}
		i, ok := index[r]
		return ok && match.Has(i)
	}
}

// class looks at one class of resources; match says which patterns match it.
func (f *finder) class(text string, must []*resource.Pattern, match func(int) bool) error {
	if f.budget -= len(f.problem.bodies); f.budget < 0 {
		return search.ErrBudget
	}
	key := f.key(match)
	if f.none[key] {
		return nil
	}
	regions := func(list []int, reach reach) []search.Box {
		var out []search.Box
		for _, b := range list {
			out = append(out, f.regions(b, match, reach)...)
		}
		return out
	}
	g := gap{finder: f, solution: solution{resource: text, must: must, caller: f.who}, denied: regions(f.x.deny, mayApply)}
	for _, start := range f.starts(match) {
		if err := g.without(start, regions(f.y.identity, mayApply)); err != nil || f.done {
			return err
		}
		if f.y.bounded {
			if err := g.without(start, regions(f.y.boundary, mayApply)); err != nil || f.done {
				return err
			}
		}
		if err := g.within(start, regions(f.y.deny, applies)); err != nil || f.done {
			return err
		}
	}
	if !g.found {
		f.none[key] = true
	}
	return nil
}

// key is the same for resources to which the same bodies apply, for b and c.
func (f *finder) key(match func(int) bool) string {
	out := []byte{byte(f.b), byte(f.b >> 8), byte(f.c), byte(f.c >> 8)}
	if f.who != nil {
		return string(out) + f.who.Type + f.who.Value
	}
	for _, b := range f.problem.bodies {
		out = append(out, f.about(b, match)...)
	}
	return string(out)
}

// about returns what decides whether a body is about a resource: 1 if a
// pattern without variables is, and otherwise those with variables that may be.
func (f *finder) about(b int, match func(int) bool) []byte {
	out := []byte{0}
	for _, r := range f.comparison.bodies[b].resources {
		if !match(r) {
			continue
		}
		if !f.resources.list[r].Variable {
			return []byte{1}
		}
		out = append(out, 2, byte(r), byte(r>>8), byte(r>>16))
	}
	return out
}

// starts returns where both b and c apply.
func (f *finder) starts(match func(int) bool) []search.Box {
	list := f.regions(f.b, match, applies)
	if f.who != nil {
		return f.fixed(list)
	}
	if f.c < 0 {
		return list
	}
	var out []search.Box
	for _, a := range list {
		for _, b := range f.regions(f.c, match, applies) {
			if both, ok := a.And(b); ok {
				out = append(out, both)
			}
		}
	}
	return out
}

// reach is where a body certainly applies, or where it may apply.
type reach int

const (
	applies reach = iota
	mayApply
)

// regions returns where a body applies to resources that the patterns match.
func (f *finder) regions(b int, match func(int) bool, reach reach) []search.Box {
	box, ok := f.boxes[reach][b]
	if !ok {
		return nil
	}
	have := f.comparison.bodies[b]
	if have.doubt != "" {
		return []search.Box{f.with(box, doubtName(b), true)}
	}
	if f.trust {
		return f.admits(have, box)
	}
	var maybe []string
	for _, r := range have.resources {
		if !match(r) {
			continue
		}
		if p := f.resources.list[r]; p.Variable {
			maybe = append(maybe, p.Text)
			continue
		}
		if have.not {
			return nil
		}
		return []search.Box{box}
	}
	if have.not {
		for _, name := range maybe {
			box = f.with(box, name, false)
		}
		return []search.Box{box}
	}
	var out []search.Box
	for _, name := range maybe {
		out = append(out, f.with(box, name, true))
	}
	return out
}

func (f *finder) with(b search.Box, name string, yes bool) search.Box {
	b = slices.Clone(b)
	f.space.Set(b, f.names[name], yes)
	return b
}

// gap looks for what one side lacks at one class of resources.
type gap struct {
	*finder
	solution
	denied []search.Box // by the side that allows
	found  bool
}

// without looks at the part of start that is not allowed.
func (g *gap) without(start search.Box, allowed []search.Box) error {
	return g.outside(start, append(slices.Clip(g.denied), allowed...))
}

// within looks at the parts of start that the other side denies.
func (g *gap) within(start search.Box, denied []search.Box) error {
	for _, d := range denied {
		if both, ok := start.And(d); ok {
			if err := g.outside(both, g.denied); err != nil || g.done {
				return err
			}
		}
	}
	return nil
}

func (g *gap) outside(in search.Box, out []search.Box) error {
	_, err := g.limit.Outside(in, out, func(b search.Box) bool {
		g.found = true
		s := g.solution
		s.box = b
		g.done = !g.visit(s)
		return !g.done
	})
	return err
}
