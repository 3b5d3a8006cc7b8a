package verdict

import (
	"maps"
	"slices"

	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/verdict/internal/actions"
)

// confirm asks the evaluator whether side x alone allows the request.
func (c *comparison) confirm(x int, r *eval.Request) (Witness, bool) {
	c.budget -= len(c.clauses) * (1 + len(r.Context))
	w := Witness{AllowedBy: x + 1, Request: *r, Allowed: c.decide(x, r)}
	if w.Allowed.Outcome != eval.Allowed {
		w.Refused = w.Allowed
		return w, false
	}
	w.Refused = c.decide(1-x, r)
	return w, w.Refused.Outcome == eval.NotAllowed || w.Refused.Outcome == eval.Denied
}

// readable returns the witness with what matters alone, an action that the
// reference does not have being as the documents write it.
func (c *comparison) readable(x int, w Witness, a *actions.Action) Witness {
	w = c.shorten(x, c.plausible(x, w, a))
	if a.Known == nil {
		r := w.Request
		r.Action = c.spelledAction(r.Action)
		w = c.instead(x, w, &r)
	}
	return w
}

// instead returns the witness with another request, if that is one.
func (c *comparison) instead(x int, w Witness, r *eval.Request) Witness {
	if other, ok := c.confirm(x, r); ok {
		other.Impossible = w.Impossible
		return other
	}
	return w
}

// shorten leaves out the context keys that do not matter, and of several values
// those that do not. What follows from who asks is there whatever a witness says: it
// is left out last, that the others are asked about with it.
func (c *comparison) shorten(x int, w Witness) Witness {
	keys := slices.Sorted(maps.Keys(w.Request.Context))
	if c.trust {
		keys = append(slices.DeleteFunc(slices.Clone(keys), saysWho), slices.DeleteFunc(keys, func(key string) bool { return !saysWho(key) })...)
	}
	for _, key := range keys {
		r := w.Request
		r.Context = maps.Clone(r.Context)
		delete(r.Context, key)
		w = c.instead(x, w, &r)
	}
	for _, key := range slices.Sorted(maps.Keys(w.Request.Context)) {
		for i := len(w.Request.Context[key]) - 1; i >= 0 && len(w.Request.Context[key]) > 1; i-- {
			r := w.Request
			r.Context = maps.Clone(r.Context)
			r.Context[key] = slices.Delete(slices.Clone(r.Context[key]), i, i+1)
			w = c.instead(x, w, &r)
		}
	}
	return w
}

// spelledAction returns an action that the reference does not have as a document
// writes it.
func (c *comparison) spelledAction(name string) string {
	for i := range c.statements {
		for _, p := range c.statements[i].patterns {
			if policy.CompareFold(p, name) == 0 {
				return p
			}
		}
	}
	return name
}
