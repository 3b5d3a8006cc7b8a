package severity

import (
	"strings"

	"iamctl/policy/eval"
	"iamctl/verdict"
)

// unbounded judges a gain that the old boundary would not allow.
func (j *judge) unbounded() *Judgement {
	if j.old.Boundary == nil {
		return nil
	}
	kept := &verdict.Permissions{Identity: j.new.Identity, Boundary: j.old.Boundary, Control: j.new.Control}
	w := gained(j.Result)
	if w == nil || kept.Decide(&w.Request).Outcome == eval.Allowed {
		if w = j.beyond(kept); w == nil {
			return nil
		}
	}
	if j.unlimited(j.new) {
		return &Judgement{Level: Critical, Kind: boundaryRemoved + ": " + j.amount(), Witness: w}
	}
	return j.because("boundary changed", w)
}

// bounded is a finding that may be due to the boundary, which it names then.
func (j *judge) bounded(f *Judgement) *Judgement {
	if f.Level != Critical || strings.HasPrefix(f.Kind, boundaryRemoved) {
		return f
	}
	switch why := j.unbounded(); {
	case why == nil:
	case j.unlimited(j.new):
		f.Kind = boundaryRemoved + ": " + f.Kind
	default:
		f.Kind = "boundary changed: " + f.Kind
	}
	return f
}

const boundaryRemoved = "boundary removed"

// beyond returns a witness of what was gained and the permissions do not allow, nil if
// that is nothing or impossible.
func (j *judge) beyond(kept *verdict.Permissions) *verdict.Witness {
	return j.replayed(gainedPossible(j.c.Identity(kept, j.new)))
}

// unlimited reports whether no boundary limits the permissions.
func (j *judge) unlimited(p *verdict.Permissions) bool {
	return p.Boundary == nil || j.everything(&verdict.Permissions{Identity: p.Boundary})
}

// loss says what a change is that takes something away.
func (j *judge) loss() string {
	less := actions(j.Lost.Actions) + " less"
	w := witnessOf(j.Result, 1)
	if w == nil {
		return "narrowed: " + less
	}
	allows := func(p *verdict.Permissions) bool { return p.Decide(&w.Request).Outcome == eval.Allowed }
	if j.new.Boundary != nil && allows(&verdict.Permissions{Identity: j.new.Identity, Boundary: j.old.Boundary, Control: j.new.Control}) {
		if j.unlimited(j.old) {
			return "boundary added: " + less
		}
		return "boundary changed: " + less
	}
	if !allows(with(j.new, unconditioned(nil))) {
		return "narrowed: " + less
	}
	keys := due(keysOf(documents(j.new)...), func(keys map[string]bool) bool { return allows(with(j.new, unconditioned(keys))) })
	return j.named(keys) + " added: " + less
}
