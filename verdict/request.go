package verdict

import (
	"slices"
	"strings"

	"iamctl/policy/eval"
	"iamctl/verdict/internal/condition"
	"iamctl/verdict/internal/variable"
)

// attempt is a way to choose the values of variables.
type attempt struct {
	// fresh is the value of those that nothing is said of, rest is what a `*`
	// is beside them.
	fresh, rest string
	// solve says that a variable is what makes its text the value of the key or
	// the resource at hand, where there is such a value.
	solve bool
	// other says that keys have other values than the simplest, where they may.
	other bool
}

// attempts are made one after the other, the simplest first. Without variables
// the first one is all.
var attempts = []attempt{
	{fresh: "x", solve: true},
	{fresh: "x"},
	{fresh: "x", rest: "y"},
	{fresh: "y", rest: "x"},
	{fresh: "x", rest: "y", solve: true, other: true},
	{fresh: "y", rest: "x", other: true},
}

// draft is a request in the making.
type draft struct {
	*problem
	solution
	attempt
	request *eval.Request
	// names are those that are taken to be yes.
	names map[string]bool
	// chosen are the cells of keys, by key; fixed are the keys whose values
	// others depend on.
	chosen map[string]condition.Chosen
	fixed  map[string]bool
}

// requests calls try with requests of a solution until it returns false.
func (p *problem) requests(s solution, action string, try func(*eval.Request) bool) {
	for i, a := range attempts {
		if i > 0 && !p.space.Variables() && len(p.variables) == 0 {
			return
		}
		if !try(p.request(s, action, a)) {
			return
		}
	}
}

// request returns a request of a solution.
func (p *problem) request(s solution, action string, a attempt) *eval.Request {
	r := &eval.Request{Action: action, Resource: s.resource, Context: map[string][]string{}}
	keys, names := p.space.Choose(s.box)
	for _, k := range keys {
		r.Context[k.Key] = slices.Clone(k.Values)
	}
	p.budget -= len(p.names) + (1+len(keys))*len(p.variables)/8
	if s.caller == nil && len(p.variables) == 0 && !p.space.Variables() {
		setTime(r, keys)
		return r
	}
	d := draft{problem: p, solution: s, attempt: a, request: r, names: map[string]bool{}, chosen: map[string]condition.Chosen{}, fixed: map[string]bool{}}
	for text, n := range p.names {
		d.names[text] = slices.Contains(names, n)
	}
	for _, k := range keys {
		d.chosen[k.Key] = k
		if other, ok := p.space.Other(k); ok && a.other {
			r.Context[k.Key] = []string{other}
		}
	}
	if d.solve {
		d.solveResource()
	}
	for _, k := range keys {
		for _, c := range k.Holds {
			d.assign(k.Key, c)
		}
	}
	if s.caller != nil {
		r.Principal, r.Resource = s.caller.Principal, ""
		for _, key := range s.caller.keys {
			if delete(r.Context, key.name); key.value != "" {
				r.Context[key.name] = []string{key.value}
			}
		}
	} else {
		d.instantiate()
	}
	setTime(r, keys)
	return r
}

// setTime writes the time of a request as conditions do.
func setTime(r *eval.Request, keys []condition.Chosen) {
	for _, k := range keys {
		if k.Key != condition.CurrentTime || !slices.Contains(k.Written, condition.EpochTime) {
			continue
		}
		if list := r.Context[k.Key]; len(list) == 1 {
			r.Context[condition.EpochTime] = []string{condition.InSeconds(list[0])}
		}
		if !slices.Contains(k.Written, k.Key) {
			delete(r.Context, k.Key)
		}
	}
}

// value returns the value of a variable's key.
func (d *draft) value(key string) (string, bool) {
	if list := d.request.Context[key]; len(list) == 1 {
		return list[0], true
	}
	return "", false
}

// bind chooses values for the variables of a text that have none, such that it is
// s if that is to be.
func (d *draft) bind(t *variable.Text, s string) {
	if key, v, ok := t.Value(s); ok && d.solve && s != "" && v != "" && !d.fixed[key] {
		if k, has := d.chosen[key]; !has || d.space.Fits(k, v) {
			d.request.Context[key] = []string{v}
		}
	}
	for _, key := range t.Keys() {
		d.fixed[key] = true
		if _, ok := d.value(key); !ok && t.Needs(key) {
			d.request.Context[key] = []string{d.fresh}
		}
	}
}

// assign chooses values with which a comparison of a key holds.
func (d *draft) assign(key string, c condition.Comparison) {
	have, _ := d.value(key)
	d.bind(c.Text, have)
	if pattern, ok := c.Pattern(d.value); ok && !c.Holds(have, d.value) {
		text := d.simplest(pattern)
		if d.other && c.Fold() {
			text = strings.ToUpper(text)
		}
		d.request.Context[key] = []string{text}
	}
}

// simplest returns a text that a pattern matches.
func (d *draft) simplest(pattern string) string {
	return strings.NewReplacer("${*}", "*", "${?}", "?", "${$}", "$", "*", d.rest, "?", d.fresh).Replace(pattern)
}
