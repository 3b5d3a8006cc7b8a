package result

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"iamctl/internal/driftkind"
	"iamctl/inventory"
	"iamctl/verdict/severity"
)

// Finding is what differs as it is ranked: a common role that differs, a role of one
// account alone, or a policy that AWS changed.
type Finding struct {
	Pair   *Pair
	Unique *Unique
	// Side is the account that alone has a role, Both for other findings.
	Side int
	AWS  *AWSChange
	// Audited is a finding of an audit that one account alone has.
	Audited *OneSided
}

// Meaning returns what the finding means, nil where that is not known.
func (f *Finding) Meaning() *Meaning {
	switch {
	case f.Pair != nil:
		return f.Pair.Meaning
	case f.Unique != nil:
		return f.Unique.Meaning
	case f.AWS != nil:
		return f.AWS.Meaning
	}
	return nil
}

// Name returns the normalised name of the role, or that of the policy.
func (f *Finding) Name() string {
	switch {
	case f.Pair != nil:
		return f.Pair.RoleName
	case f.Unique != nil:
		return f.Unique.RoleName
	case f.AWS != nil:
		return f.AWS.PolicyName
	}
	return f.Audited.Entity
}

// Ranked yields all that differs, the worst first: by severity and severity.Place, then
// common roles before those of one account, what AWS changed and findings of audits, then by
// name.
func (r *Result) Ranked() iter.Seq[Finding] {
	var list []Finding
	for p := range pointers(r.CommonRoles) {
		if p.Differs {
			list = append(list, Finding{Pair: p, Side: Both})
		}
	}
	for side := range 2 {
		for u := range pointers(*r.UniqueRoles.Of(side)) {
			list = append(list, Finding{Unique: u, Side: side})
		}
	}
	for c := range pointers(r.AWSChanges) {
		list = append(list, Finding{AWS: c, Side: Both})
	}
	if r.Audit != nil {
		for o := range pointers(r.Audit.Findings) {
			list = append(list, Finding{Audited: o, Side: o.At()})
		}
	}
	slices.SortStableFunc(list, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(Rank(a.Severity()), Rank(b.Severity())), cmp.Compare(a.Place(), b.Place()))
	})
	return slices.Values(list)
}

// Place returns the place of the finding among those of its severity (severity.Place).
func (f *Finding) Place() int {
	if f.Pair != nil {
		return f.Pair.Meaning.place(f.Severity(), f.Pair.Meaning.Own)
	}
	return f.Meaning().place(f.Severity(), f.Meaning().Of)
}

// place returns the first place of the scopes that are of the level.
func (m *Meaning) place(l severity.Level, of func(scope string) *Scope) int {
	first := 0
	for _, scope := range Scopes() {
		if s := of(scope); s != nil && s.Severity == l {
			first = min(first, severity.Place(s.Severity, s.Kind))
		}
	}
	return first
}

// Severity returns how bad the finding is, "" where that is not known.
func (f *Finding) Severity() severity.Level {
	switch {
	case f.Pair != nil:
		return f.Pair.Severity()
	case f.Audited != nil:
		return f.Audited.Level()
	}
	return f.Meaning().Level()
}

// Rank returns the place of a severity, smaller for what is worse. What is not known comes
// before what is harmless.
func Rank(l severity.Level) int {
	if i := slices.Index(severity.Levels(), l); i >= 0 {
		return i
	}
	return slices.Index(severity.Levels(), severity.Low)
}

// Severity returns how bad the worst difference of the role is but for what AWS changed,
// "" where that is not known.
func (p *Pair) Severity() severity.Level {
	level := p.Meaning.OwnLevel()
	if p.Meaning == nil || level.Worse(severity.Low) {
		return level
	}
	for a := range pointers(p.Attributes) {
		if attributeSeverity(a.Kind) == severity.Low {
			return severity.Low
		}
	}
	return level
}

// Severity returns how bad a drift is, "" where that is not known: that of the
// permissions or of the trust which it is a part of. What is no permission is harmless,
// but for a session that may last longer and for a missing instance profile.
func (d *Drift) Severity() severity.Level {
	switch {
	case d.Finding != nil:
		return d.Finding.Level()
	case d.AWS != nil:
		return d.AWS.Meaning.Level()
	case d.Unique != nil:
		return d.Unique.Meaning.Level()
	}
	scope := d.Scope()
	if d.Attribute != nil && d.Attribute.Kind == driftkind.Effective {
		scope = d.Attribute.Effective()
	}
	switch {
	case scope != "" && d.Pair.Meaning.Of(scope) != nil:
		return d.Pair.Meaning.Own(scope).Severity
	case scope != "" || d.Pair.Meaning == nil:
		return ""
	}
	return attributeSeverity(d.Detail)
}

// attributeSeverity returns the severity of an attribute that is no permission.
func attributeSeverity(kind string) severity.Level {
	if kind == driftkind.MaxSessionDuration || kind == driftkind.InstanceProfile {
		return severity.Low
	}
	return severity.None
}

// Scope returns the scope of the role's meaning that a drift of a common role is a part
// of, "" for one that is no permission.
func (d *Drift) Scope() string {
	switch {
	case d.Pair == nil:
		return ""
	case d.Attribute != nil:
		return d.Attribute.Scope()
	}
	return ItemScope(d.Detail)
}

// Effective returns the scope that an attribute of the kind effective is about.
func (a *Attribute) Effective() string { return EffectiveOf(a.Key) }

// Scope is likewise the scope of an attribute.
func (a *Attribute) Scope() string {
	switch {
	case a.Kind == driftkind.Future && strings.HasPrefix(a.Key, string(inventory.Trust)+":"):
		return ScopeTrust
	case a.Kind == driftkind.Boundary, a.Kind == driftkind.Policy, a.Kind == driftkind.Future:
		return ScopeIdentity
	}
	return ""
}

// ItemScope returns the scope of the items of a type of policies.
func ItemScope(policyType string) string {
	if policyType == string(inventory.Trust) {
		return ScopeTrust
	}
	return ScopeIdentity
}
