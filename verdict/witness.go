package verdict

import (
	"maps"
	"slices"
	"strings"

	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/verdict/internal/condition"
	"iamctl/verdict/internal/resource"
)

// request returns the request of a solution.
func (p *problem) request(s solution, action string) *eval.Request {
	r := &eval.Request{Action: action, Resource: s.resource, Context: map[string][]string{}}
	keys, names := p.space.Choose(s.box)
	for _, k := range keys {
		r.Context[k.Key] = slices.Clone(k.Values)
	}
	for _, k := range keys {
		for _, c := range k.Yes {
			assign(r.Context, k, c)
		}
	}
	if s.caller != nil {
		r.Principal, r.Resource = s.caller.Principal, ""
		for _, key := range s.caller.keys {
			if _, ok := r.Context[key.name]; ok {
				r.Context[key.name] = []string{key.value}
			}
		}
		return r
	}
	p.instantiate(r, s, names)
	return r
}

// assign gives the variables of a comparison values with which it holds.
func assign(context map[string][]string, k condition.Chosen, c condition.Comparison) {
	i := slices.IndexFunc(c.Values, func(v string) bool { _, _, ok := policy.NextVariable(v); return ok })
	if i < 0 || len(context[k.Key]) == 0 {
		return
	}
	text := c.Values[i]
	if from, to, _ := policy.NextVariable(text); from == 0 && to == len(text) {
		v := policy.ParseVariable(text, from, to)
		key := policy.Fold(text[v.KeyFrom:v.KeyTo])
		if _, ok := context[key]; !ok {
			context[key] = context[k.Key][:1]
			return
		}
	}
	text = substitute(text, context)
	if c.Like {
		text = strings.ReplaceAll(text, "*", "")
		text = strings.ReplaceAll(text, "?", "x")
	}
	context[k.Key] = []string{text}
}

// substitute replaces the variables of a text by their values, and gives them
// one if they have none.
func substitute(text string, context map[string][]string) string {
	var b strings.Builder
	for {
		from, to, ok := policy.NextVariable(text)
		if !ok {
			b.WriteString(text)
			return b.String()
		}
		b.WriteString(text[:from])
		b.WriteString(valueOf(text[from:to], context))
		text = text[to:]
	}
}

func valueOf(variable string, context map[string][]string) string {
	switch variable {
	case "${*}", "${?}", "${$}":
		return variable[2:3]
	}
	v := policy.ParseVariable(variable, 0, len(variable))
	key := policy.Fold(variable[v.KeyFrom:v.KeyTo])
	if list := context[key]; len(list) == 1 {
		return list[0]
	}
	context[key] = []string{"x"}
	return "x"
}

// instantiate chooses values for the variables of the resources that are to
// match, and a resource that then does.
func (p *problem) instantiate(r *eval.Request, s solution, names []int) {
	chosen := map[string]bool{}
	for text, n := range p.names {
		chosen[text] = slices.Contains(names, n)
	}
	variable := func(m *resource.Pattern) bool { return m.Variable && chosen[m.Text] }
	texts := slices.Sorted(maps.Keys(chosen))
	for _, text := range texts {
		if chosen[text] && !strings.HasPrefix(text, "doubt\x00") {
			p.fill(text, r, s)
		}
	}
	if s.resource == "*" || !slices.ContainsFunc(s.must, variable) {
		return
	}
	q := resource.Query{Partition: p.partition, Account: p.account}
	for i, m := range s.must {
		if m.Variable {
			m = resource.Parse(literal(m.Text, r.Context))
		}
		q.Patterns, q.Must = append(q.Patterns, m), append(q.Must, i)
	}
	for _, n := range p.patterns {
		if m := p.known.list[n]; !m.Variable {
			q.Patterns = append(q.Patterns, m)
		}
	}
	_ = q.Each(&p.budget, func(c resource.Class) bool {
		for i, m := range q.Patterns[len(s.must):] {
			if c.Match.Has(len(s.must)+i) != m.Match(s.resource) {
				return true
			}
		}
		r.Resource = c.Text
		return false
	})
}

// fill gives the variables of a resource values.
func (p *problem) fill(text string, r *eval.Request, s solution) {
	// A resource without other wildcards says what the variable is.
	from, to, _ := policy.NextVariable(text)
	if rest := text[to:]; from >= 0 && !strings.Contains(rest, "${") && !strings.ContainsAny(text[:from]+rest, "*?") &&
		strings.HasPrefix(s.resource, text[:from]) && strings.HasSuffix(s.resource, rest) && len(s.resource) > from+len(rest) {
		v := policy.ParseVariable(text, from, to)
		key := policy.Fold(text[v.KeyFrom:v.KeyTo])
		if _, ok := r.Context[key]; !ok {
			r.Context[key] = []string{s.resource[from : len(s.resource)-len(rest)]}
			return
		}
	}
	substitute(text, r.Context)
}

// literal replaces variables by their values, in which wildcards are literal.
func literal(text string, context map[string][]string) string {
	var b strings.Builder
	for {
		from, to, ok := policy.NextVariable(text)
		if !ok {
			b.WriteString(text)
			return b.String()
		}
		b.WriteString(text[:from])
		if to-from == len("${*}") {
			b.WriteString(text[from:to])
		} else {
			b.WriteString(escape(valueOf(text[from:to], context)))
		}
		text = text[to:]
	}
}

var escape = strings.NewReplacer("*", "${*}", "?", "${?}", "$", "${$}").Replace

// confirm asks the evaluator whether side x alone allows the request.
func (c *comparison) confirm(x int, r *eval.Request) (Witness, bool) {
	w := Witness{AllowedBy: x + 1, Request: *r, Allowed: c.decide(x, r)}
	if w.Allowed.Outcome != eval.Allowed {
		w.Refused = w.Allowed
		return w, false
	}
	w.Refused = c.decide(1-x, r)
	return w, w.Refused.Outcome == eval.NotAllowed || w.Refused.Outcome == eval.Denied
}

// shorten leaves out the context keys that do not matter.
func (c *comparison) shorten(x int, w Witness) Witness {
	for _, key := range slices.Sorted(maps.Keys(w.Request.Context)) {
		r := w.Request
		r.Context = maps.Clone(r.Context)
		delete(r.Context, key)
		if less, ok := c.confirm(x, &r); ok {
			less.Impossible = w.Impossible
			w = less
		}
	}
	return w
}
