package verdict

import (
	"maps"
	"slices"
	"strings"

	"iamctl/verdict/internal/bits"
	"iamctl/verdict/internal/search"
	"iamctl/verdict/internal/variable"
)

// resourceText is a resource with variables.
type resourceText struct {
	*variable.Text
	// front is the text before the last segment, last the last one.
	front string
	last  *variable.Text
}

// concrete is what a resource with variables is while they have some values.
type concrete struct {
	name    string
	pattern int
	// where is the points in which the variables have the values.
	where search.Box
}

// maxConcretes is how many values of the variables of a resource are looked at.
const maxConcretes = 8

// addVariable adds the resource of a number to those with variables.
func (p *problem) addVariable(r int) {
	t, ok := p.comparison.variables[r]
	if !ok {
		if p.comparison.variables == nil {
			p.comparison.variables = map[int]*resourceText{}
		}
		t = textOf(p.known.list[r].Text)
		p.comparison.variables[r] = t
	}
	if t == nil {
		return
	}
	if p.variables == nil {
		p.variables = map[int]*resourceText{}
	}
	p.variables[r] = t
}

// textOf takes a resource apart. It is nil for one that has a variable before the
// fifth colon: AWS does not say what that is.
func textOf(text string) *resourceText {
	list := strings.SplitN(text, ":", 6)
	if len(list) < 6 || strings.Contains(strings.Join(list[:5], ":"), "${") {
		return nil
	}
	last, ok := variable.Parse(list[5], true)
	if !ok {
		return nil
	}
	whole, _ := variable.Parse(text, true)
	return &resourceText{whole, strings.Join(list[:5], ":"), last}
}

// variableKeys returns the keys of the variables of resources.
func (p *problem) variableKeys() []string {
	var out []string
	for _, r := range slices.Sorted(maps.Keys(p.variables)) {
		out = append(out, p.variables[r].Keys()...)
	}
	return out
}

// exclude finds what no request is: a resource with a variable that has no
// value matches nothing, and one that another one covers matches less.
func (p *problem) exclude() {
	p.impossible = p.space.Impossible
	numbers := slices.Sorted(maps.Keys(p.variables))
	for _, r := range numbers {
		t := p.variables[r]
		for _, key := range t.Keys() {
			if t.Needs(key) {
				b := p.with(p.space.Any(), p.known.list[r].Text, true)
				p.space.Restrict(b, key, p.space.Absent(key))
				p.impossible = append(slices.Clip(p.impossible), b)
			}
		}
		for _, o := range numbers {
			if u := p.variables[o]; o != r && u.front == t.front && u.last.Covers(t.last) {
				b := p.with(p.space.Any(), p.known.list[r].Text, true)
				p.impossible = append(slices.Clip(p.impossible), p.with(b, p.known.list[o].Text, false))
			}
		}
		p.instances(r)
	}
}

// instances adds what a resource is for values of its variables that conditions
// tell from all others, and for absent ones.
func (p *problem) instances(r int) {
	t := p.variables[r]
	type instance struct {
		values map[string]string
		where  search.Box
	}
	list := []instance{{map[string]string{}, p.space.Any()}}
	for _, key := range t.Keys() {
		var next []instance
		add := func(i instance, value string, present bool, cells bits.Set) {
			if cells.Empty() || len(next) >= maxConcretes {
				return
			}
			n := instance{maps.Clone(i.values), slices.Clone(i.where)}
			if present {
				n.values[key] = value
			}
			p.space.Restrict(n.where, key, cells)
			next = append(next, n)
		}
		constants := p.space.Constants(key)
		for _, i := range list {
			if !t.Needs(key) {
				add(i, "", false, p.space.Absent(key))
			}
			for _, v := range slices.Sorted(maps.Keys(constants)) {
				add(i, v, true, constants[v])
			}
		}
		list = next
	}
	for _, i := range list {
		text, ok := t.Pattern(func(key string) (string, bool) { v, ok := i.values[key]; return v, ok })
		if !ok {
			continue
		}
		n := p.known.add(text, p.pattern)
		p.concretes = append(p.concretes, concrete{p.known.list[r].Text, n, i.where})
		if !p.known.list[n].Any() && !slices.Contains(p.patterns, n) {
			p.patterns = append(p.patterns, n)
		}
	}
}

// excluded returns what no request for a resource is, which the patterns match.
func (f *finder) excluded(match func(int) bool) []search.Box {
	if match == nil {
		return nil
	}
	var out []search.Box
	for _, c := range f.concretes {
		out = append(out, f.with(c.where, c.name, !match(c.pattern)))
	}
	return out
}
