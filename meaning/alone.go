package meaning

import (
	"slices"

	"iamctl/normalize"
	"iamctl/policy"
	"iamctl/verdict"
	"iamctl/verdict/severity"
)

// Written are the documents of a role as its account has them, as JSON.
type Written struct {
	Identity, Trust []string
	// Boundary is nil if there is none.
	Boundary []string
}

// GrowthAlone returns how bad that is what a role of one account alone has more than it had
// before: low at most where that is nothing. Where that cannot be said it is level, the
// severity of all that the role has, and never worse.
func (j *Judge) GrowthAlone(side int, r *normalize.Role, before Written, level severity.Level) severity.Level {
	now := j.role(side, r, nil)
	var sides [2]role
	for _, list := range []struct {
		then []string
		now  []*document
		into func(*role) *[]*document
	}{
		{before.Identity, now.identity, func(r *role) *[]*document { return &r.identity }},
		{before.Boundary, now.boundary, func(r *role) *[]*document { return &r.boundary }},
		{before.Trust, now.trust, func(r *role) *[]*document { return &r.trust }},
	} {
		for _, text := range list.then {
			d, problems, err := policy.Parse(text)
			if err != nil || slices.ContainsFunc(problems, func(p policy.Problem) bool { return !p.Minor }) {
				return level
			}
			*list.into(&sides[0]) = append(*list.into(&sides[0]), &document{written: d})
		}
		for _, d := range list.now {
			if d.problem != "" || d.written == nil {
				return level
			}
		}
		*list.into(&sides[1]) = list.now
	}
	own := form(func(d *document) *policy.Document { return d.written })
	old, new := sides[0].permissions(own), sides[1].permissions(own)
	identity := j.comparer.Identity(old, new)
	trust := j.comparer.Trust(sides[0].trusted(own), sides[1].trusted(own))
	worst := severity.Low
	// The account's roles are known by other names: without them more is a way to more.
	for _, judged := range []severity.Judgement{severity.Identity(j.comparer, old, new, identity), severity.Trust(j.comparer, sides[0].trusted(own), sides[1].trusted(own), trust)} {
		if judged.Level.Worse(worst) {
			worst = judged.Level
		}
	}
	for _, v := range []verdict.Verdict{identity.Verdict, identity.Future, trust.Verdict, trust.Future} {
		if v == verdict.Unknown {
			return level
		}
	}
	if worst.Worse(level) {
		return level
	}
	return worst
}
