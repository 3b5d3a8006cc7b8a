package meaning

import (
	"maps"
	"slices"
	"strings"

	"iamctl/policy"
	"iamctl/policy/eval"
)

// A trust policy may let in an organisation by its id alone (aws:PrincipalOrgID), or a part of it.
// Each account of it is bound by the service control policies above it, and the search asks about
// those that no trust policy names as one account that is as good as any other. So a request of
// such an account is asked anew as one of each account of the organisation, within its policies:
// a difference is left if one of them may make it, as the management account may, which no
// policy bounds.

// unnamed says why it is not decided whether a difference in who gets in is left by the service
// control policies of accounts that no trust policy names, "" where it is.
func (j *Judge) unnamed(s *Scope, sides [2]*role, named []string) string {
	for i := range s.Witnesses {
		w := &s.Witnesses[i]
		if slices.Contains(named, accountOf(w.Request.Principal)) {
			continue
		}
		for _, org := range organizationsOf(w.Request.Context) {
			if !j.mayAsk(w.AllowedBy-1, &w.Request, sides, org, named) {
				return "the trust policy lets in accounts of the organisation " + org + " that it does not name, and none was found that its SCPs let assume the role"
			}
		}
	}
	return ""
}

// mayAsk reports whether some account of an organisation, which no trust policy names, may make a
// request that a side alone allows. It does so too where the organisation was not read, or the
// side lets in none of its accounts, whatever their policies: then nothing is known to bound who
// asks.
func (j *Judge) mayAsk(side int, r *eval.Request, sides [2]*role, org string, named []string) bool {
	if j.bounds[side].Members == nil {
		return true
	}
	none := true
	for _, id := range j.bounds[side].Members(org) {
		m := j.bounds[side].caller(id)
		if m == nil || slices.Contains(named, id) {
			continue
		}
		asked, ofOurs := askedOf(r, id, m), strings.Contains(sides[0].arn+sides[1].arn, id)
		if refuses(sides[side].asker(true)(asked)) || !ofOurs && admits(sides[1-side], asked) {
			continue
		}
		none = false
		levels := j.above(side, id, m)
		switch {
		case m.Service.Exempt == "" && m.Service.Unknown != "":
		case ofOurs: // it has names of its own on either side
			if levels == nil {
				return true
			}
		case admits(sides[side].below(levels), asked) && refuses(sides[1-side].admission(tokens, sides[1-side].tokenARN).Decide(asked)):
			return true
		}
	}
	return none
}

// above returns the levels above an account that bear on which roles it may assume.
func (j *Judge) above(side int, id string, m *Bounds) (out []controlLevel) {
	if m.Service.Exempt != "" {
		return nil
	}
	c := caller{library: j.libraries[side], id: id, facts: askedBy(id, m), role: &facts{}}
	for i := range m.Service.Levels {
		if l := c.level(&m.Service.Levels[i]); l != nil {
			out = append(out, *l)
		}
	}
	return out
}

// below returns the role within more levels.
func (r *role) below(levels []controlLevel) *role {
	out := *r
	out.control = slices.Concat(r.control, levels)
	return &out
}

// admits reports whether a role lets in who makes a request, in tokens: one with names of either
// account's own is none.
func admits(r *role, q *eval.Request) bool {
	return r.admission(tokens, r.tokenARN).Decide(q).Outcome == eval.Allowed
}

func refuses(d eval.Decision) bool {
	return d.Outcome == eval.NotAllowed || d.Outcome == eval.Denied
}

// askedOf returns a request as a principal of an account makes it.
func askedOf(r *eval.Request, id string, m *Bounds) *eval.Request {
	out := *r
	out.Context = maps.Clone(r.Context)
	if arn, ok := policy.ParseARN(r.Principal.Value); ok {
		arn.Account = id
		out.Principal.Value = arn.String()
		out.Context["aws:PrincipalArn"] = []string{out.Principal.Value} // SCPs may ask for it
	} else {
		out.Principal.Value = id
	}
	for key := range r.Context {
		switch policy.Fold(key) {
		case "aws:principalarn":
			delete(out.Context, key)
			out.Context["aws:PrincipalArn"] = []string{out.Principal.Value}
		case "aws:principalorgid":
			out.Context[key] = []string{m.Organization}
		case "aws:principalorgpaths":
			out.Context[key] = []string{m.Path}
		case "aws:principalaccount":
			out.Context[key] = []string{id}
		}
	}
	return &out
}

// accountOf returns the account of a principal; of one that is no ARN, what it is.
func accountOf(p policy.Principal) string {
	if arn, ok := policy.ParseARN(p.Value); ok {
		return arn.Account
	}
	return p.Value
}

// organizationsOf returns the organisations that the context of a request says its principal is
// of.
func organizationsOf(context map[string][]string) []string {
	var out []string
	for key, values := range context {
		switch policy.Fold(key) {
		case "aws:principalorgid", "aws:principalorgpaths":
			for _, v := range values {
				id, _, _ := strings.Cut(v, "/")
				out = append(out, id)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
