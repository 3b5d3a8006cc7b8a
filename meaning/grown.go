package meaning

import (
	"cmp"

	"iamctl/diff"
	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/verdict"
	"iamctl/verdict/growth"
	"iamctl/verdict/severity"
)

// Grown says in words where what a role of both accounts decides differently, of a scope
// whose verdict is known, is more than was accepted, or may be; "" if it is within that
// (package growth). A boundary that one side alone has must have been so then.
func (j *Judge) Grown(p *diff.Pair, trust bool, accepted [2]Allowed) string {
	var then, now growth.Roles
	s := &scope{}
	for side, r := range []*role{j.role(0, p.A, nil), j.role(1, p.B, nil)} {
		s.identity[side], s.boundary[side] = r.asked(trust)
		now[side] = &verdict.Permissions{Identity: form(tokens).all(s.identity[side]), Boundary: form(tokens).all(s.boundary[side])}
		var problem string
		if then[side], problem = j.libraries[side].kept(&accepted[side]); problem != "" {
			return "a document of the waiver " + problem
		}
	}
	if why := s.lostBoundary(j, &accepted); why != "" {
		return why
	}
	of := growth.Identity
	if trust {
		of = growth.Trust
	}
	g := of(j.comparer, then, now)
	switch {
	case g == nil:
		return ""
	case g.Request == nil:
		return j.tag(g.Side) + " may be allowed more than was accepted: " + g.Reason
	}
	return j.tag(g.Side) + " " + said(s.translations(j.lexicon, g.Side, g.Request)[0], trust) + ", " + j.tag(1-g.Side) + " does not, and that was not accepted"
}

func (j *Judge) tag(side int) string { return j.libraries[side].account.Tag }

// said returns a request that a role allows, in words.
func said(r *eval.Request, trust bool) string {
	if trust {
		return "lets in " + r.Principal.Value + " by " + r.Action
	}
	return "allows " + r.Action + " on " + r.Resource
}

// kept returns what was kept of a role, with tokens, or what is wrong with it.
func (l *library) kept(a *Allowed) (p *verdict.Permissions, problem string) {
	p = &verdict.Permissions{}
	read := func(list []string) (out []*policy.Document) {
		if list != nil {
			out = []*policy.Document{}
		}
		for _, text := range list {
			d, why := l.unmarked(text)
			if d != nil {
				out = append(out, d)
			}
			problem = cmp.Or(problem, why)
		}
		return out
	}
	p.Identity, p.Boundary = read(a.Documents), read(a.Boundary)
	return p, problem
}

// lostBoundary says which boundary one side alone has now, and had not alone when that
// was accepted: it may keep the other role from nothing today.
func (s *scope) lostBoundary(j *Judge, accepted *[2]Allowed) string {
	for side := range 2 {
		alone := s.boundary[side] != nil && s.boundary[1-side] == nil
		if alone && (accepted[side].Boundary == nil || accepted[1-side].Boundary != nil) {
			return "the boundary " + s.boundary[side][0].Name + " is in " + j.tag(side) + " and not in " + j.tag(1-side)
		}
	}
	return ""
}

// Growth returns how bad that is what a role of both accounts decides differently and did
// not before: low at most where that is nothing (Grown). What account B's role gained is
// judged by itself, if account A's lost nothing. Where that cannot be said it is level, the
// severity of all that differs, and never worse.
func (j *Judge) Growth(p *diff.Pair, trust bool, before [2]Allowed, level severity.Level) severity.Level {
	if j.Grown(p, trust, before) == "" {
		return severity.Low
	}
	var then, now [2]*verdict.Permissions
	for side, r := range []*role{j.role(0, p.A, nil), j.role(1, p.B, nil)} {
		identity, boundary := r.asked(trust)
		now[side] = &verdict.Permissions{Identity: form(tokens).all(identity), Boundary: form(tokens).all(boundary)}
		var problem string
		if then[side], problem = j.libraries[side].kept(&before[side]); problem != "" {
			return level
		}
	}
	if r, _ := j.since(trust, then[0], now[0]); r.Verdict != verdict.Equal && r.Verdict != verdict.More || r.Future != verdict.Equal && r.Future != verdict.More {
		return level
	}
	r, judged := j.since(trust, then[1], now[1])
	lostBoundary := now[1].Boundary == nil && (then[1].Boundary != nil || now[0].Boundary != nil)
	switch {
	case r.Verdict == verdict.Unknown, r.Future == verdict.Unknown, lostBoundary, judged.Worse(level):
		return level
	case judged == severity.None:
		return severity.Low
	}
	return judged
}

// since compares what a role allowed with what it allows.
func (j *Judge) since(trust bool, then, now *verdict.Permissions) (*verdict.Result, severity.Level) {
	r, judged := j.between(trust, then, now)
	return r, judged.Level
}

// between compares what two roles allow.
func (j *Judge) between(trust bool, p, q *verdict.Permissions) (*verdict.Result, severity.Judgement) {
	if !trust {
		r := j.comparer.Identity(p, q)
		return r, j.account.Identity(j.comparer, p, q, r)
	}
	old, new := growth.Document(p), growth.Document(q)
	r := j.comparer.Trust(old, new)
	return r, j.account.Trust(j.comparer, old, new, r)
}

// Accepted returns what was accepted, as it would be judged now; not ok if a document
// cannot be read.
func (j *Judge) Accepted(trust bool, accepted [2]Allowed) (r *verdict.Result, judged severity.Judgement, ok bool) {
	var sides [2]*verdict.Permissions
	for side := range sides {
		var problem string
		if sides[side], problem = j.libraries[side].kept(&accepted[side]); problem != "" {
			return nil, judged, false
		}
	}
	r, judged = j.between(trust, sides[0], sides[1])
	judged.Kind = (&scope{Scope: Scope{Result: *r, Judgement: judged}}).said(j.lexicon)
	return r, judged, true
}
