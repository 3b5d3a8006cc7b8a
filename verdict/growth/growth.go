// Package growth says whether what two roles decide differently is still within what
// they decided differently before, however either of them changed since.
//
// Of the requests that side s allows, let A(s) be those at the time when the difference
// was accepted and N(s) those of now, and t the other side. The difference has not grown
// if N(s)\N(t) is a part of A(s)\A(t) for both sides s. N(s) is taken apart into parts P,
// of a statement's action, resource and principal each, under all that limits them; a
// part is fine if
//
//   - P is within N(t): the other side allows it as well, or
//   - P is within A(s), and A(t) is within N(t), or else what P and A(t) have in common is.
//
// That is enough: a request of N(s)\N(t) is in some part that is fine, and not by the
// first rule. By the second it is in A(s); and it is not in A(t), for then it were in
// N(t). It is not necessary: what two statements allow together only may be taken for
// growth. Whatever is not proved has grown; verdicts that are Unknown prove nothing, and
// what holds today must hold for actions that AWS may add.
package growth

import (
	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/verdict"
)

// Roles are what the roles of both sides allow. Of trust policies they have one document
// each in Identity, or none.
type Roles [2]*verdict.Permissions

// Growth is where a difference has grown, or may have.
type Growth struct {
	// Side is the side that allows more than the other, 0 or 1.
	Side int
	// Request is one that the side allows now and the other does not, and of which that
	// was not so before; nil where growth is not proved.
	Request *eval.Request
	// Reason says, without a request, why it is not sure that there is no growth.
	Reason string
}

// mostSteps limits the work for one pair of roles.
const mostSteps = 5 * verdict.DefaultSteps

// Identity returns where the difference in what two roles may do has grown since it was
// accepted, nil if it has not.
func Identity(c *verdict.Comparer, accepted, now Roles) *Growth {
	return grown(&judge{relate: c.Limited(mostSteps).Identity, ask: (*verdict.Permissions).Decide}, accepted, now)
}

// Trust is likewise about who may assume the roles.
func Trust(c *verdict.Comparer, accepted, now Roles) *Growth {
	limited := c.Limited(mostSteps)
	return grown(&judge{
		relate: func(old, new *verdict.Permissions) *verdict.Result {
			return limited.Trust(Document(old), Document(new))
		},
		ask:   func(p *verdict.Permissions, r *eval.Request) eval.Decision { return eval.Trust(Document(p), r) },
		trust: true,
	}, accepted, now)
}

// Document returns the trust policy of Roles, nil if there is none.
func Document(p *verdict.Permissions) *policy.Document {
	if len(p.Identity) == 0 {
		return nil
	}
	return p.Identity[0]
}

func grown(j *judge, accepted, now Roles) *Growth {
	var doubt *Growth
	for _, side := range []int{1, 0} {
		s := &sided{judge: j, was: accepted[side], is: now[side], wasOther: accepted[1-side], isOther: now[1-side]}
		if s.within() {
			continue
		}
		g := &Growth{Side: side, Request: s.proof, Reason: s.reason()}
		if g.Request != nil {
			return g
		}
		if doubt == nil {
			doubt = g
		}
	}
	return doubt
}
