package report

import (
	"iamctl/result"
)

// Meant says what the differences mean that a drift is one of, in the words of Findings: the
// verdict, what changed, and a request that one account alone allows, such as "MORE: broadened:
// writes, 1 action more; e.g. qa alone: s3:PutObject on *". It is "" where that
// is not known, and for a drift that is no permission.
func Meant(esc result.Escape, r *result.Result, d *result.Drift) string {
	var x Finding
	var s *result.Scope
	f := newFinder(esc, r)
	switch {
	case d.Finding != nil:
		x = f.audited(d.Finding)
		if x.Example != "" {
			return x.What + "; e.g. " + x.Example
		}
		return x.What
	case d.AWS != nil && d.AWS.Meaning != nil:
		s = d.AWS.Meaning.Identity
	case d.Unique != nil && d.Unique.Meaning != nil:
		s = d.Unique.Meaning.Identity
		x = f.unique(d.Unique, d.Side)
	case d.Pair != nil && d.Scope() != "":
		s = d.Pair.Meaning.Own(d.Scope())
	}
	if s == nil {
		return ""
	}
	switch {
	case d.Unique != nil:
	case result.Unchanged(s):
		x.What = f.same(d.Scope(), s)
	default:
		scope := result.ScopeIdentity
		if d.Pair != nil {
			scope = d.Scope()
		}
		x.What, x.Example = f.scope(scope, s), f.example(scope, s)
	}
	text := string(s.Verdict)
	if x.What != "" {
		text += ": " + x.What
	}
	if x.Example != "" {
		text += "; e.g. " + x.Example
	}
	return text
}
