package severity

import (
	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/verdict"
)

// Identity judges the result of comparing what two roles may do.
func Identity(c *verdict.Comparer, old, new *verdict.Permissions, r *verdict.Result) Judgement {
	return (*Account)(nil).Identity(c, old, new, r)
}

// Identity is like the function, and takes it into account which roles the new side's
// account has: a role is passed on only if one of them can be.
func (a *Account) Identity(c *verdict.Comparer, old, new *verdict.Permissions, r *verdict.Result) Judgement {
	switch {
	case r.Verdict == verdict.Equal:
		return unchanged("no change in permission", boundaries(old, new), r)
	case r.Verdict == verdict.Unknown && r.Gained.Actions == 0:
		return Judgement{Level: High, Kind: "not decided"}
	case r.Impossible && r.Verdict != verdict.Unknown:
		return Judgement{Level: Low, Kind: impossiblePairs}
	}
	j := &judge{c: c.Limited(Steps), account: a, old: old, new: new, Result: r}
	if r.Gained.Actions == 0 {
		return Judgement{Level: Low, Kind: j.loss()}
	}
	j.list = possible(&r.Gained)
	j.access = worst(j.list)
	found := j.gain()
	if r.Verdict == verdict.Unknown || j.c.Spent() && found.Level != Critical {
		return undecided(found)
	}
	return found
}

// boundaries says what changed about the boundary where that permits nothing else.
func boundaries(old, new *verdict.Permissions) string {
	switch {
	case old.Boundary != nil && new.Boundary == nil:
		return ", boundary removed"
	case old.Boundary == nil && new.Boundary != nil:
		return ", boundary added"
	}
	return ""
}

// unchanged judges what permits the same today, if not for ever.
func unchanged(kind, more string, r *verdict.Result) Judgement {
	if r.Future == verdict.Equal {
		return Judgement{Level: None, Kind: kind + more}
	}
	later := map[verdict.Verdict]string{verdict.More: "more", verdict.Less: "less", verdict.Different: "more and less", verdict.Unknown: "not decided what"}
	return Judgement{Level: Low, Kind: kind + " today" + more + "; " + later[r.Future] + " once AWS adds actions"}
}

// judge asks more of a comparison.
type judge struct {
	c        *verdict.Comparer
	account  *Account
	old, new *verdict.Permissions
	*verdict.Result
	list   []verdict.Action        // that were gained
	access string                  // the worst of them
	part   [2]*verdict.Permissions // of the sides, about them
	// uses, ways and passing are what is known of actions (usable, gainsWay) and services (passes).
	uses, ways, passing map[string]bool
}

// gain judges a change that gives something, the worst first.
func (j *judge) gain() Judgement {
	if len(j.list) == 0 {
		return Judgement{Level: Low, Kind: j.impossible()}
	}
	for _, found := range []func() *Judgement{j.administrator, j.escalation, j.unbounded, j.unguarded, j.undenied, j.everywhere} {
		if f := found(); f != nil {
			return *j.bounded(f)
		}
	}
	return Judgement{Level: j.level(), Kind: j.broadened() + j.amount()}
}

const impossiblePairs = "impossible: no such action takes such a resource"

// impossible says of a gain of impossible pairs alone what was lost besides.
func (j *judge) impossible() string {
	lost := possible(&j.Lost)
	if len(lost) == 0 {
		return impossiblePairs
	}
	return impossiblePairs + "; narrowed: " + actions(len(lost)) + " less"
}

// level is that of the actions gained.
func (j *judge) level() Level {
	switch j.access {
	case manages:
		return High
	case writes, tags, "":
		return Medium
	}
	return Low
}

// undecided is what a change means of which a part is proved: at least that.
func undecided(j Judgement) Judgement {
	j.Kind = "not decided as a whole, but " + j.Kind
	if j.Level != Critical {
		j.Level = High
	}
	return j
}

// replayed is replayed of roles.
func (j *judge) replayed(w *verdict.Witness) *verdict.Witness {
	return replayed(w, j.old.Decide, j.new.Decide)
}

// administrator judges a new side that may do everything, unless the old one could
// have made itself such a one.
func (j *judge) administrator() *Judgement {
	if !j.everything(j.new) || j.old.Decide(&eval.Request{Action: "iam:AttachRolePolicy", Resource: j.anyRole()}).Outcome == eval.Allowed {
		return nil
	}
	w := j.witness([]string{"iam:CreateUser"})
	return &Judgement{Level: Critical, Kind: administratorGained + ": every action on everything", Witness: w}
}

const administratorGained = "administrator gained"

// anyRole returns the ARN of a role that nobody has named, in the role's own partition.
func (j *judge) anyRole() string {
	return "arn:" + j.c.Partition() + ":iam::123456789012:role/" + anyName
}

// everything reports whether permissions allow everything. Whoever may not do what
// the probes ask for does not; comparing with everything takes long.
func (j *judge) everything(p *verdict.Permissions) bool {
	for _, r := range probes {
		if p.Decide(&r).Outcome != eval.Allowed {
			return false
		}
	}
	all := &verdict.Permissions{Identity: []*policy.Document{allow([]string{"*"}, []string{"*"})}}
	return j.amounts(all, p).Verdict == verdict.Equal
}

var probes = []eval.Request{
	{Action: "iam:CreateUser", Resource: "arn:aws:iam::123456789012:user/" + anyName},
	{Action: "s3:GetObject", Resource: "arn:aws:s3:::" + anyName + "/" + anyName},
	{Action: "ec2:DescribeInstances", Resource: "*"},
}

// witness returns a witness of some of what was gained by the actions.
func (j *judge) witness(actions []string) *verdict.Witness {
	return j.replayed(gained(j.c.Identity(narrowed(j.old, actions), narrowed(j.new, actions))))
}
