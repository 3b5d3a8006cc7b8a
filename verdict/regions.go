package verdict

import (
	"slices"

	"iamctl/verdict/internal/search"
)

// starts returns where b and all of limiting apply.
func (f *finder) starts(match func(int) bool) []search.Box {
	list := f.regions(nil, f.b, match, applies)
	for _, c := range f.limiting {
		list = common(list, f.regions(nil, c, match, applies))
	}
	if f.who != nil {
		return f.fixed(list)
	}
	return list
}

// common returns what boxes of both lists have in common.
func common(x, y []search.Box) []search.Box {
	var out []search.Box
	for _, a := range x {
		for _, b := range y {
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

// regions appends where a body applies to resources that the patterns match.
func (f *finder) regions(out []search.Box, b int, match func(int) bool, reach reach) []search.Box {
	box := f.box(b, reach)
	if box == nil {
		return out
	}
	have := f.comparison.bodies[b]
	if have.doubt != "" {
		return append(out, f.with(box, doubtName(b), true))
	}
	if f.trust {
		return append(out, f.admits(have, box)...)
	}
	var maybe []string
	for _, r := range have.resources {
		if !match(r) {
			continue
		}
		if p := f.known.list[r]; p.Variable {
			maybe = append(maybe, p.Text)
			continue
		}
		if have.not {
			return out
		}
		return append(out, box)
	}
	if have.not {
		for _, name := range maybe {
			box = f.with(box, name, false)
		}
		return append(out, box)
	}
	for _, name := range maybe {
		out = append(out, f.with(box, name, true))
	}
	return out
}

// all returns where any of the bodies applies.
func (f *finder) all(bodies []int, match func(int) bool, reach reach) []search.Box {
	var out []search.Box
	for _, b := range bodies {
		out = f.regions(out, b, match, reach)
	}
	return out
}

// with returns the part of a box in which a name is yes or no.
func (p *problem) with(b search.Box, name string, yes bool) search.Box {
	b = slices.Clone(b)
	p.space.Set(b, p.names[name], yes)
	return b
}
