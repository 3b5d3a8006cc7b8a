package compare

import (
	"fmt"

	"iamctl/internal/visible"
	"iamctl/result"
	"iamctl/verdict"
	"iamctl/waiver"
)

// MeaningWaiver returns a waiver that is bound to what the differences of a scope of a
// role mean, with all else as in a template. Its error says why there can be none.
func MeaningWaiver(run *result.Result, p *result.Pair, scope string, template waiver.Waiver) (waiver.Waiver, error) {
	role, m, allowed := visible.Escape(p.RoleName), p.Meaning.Of(scope), p.Allowed.Of(scope)
	switch {
	case m == nil:
		return template, fmt.Errorf("%s: the run does not say what its drift means: compare again with this iamctl", role)
	case m.Verdict == verdict.Unknown:
		return template, fmt.Errorf("%s: what its drift means (%s) was not decided, so nobody could say whether it grows: %s", role, scope, visible.Escape(m.Reason))
	case allowed == nil && (m.Verdict != verdict.Equal || m.Future != verdict.Equal):
		return template, fmt.Errorf("%s: what its drift means (%s) cannot be kept: a document, or a placeholder of the dictionary, has < or > in it", role, scope)
	}
	w := template
	w.Fingerprint, w.Role = run.MeaningFingerprint(p, scope), role
	w.Drift = visible.Escape(scope + " " + string(m.Verdict) + ": " + m.Kind)
	w.Meaning, w.Comparison = &waiver.Meaning{Scope: scope}, run.Tags()
	if allowed != nil {
		for side := range 2 {
			a := allowed.Of(side)
			w.Meaning.Accepted[side] = waiver.Permissions{Documents: a.Documents, Boundary: a.Boundary}
		}
	}
	return w, nil
}
