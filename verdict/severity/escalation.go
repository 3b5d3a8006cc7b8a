package severity

import (
	"slices"
	"strings"

	"iamctl/policy"
	"iamctl/verdict"
	"iamctl/verdict/escalation"
)

const (
	assumeRole = escalation.AssumeRole
	passRole   = escalation.PassRole
)

// escalation judges ways to more permissions that were gained.
func (j *judge) escalation() *Judgement {
	list := j.escalations()
	if len(list) == 0 {
		return nil
	}
	text := "privilege escalation gained: " + list[0].String() + more(len(list)-1)
	if but := j.everythingBut(); but != "" {
		text = but + ": " + text
	}
	mine := slices.DeleteFunc(slices.Clone(list[0].Actions), func(a string) bool { return !j.gains(a) })
	return &Judgement{Level: Critical, Kind: text, Escalations: list, Witness: j.witness(mine)}
}

// escalations returns the minimal sets of which the new side may do all, and some of it
// more than the old side.
func (j *judge) escalations() []escalation.Set {
	var some []escalation.Set
	var others []string
	for _, s := range escalation.Minimal() {
		if !slices.ContainsFunc(s.Actions, j.gains) {
			continue
		}
		some = append(some, s)
		others = append(others, s.Actions...)
	}
	others = slices.DeleteFunc(others, j.gains)
	slices.Sort(others)
	may := j.may(slices.Compact(others))
	return slices.DeleteFunc(some, func(s escalation.Set) bool {
		all := !slices.ContainsFunc(s.Actions, func(a string) bool { return !j.gains(a) && !may[policy.Fold(a)] })
		return !all || slices.Contains(s.Actions, assumeRole) && !j.assumesAny() || slices.Contains(s.Actions, passRole) && !j.passes(s.PassedTo) ||
			slices.ContainsFunc(s.Actions, func(a string) bool { return !j.usable(a) })
	})
}

// usable reports whether the new side may do an action on something of its own service,
// if it takes such things: ssm:SendCommand needs a document, and the bucket that it takes
// too is for what comes out.
func (j *judge) usable(action string) bool {
	one := narrowed(j.new, []string{action})
	list := j.allowed(one)
	if len(list) != 1 {
		return true
	}
	service, _, _ := strings.Cut(list[0].Name, ":")
	own := slices.DeleteFunc(slices.Clone(list[0].Formats), func(f string) bool { return !strings.HasPrefix(f, "arn:*:"+service+":") })
	if len(own) == 0 || len(own) == len(list[0].Formats) {
		return true
	}
	others := policy.Statement{Effect: "Deny", Action: []string{"*"}, NotResource: own}
	return len(j.allowed(limited(one, others))) > 0
}

// gains reports whether an action was gained.
func (j *judge) gains(action string) bool {
	_, ok := slices.BinarySearchFunc(j.list, action, func(a verdict.Action, name string) int { return policy.CompareFold(a.Name, name) })
	return ok
}

// may returns which of the actions the new side allows on some resource, boundary and
// denies counted, in lower case.
func (j *judge) may(actions []string) map[string]bool {
	out := map[string]bool{}
	for part := range slices.Chunk(actions, maxNarrow) {
		for _, a := range j.allowed(narrowed(j.new, part)) {
			out[policy.Fold(a.Name)] = true
		}
	}
	return out
}

// assumesAny reports whether the new side alone may assume a role that nobody has named.
// Assuming one role is what roles are for; assuming any is a way out.
func (j *judge) assumesAny() bool {
	other := policy.Statement{Effect: "Deny", Action: []string{"*"}, NotResource: []string{"arn:*:iam::*:role/" + anyName}}
	one := func(p *verdict.Permissions) *verdict.Permissions {
		return limited(narrowed(p, []string{assumeRole}), other)
	}
	return j.c.Identity(one(j.old), one(j.new)).Gained.Actions > 0
}

// passes reports whether the new side may pass a role to one of the services, or to
// any if there are none.
func (j *judge) passes(services []string) bool {
	if len(services) == 0 {
		return j.account.passable(j.new, "")
	}
	return slices.ContainsFunc(services, func(service string) bool {
		others := []policy.Condition{{Operator: "StringNotEquals", Key: "iam:PassedToService", Values: []string{service}}}
		deny := policy.Statement{Effect: "Deny", Action: []string{passRole}, Resource: []string{"*"}, Condition: others}
		return j.account.passable(j.new, service) && len(j.allowed(limited(narrowed(j.new, []string{passRole}), deny))) > 0
	})
}

// allowed returns the actions that permissions allow on resources that they take.
func (j *judge) allowed(p *verdict.Permissions) []verdict.Action {
	return possible(&j.c.Identity(&verdict.Permissions{}, p).Gained)
}
