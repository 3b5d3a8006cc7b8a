package many

import (
	"cmp"
	"slices"
	"strings"

	"iamctl/internal/driftkind"
	"iamctl/result"
	"iamctl/result/matrix"
	"iamctl/verdict"
	"iamctl/verdict/severity"
)

// pairDifference says what is different of a role of two accounts. Where control policies are
// counted the verdict is that of what they leave; the severity stays that of the policies, for
// control policies may go.
func pairDifference(r *result.Result, p *result.Pair) *matrix.Difference {
	d := &matrix.Difference{Kind: matrix.Differs, Severity: p.Severity(), Verdict: verdict.Equal}
	if d.Severity == "" {
		d.Severity = severity.None
	}
	var parts []string
	worst := 0
	add := func(name string, s *result.Scope, text string) {
		*scopeOf(d, name) = s
		if rank := result.Rank(s.Severity); len(parts) == 0 || rank >= worst {
			parts, worst = append(parts, text), rank
		} else {
			parts = slices.Insert(parts, 0, text)
		}
	}
	for _, scope := range []string{result.ScopeIdentity, result.ScopeTrust} {
		own, left, alone := p.Meaning.Of(scope), p.Meaning.Left(scope), effectAlone(p, scope)
		name := result.EffectiveOf(scope)
		differs := own != nil && !result.Unchanged(own)
		if differs {
			add(scope, own, leftOf(left)+say(scope, own))
		}
		if left != nil && (differs || alone) {
			*scopeOf(d, name) = left
		}
		if left != nil && (alone || differs && left.Verdict != verdict.Equal && left.Verdict != own.Verdict) {
			add(name, left, say(name, left))
		}
		switch {
		case left != nil && (differs || alone):
			d.Verdict = together(d.Verdict, left.Verdict)
		case differs:
			d.Verdict = together(d.Verdict, own.Verdict)
		}
	}
	if onlyEffects(p) {
		d.Kind = matrix.Effective
	} else {
		parts = append(parts, others(p)...)
	}
	d.What = strings.Join(parts, "; ")
	d.Roles, d.SameMeaning = [2]*result.Role{alone(&p.A), alone(&p.B)}, p.Counted() == 0 && len(p.Blind) == 0
	if len(p.Blind) > 0 {
		d.Verdict = verdict.Unknown
		d.What = strings.TrimPrefix(d.What+"; a part could not be read", "; ")
	}
	return d
}

// effectAlone reports whether control policies alone make a difference in a scope.
func effectAlone(p *result.Pair, scope string) bool {
	return slices.ContainsFunc(p.Attributes, func(a result.Attribute) bool {
		return a.Kind == driftkind.Effective && a.Effective() == result.EffectiveOf(scope)
	})
}

// onlyEffects reports whether nothing differs but what control policies leave.
func onlyEffects(p *result.Pair) bool {
	return len(p.Attributes) > 0 && p.Differences() == len(p.Attributes) && len(p.Blind) == 0 &&
		!slices.ContainsFunc(p.Attributes, func(a result.Attribute) bool { return a.Kind != driftkind.Effective })
}

// leftOf says that control policies leave nothing of a difference, "" if something is left or
// nobody asked.
func leftOf(left *result.Scope) string {
	if left == nil || left.Verdict != verdict.Equal {
		return ""
	}
	return left.Kind + ": "
}

func scopeOf(d *matrix.Difference, scope string) **result.Scope {
	switch scope {
	case result.ScopeTrust:
		return &d.Trust
	case result.ScopeEffective:
		return &d.Effective
	case result.ScopeEffectiveTrust:
		return &d.EffectiveTrust
	}
	return &d.Identity
}

func say(scope string, s *result.Scope) string {
	text := s.Kind
	if s.Verdict == verdict.Unknown && s.Reason != "" {
		text += ": " + s.Reason
	}
	switch scope {
	case result.ScopeTrust:
		return "trust: " + strings.TrimPrefix(text, "trust ")
	case result.ScopeEffective:
		return "effective: " + text
	case result.ScopeEffectiveTrust:
		return "effective trust: " + text
	}
	return text
}

// others says what differs that changes no permission.
func others(p *result.Pair) []string {
	var kinds []string
	for i := range p.Attributes {
		a := &p.Attributes[i]
		if a.Scope() == "" && a.Kind != driftkind.Effective && !slices.Contains(kinds, a.Kind) {
			kinds = append(kinds, a.Kind)
		}
	}
	if len(kinds) == 0 {
		if p.Meaning != nil && result.Unchanged(p.Meaning.Identity) && result.Unchanged(p.Meaning.Trust) {
			return []string{"written otherwise: no change in permission"}
		}
		return nil
	}
	return []string{differ(kinds)}
}

// nouns are what attributes are called, as subjects of a sentence.
var nouns = map[string]string{
	driftkind.RoleName: "letter case of the name", driftkind.MaxSessionDuration: "session duration",
	driftkind.InstanceProfile: "instance profiles", driftkind.Tag: "tags", driftkind.Future: "patterns of actions",
	driftkind.Policy: "policies", driftkind.Effective: "control policies",
}

// differ says which attributes differ.
func differ(kinds []string) string {
	list := make([]string, len(kinds))
	for i, k := range kinds {
		list[i] = cmp.Or(nouns[k], k)
	}
	last := len(list) - 1
	switch {
	case last > 0:
		return strings.Join(list[:last], ", ") + " and " + list[last] + " differ"
	case strings.HasSuffix(list[0], "s"):
		return list[0] + " differ"
	}
	return list[0] + " differs"
}

// together returns the verdict of two scopes.
func together(a, b verdict.Verdict) verdict.Verdict {
	switch {
	case a == b || b == verdict.Equal:
		return a
	case a == verdict.Equal:
		return b
	case a == verdict.Unknown || b == verdict.Unknown:
		return verdict.Unknown
	}
	return verdict.Different
}
