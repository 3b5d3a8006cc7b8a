package report

import (
	"cmp"
	"slices"

	"iamctl/internal/driftkind"
	"iamctl/result"
	"iamctl/verdict"
)

// within adds what control policies leave of a scope that differs, where that was asked. That
// they alone make a difference is a drift, and a finding, of its own.
func (x *Finding) within(f *finder, p *result.Pair, scope string) {
	own, left := p.Meaning.Of(scope), p.Meaning.Left(scope)
	switch {
	case left == nil:
	case left.Verdict == verdict.Equal:
		x.What = f.esc(left.Kind, result.LineLimit) + ": " + x.What
	case !effectAlone(p, scope):
		if left.Verdict != own.Verdict || left.Kind != own.Kind {
			x.What += "; " + f.scope(result.EffectiveOf(scope), left)
		}
		x.Example = cmp.Or(f.example(result.EffectiveOf(scope), left), x.Example)
	}
}

// effectAlone reports whether control policies alone make a difference in a scope.
func effectAlone(p *result.Pair, scope string) bool {
	return slices.ContainsFunc(p.Attributes, func(a result.Attribute) bool {
		return a.Kind == driftkind.Effective && a.Effective() == result.EffectiveOf(scope)
	})
}

// nothingLeft reports whether control policies leave nothing of all that is open of a role.
func (f *finder) nothingLeft(p *result.Pair) bool {
	differs := false
	for _, scope := range scopes {
		if f.r.OpenScope(p, scope) == nil {
			continue
		}
		left := p.Meaning.Left(scope)
		if left == nil || left.Verdict != verdict.Equal || left.Future != verdict.Equal {
			return false
		}
		differs = true
	}
	return differs && !slices.ContainsFunc(p.Attributes, func(a result.Attribute) bool {
		return isOpen(&a.Mark) && a.Kind == driftkind.Effective
	})
}
