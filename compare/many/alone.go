package many

import (
	"strings"

	"iamctl/fleet"
	"iamctl/result"
	"iamctl/result/matrix"
	"iamctl/verdict"
	"iamctl/verdict/severity"
)

// alone returns a copy of a role, which does not keep the comparison in memory that it is of.
func alone(r *result.Role) *result.Role {
	out := *r
	return &out
}

// aloneWords say that the reference is not to have a role, and otherwiseWords that besides one
// form of it there are others.
const (
	aloneWords     = "a role that the others do not have"
	otherwiseWords = "a role that the reference does not have, and other accounts have in another form"
)

// aloneDifference says what it means that one account alone has a role.
func aloneDifference(kind string, u *result.Unique) *matrix.Difference {
	d := &matrix.Difference{Kind: kind, Severity: u.Meaning.Level(), Verdict: verdict.Equal, What: "the role is missing"}
	if kind == matrix.Extra {
		d.What = aloneWords
	}
	if u.Meaning == nil {
		d.Severity, d.Verdict = severity.Low, verdict.Unknown
		return d
	}
	for _, scope := range []string{result.ScopeIdentity, result.ScopeTrust} {
		if s := u.Meaning.Of(scope); s != nil && !result.Unchanged(s) {
			*scopeOf(d, scope) = s
			v := s.Verdict
			if left := u.Meaning.Left(scope); left != nil {
				*scopeOf(d, result.EffectiveOf(scope)) = left
				if v = left.Verdict; v == verdict.Equal {
					d.What += "; " + strings.TrimPrefix(scope+": ", result.ScopeIdentity+": ") + left.Kind
				}
			}
			d.Verdict = together(d.Verdict, v)
		}
	}
	return d
}

// otherwise corrects the words for the forms of a role that the reference does not have, where
// there are several.
func otherwise(r *matrix.Role, groups []fleet.Group) {
	forms := map[fleet.Form]bool{}
	for _, g := range groups {
		forms[g.Form] = true
	}
	if !r.Forms[0].Absent || len(forms) < 3 {
		return
	}
	for i := range r.Forms[1:] {
		d := r.Forms[i+1].Difference
		d.What = strings.Replace(d.What, aloneWords, otherwiseWords, 1)
	}
}
