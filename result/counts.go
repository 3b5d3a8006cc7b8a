package result

import (
	"slices"
	"strings"

	"iamctl/internal/driftkind"
	"iamctl/verdict"
	"iamctl/verdict/severity"
)

// The parts of a common role's drift: the scopes, and what is in none.
const (
	partOther = iota
	partIdentity
	partTrust
)

func partOf(scope string) int {
	switch scope {
	case ScopeIdentity:
		return partIdentity
	case ScopeTrust:
		return partTrust
	}
	return partOther
}

// OpenIn returns how many differences in a scope no waiver accepts, for "" of those that
// are in none.
func (p *Pair) OpenIn(scope string) int { return p.parts[partOf(scope)].open }

// OpenScope returns what the differences of a role in a scope mean, nil where that is
// nothing or all of them are waived. A scope of which no difference is listed may differ
// all the same, or nobody can say: but for a run that ignores something it counts.
func (r *Result) OpenScope(p *Pair, scope string) *Scope {
	s, n := p.Meaning.Own(scope), p.parts[partOf(scope)]
	if s == nil || Unchanged(s) || n.open == 0 && (n.all > 0 || len(r.Ignored) > 0) {
		return nil
	}
	return s
}

// Unchanged reports whether s is about policies that are written in another way and
// permit the same, today and when AWS adds actions.
func Unchanged(s *Scope) bool {
	return s != nil && s.Verdict == verdict.Equal && s.Future == verdict.Equal && s.Severity == severity.None
}

// Matters reports whether a drift counts: by items every one does, by meaning only one
// that changes what is permitted or that nobody could judge. The gain of a permission
// that AWS does not have yet is one, and so are a boundary, an instance profile, the
// length of sessions and a role that an account does not have.
func (r *Result) Matters(d *Drift) bool {
	if r.Meta.By != ByMeaning || d.Unique != nil || d.Finding != nil {
		return true
	}
	if d.AWS != nil {
		return d.AWS.Meaning == nil || r.changed(d.AWS.Meaning.Identity)
	}
	switch scope := d.Scope(); {
	case d.Pair.Meaning == nil || d.Pair.unlisted:
		return true
	case d.Kind == DriftAttribute && d.Detail == driftkind.Boundary && d.Side != Both:
		return true
	case scope != "":
		return r.changed(d.Pair.Meaning.deciding(scope))
	}
	return d.Detail == driftkind.Effective || d.Detail == driftkind.InstanceProfile || d.Detail == driftkind.MaxSessionDuration
}

// changed reports whether a scope's verdict is another than EQUAL, and not for pairs alone
// that the reference calls impossible where those are to be ignored.
func (r *Result) changed(s *Scope) bool {
	switch {
	case s == nil:
		return true
	case s.Verdict == verdict.Equal && s.Future == verdict.Equal:
		return false
	}
	return !strings.HasPrefix(s.Kind, onlyImpossible) || !slices.Contains(r.Ignored, driftkind.Impossible)
}

// onlyImpossible begins the kind of a change that rests on impossible pairs alone.
const onlyImpossible = "impossible"

// isUnlisted reports whether a role has a scope with another verdict than EQUAL of which
// no difference is listed: its other differences count then, rather than none. What is
// ignored on request is not listed either.
func (r *Result) isUnlisted(p *Pair) bool {
	if p.Meaning == nil || len(r.Ignored) > 0 {
		return false
	}
	for part, scope := range []string{partIdentity: ScopeIdentity, partTrust: ScopeTrust} {
		if scope != "" && p.parts[part].all == 0 && p.Meaning.Of(scope) != nil && r.changed(p.Meaning.deciding(scope)) {
			return true
		}
	}
	return false
}
