package result

import (
	"cmp"

	"iamctl/meaning"
	"iamctl/policy"
)

// Allowed is what both roles of a pair allow in the scopes in which that differs.
type Allowed struct {
	Identity *Sides[AllowedDocuments] `json:"identity,omitempty"`
	Trust    *Sides[AllowedDocuments] `json:"trust,omitempty"`
}

// AllowedDocuments is what a role allows: JSON documents as the dictionary rewrites
// them, with <NAME> for the placeholder NAME.
type AllowedDocuments struct {
	Documents []string `json:"documents"`
	// Boundary is nil if there is none.
	Boundary []string `json:"boundary,omitempty"`
}

// Of returns the documents of a scope, nil if they are not known.
func (a *Allowed) Of(scope string) *Sides[AllowedDocuments] {
	switch {
	case a == nil:
		return nil
	case scope == ScopeTrust:
		return a.Trust
	}
	return a.Identity
}

func allowedOf(m *meaning.Meaning) *Allowed {
	if m == nil {
		return nil
	}
	out := Allowed{Identity: sidesAllowed(m.Identity), Trust: sidesAllowed(m.Trust)}
	if out == (Allowed{}) {
		return nil
	}
	return &out
}

func sidesAllowed(s *meaning.Scope) *Sides[AllowedDocuments] {
	if s == nil || s.Allowed == nil {
		return nil
	}
	a, b := s.Allowed[0], s.Allowed[1]
	return &Sides[AllowedDocuments]{AllowedDocuments{listed(a.Documents), a.Boundary}, AllowedDocuments{listed(b.Documents), b.Boundary}}
}

// listed returns a list that is not nil.
func listed(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

// MeaningFingerprint names what the differences of a scope of a common role mean,
// whatever they are. It stays when the accounts change sides.
func (r *Result) MeaningFingerprint(p *Pair, scope string) string {
	tags, names := r.Tags(), [2]string{policy.Fold(p.A.RoleName), policy.Fold(p.B.RoleName)}
	first := 0
	if cmp.Less(tags[1], tags[0]) {
		first = 1
	}
	return Fingerprint("iamctl meaning 1", scope, tags[first], names[first], tags[1-first], names[1-first])
}
