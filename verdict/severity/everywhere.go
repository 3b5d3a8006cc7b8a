package severity

import (
	"slices"
	"strings"

	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/verdict"
)

// everywhere judges writes that were gained on everything without a condition: on
// things with a name that nobody has named, by a request without condition keys.
func (j *judge) everywhere() *Judgement {
	if j.access == manages {
		return nil
	}
	w := j.sample()
	if w == nil {
		w = j.anywhere()
	}
	if w == nil {
		return nil
	}
	return &Judgement{Level: High, Kind: j.broadened() + "writes on everything without a condition, " + strings.TrimPrefix(j.amount(), "writes, "), Witness: w}
}

// maxSamples is how many actions are tried before the search is asked.
const maxSamples = 16

// sample asks the evaluator for such a write on things in one region and account. It
// saves the search.
func (j *judge) sample() *verdict.Witness {
	tries := 0
	for _, a := range j.list {
		if a.Access != writes && a.Access != tags {
			continue
		}
		if tries++; tries > maxSamples {
			return nil
		}
		r := eval.Request{Action: a.Name, Resource: "*"}
		if len(a.Formats) > 0 {
			r.Resource = j.exampleOf(a.Formats)
		}
		if w := j.replayed(&verdict.Witness{AllowedBy: 2, Request: r}); w != nil {
			return w
		}
	}
	return nil
}

// anywhere searches for such a write on things in any region and account.
func (j *judge) anywhere() *verdict.Witness {
	var names []string
	for _, a := range j.list {
		if a.Access == writes || a.Access == tags {
			names = append(names, a.Name)
		}
	}
	now := narrowed(j.new, names)
	if len(names) == 0 || !j.wild(now) {
		return nil
	}
	denies := append(j.anything(), j.noContext()...)
	r := j.c.Identity(limited(narrowed(j.old, names), denies...), limited(now, denies...))
	for _, s := range r.Gained.Services {
		if s.Access == writes || s.Access == tags {
			return j.replayed(gained(r))
		}
	}
	return nil
}

// wild reports whether a resource that permissions allow without a condition may be of
// any name. It saves asking.
func (j *judge) wild(p *verdict.Permissions) bool {
	found := false
	eachAllow(func(s *policy.Statement) {
		found = found || !slices.ContainsFunc(s.Condition, needsKey) && (s.NotResource != nil || slices.ContainsFunc(s.Resource, j.wildResource))
	}, p.Identity...)
	return found
}

func (j *judge) wildResource(r string) bool {
	if !strings.ContainsAny(r, "*?$") {
		return false
	}
	return len(r) < len("arn:") || strings.Contains(r, "${") || slices.ContainsFunc(j.list, func(a verdict.Action) bool {
		return slices.ContainsFunc(a.Formats, func(f string) bool { return policy.Intersects(r, arnOf(f)) })
	})
}

// needsKey reports whether a condition cannot hold where its key is absent.
func needsKey(c policy.Condition) bool {
	o, ok := policy.ParseOperator(c.Operator)
	return ok && !o.Negated && !o.IfExists && o.Kind != policy.NullOperator && o.Qualifier == ""
}
