package verdict

import (
	"slices"

	"iamctl/verdict/internal/bits"
	"iamctl/verdict/internal/resource"
	"iamctl/verdict/internal/search"
)

// example looks at the simplest ARN that all of must match, which mostly does.
func (f *finder) example(must []*resource.Pattern) error {
	if len(f.patterns) == 0 {
		return nil
	}
	arn, ok, err := f.Comparer.example(must, &f.budget)
	if err != nil || !ok {
		return err
	}
	return f.class(arn, must, func(r int) bool { return f.known.list[r].Match(arn) })
}

// bare looks at the resource "*".
func (f *finder) bare(must []*resource.Pattern) error {
	for _, m := range must {
		if !m.Star() {
			return nil
		}
	}
	return f.class("*", must, func(r int) bool { return f.known.list[r].Star() })
}

// arns looks at the ARNs that all of must match.
func (f *finder) arns(must []*resource.Pattern) error {
	q := resource.Query{Partition: f.partition, Account: f.account}
	for i, m := range must {
		q.Patterns, q.Must = append(q.Patterns, m), append(q.Must, i)
	}
	index := make([]int, len(f.known.list)) // from 1, 0 for those that are not asked for
	for _, r := range f.patterns {
		p := f.known.list[r]
		if i := slices.Index(must, p); i >= 0 {
			index[r] = i + 1
		} else if !slices.ContainsFunc(must, func(m *resource.Pattern) bool { return !m.Meets(p) }) {
			q.Patterns = append(q.Patterns, p)
			index[r] = len(q.Patterns)
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

func (f *finder) matches(index []int, match bits.Set) func(int) bool {
	return func(r int) bool {
		i := index[r]
		return i > 0 && match.Has(i-1) || f.known.list[r].Any()
	}
}

// class looks at one class of resources; match says which patterns match it.
func (f *finder) class(text string, must []*resource.Pattern, match func(int) bool) error {
	if f.budget -= len(f.problem.bodies); f.budget < 0 {
		return search.ErrBudget
	}
	key := f.key(match)
	if f.none[string(key)] {
		return nil
	}
	starts := f.starts(match)
	if len(starts) == 0 {
		return nil
	}
	g := gap{finder: f, solution: solution{resource: text, must: must, caller: f.who}, denied: f.all(f.x.deny, match, mayApply)}
	g.denied = append(append(g.denied, f.impossible...), f.excluded(match)...)
	allowed, denied := f.all(f.y.identity, match, mayApply), f.all(f.y.deny, match, applies)
	bounds := make([][]search.Box, len(f.y.limits))
	for i, list := range f.y.limits {
		bounds[i] = f.all(list, match, mayApply)
	}
	for _, start := range starts {
		if err := g.without(start, allowed); err != nil || f.done {
			return err
		}
		for _, list := range bounds {
			if err := g.without(start, list); err != nil || f.done {
				return err
			}
		}
		if err := g.within(start, denied); err != nil || f.done {
			return err
		}
	}
	if !g.found {
		if f.none == nil {
			f.none = map[string]bool{}
		}
		f.none[string(key)] = true
	}
	return nil
}

// key is the same for resources to which the same bodies apply, for b and limiting.
func (f *finder) key(match func(int) bool) []byte {
	out := append(f.scratch[:0], byte(f.b), byte(f.b>>8))
	for _, c := range f.limiting {
		out = append(out, byte(c), byte(c>>8))
	}
	if f.who != nil {
		out = append(append(out, f.who.Type...), f.who.Value...)
		for _, k := range f.who.keys {
			out = append(append(out, 0), k.value...)
		}
	} else {
		for _, b := range f.problem.bodies {
			out = f.about(out, b, match)
		}
	}
	for _, c := range f.concretes {
		out = append(out, map[bool]byte{true: 1}[match(c.pattern)])
	}
	f.scratch = out
	return out
}

// about appends what decides whether a body is about a resource: 1 if a
// pattern without variables is, and otherwise those with variables that may be.
func (f *finder) about(out []byte, b int, match func(int) bool) []byte {
	from := len(out)
	out = append(out, 0)
	for _, r := range f.comparison.bodies[b].resources {
		if !match(r) {
			continue
		}
		if !f.known.list[r].Variable {
			return append(out[:from], 1)
		}
		out = append(out, 2, byte(r), byte(r>>8), byte(r>>16))
	}
	return out
}
