package severity

import (
	"maps"

	"iamctl/policy/eval"
	"iamctl/verdict"
)

// gained returns the witness of what the new side alone allows, nil if there is none.
func gained(r *verdict.Result) *verdict.Witness { return witnessOf(r, 2) }

// gainedPossible is like gained, and knows of no witness that the reference calls impossible.
func gainedPossible(r *verdict.Result) *verdict.Witness {
	if w := gained(r); w != nil && !w.Impossible {
		return w
	}
	return nil
}

func witnessOf(r *verdict.Result, side int) *verdict.Witness {
	for i := range r.Witnesses {
		if r.Witnesses[i].AllowedBy == side {
			return &r.Witnesses[i]
		}
	}
	return nil
}

// replayed returns the witness of a part of a comparison for all of it, nil if the
// evaluator does not confirm that.
func replayed(w *verdict.Witness, old, new func(*eval.Request) eval.Decision) *verdict.Witness {
	if w == nil {
		return nil
	}
	out := verdict.Witness{AllowedBy: w.AllowedBy, Request: w.Request, Impossible: w.Impossible}
	out.Allowed, out.Refused = new(&w.Request), old(&w.Request)
	if w.AllowedBy == 1 {
		out.Allowed, out.Refused = old(&w.Request), new(&w.Request)
	}
	if out.Allowed.Outcome != eval.Allowed || !refuses(out.Refused) {
		return nil
	}
	return &out
}

func refuses(d eval.Decision) bool {
	return d.Outcome == eval.NotAllowed || d.Outcome == eval.Denied
}

// withKey returns a request in whose context a key has one value.
func withKey(r *eval.Request, key, value string) *eval.Request {
	out := *r
	out.Context = maps.Clone(r.Context)
	if out.Context == nil {
		out.Context = map[string][]string{}
	}
	out.Context[key] = []string{value}
	return &out
}

// Show returns a result whose witness of what the new side alone allows is that of the
// judgement, if it has one.
func (j *Judgement) Show(r *verdict.Result) *verdict.Result {
	if j.Witness == nil {
		return r
	}
	out := *r
	out.Witnesses = nil
	if w := witnessOf(r, 1); w != nil {
		out.Witnesses = append(out.Witnesses, *w)
	}
	out.Witnesses = append(out.Witnesses, *j.Witness)
	return &out
}
