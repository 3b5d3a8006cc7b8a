package verdict

import (
	"maps"
	"slices"

	"iamctl/verdict/internal/resource"
)

// solveResource chooses values with which resources without wildcards are the one
// at hand.
func (d *draft) solveResource() {
	for _, r := range slices.Sorted(maps.Keys(d.variables)) {
		m := d.known.list[r]
		if d.names[m.Text] && d.variables[r].Plain() {
			d.bind(d.variables[r].Text, d.request.Resource)
		}
	}
}

// instantiate chooses values for the variables of the resources that are to
// match, and a resource that then does.
func (d *draft) instantiate() {
	variables := d.variables
	if d.request.Resource != "*" {
		d.require()
		if slices.ContainsFunc(d.must, func(m *resource.Pattern) bool { return d.names[m.Text] }) {
			d.fit()
		}
	}
	for _, r := range slices.Sorted(maps.Keys(variables)) {
		if d.names[d.known.list[r].Text] {
			d.bind(variables[r].Text, d.request.Resource)
		}
	}
}

// require adds to what the resource is made for what it has to match besides, such as a
// NotResource of the other side.
func (d *draft) require() {
	d.must = slices.Clip(d.must)
	for _, r := range slices.Sorted(maps.Keys(d.variables)) {
		if m := d.known.list[r]; d.names[m.Text] && !slices.Contains(d.must, m) {
			d.must = append(d.must, m)
		}
	}
}

// fit chooses a resource that matches what it was made for.
func (d *draft) fit() {
	variables := d.variables
	for _, r := range slices.Sorted(maps.Keys(variables)) {
		if m := d.known.list[r]; slices.Contains(d.must, m) {
			d.bind(variables[r].Text, d.request.Resource)
		}
	}
	q := resource.Query{Partition: d.partition, Account: d.account}
	for i, m := range d.must {
		q.Patterns, q.Must = append(q.Patterns, d.bound(m)), append(q.Must, i)
	}
	var want []bool // of the patterns that need not match
	for _, n := range d.patterns {
		m := d.known.list[n]
		if !m.Variable {
			q.Patterns, want = append(q.Patterns, m), append(want, m.Match(d.request.Resource))
		} else if t, ok := variables[n]; ok && !(d.solve && d.names[m.Text] && t.Plain()) {
			if text, ok := t.Pattern(d.value); ok {
				q.Patterns, want = append(q.Patterns, resource.Parse(text)), append(want, d.names[m.Text])
			}
		}
	}
	_ = q.Each(&d.budget, func(c resource.Class) bool {
		for i, is := range want {
			if c.Match.Has(len(d.must)+i) != is {
				return true
			}
		}
		d.request.Resource = c.Text
		return false
	})
}

// bound returns a resource with the values of its variables.
func (d *draft) bound(m *resource.Pattern) *resource.Pattern {
	for n, t := range d.variables {
		if d.known.list[n] == m {
			if text, ok := t.Pattern(d.value); ok {
				return resource.Parse(text)
			}
		}
	}
	return m
}
