package verdict

import (
	"maps"
	"slices"

	"iamctl/policy/eval"
)

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
