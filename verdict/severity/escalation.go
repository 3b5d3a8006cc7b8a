package severity

import (
	"maps"
	"slices"
	"strings"

	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/verdict"
	"iamctl/verdict/escalation"
)

const (
	assumeRole = escalation.AssumeRole
	passRole   = escalation.PassRole
	// passedTo is the condition key, in lower case, that has the service to which a role is passed.
	passedTo = "iam:passedtoservice"
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
	mine := slices.DeleteFunc(slices.Clone(list[0].Actions), func(a string) bool { return !j.gainsWay(a) })
	return &Judgement{Level: Critical, Kind: text, Escalations: list, Witness: j.onWay(mine)}
}

// escalations returns the minimal sets of which the new side may do all, and some of it
// more than the old side.
func (j *judge) escalations() []escalation.Set {
	var some []escalation.Set
	var others []string
	for _, s := range escalation.Minimal() {
		if !slices.ContainsFunc(s.Actions, j.gainsWay) {
			continue
		}
		some = append(some, s)
		others = append(others, s.Actions...)
	}
	others = slices.DeleteFunc(others, j.gains)
	slices.Sort(others)
	may := j.may(slices.Compact(others))
	formats := func(a string) (list []string, ok bool) {
		if i, ok := j.find(a); ok {
			return j.list[i].Formats, true
		}
		list, ok = may[policy.Fold(a)]
		return list, ok
	}
	return slices.DeleteFunc(some, func(s escalation.Set) bool {
		missing := slices.ContainsFunc(s.Actions, func(a string) bool { _, ok := formats(a); return !ok })
		return missing || slices.Contains(s.Actions, assumeRole) && !j.assumesAny() || slices.Contains(s.Actions, passRole) && !j.passes(s.PassedTo) ||
			slices.ContainsFunc(s.Actions, func(a string) bool { list, _ := formats(a); return !j.usable(a, list) })
	})
}

// usable reports whether the new side may do an action on something of its own service,
// if it takes such things: ssm:SendCommand needs a document, and the bucket that it takes
// too is for what comes out. formats are those that the action takes. Many ways have
// the same actions.
func (j *judge) usable(action string, formats []string) bool {
	return known(&j.uses, action, func(action string) bool {
		service, _, _ := strings.Cut(action, ":")
		own := slices.DeleteFunc(slices.Clone(formats), func(f string) bool { return !strings.HasPrefix(f, "arn:*:"+service+":") })
		if len(own) == 0 || len(own) == len(formats) || j.allows(action, j.exampleOf(own), nil) {
			return true
		}
		one := narrowed(j.new, []string{action})
		others := policy.Statement{Effect: "Deny", Action: []string{"*"}, NotResource: own}
		// What by itself is on nothing that it takes was not decided among the others.
		return len(j.allowed(limited(one, others))) > 0 || len(j.allowed(one)) != 1
	})
}

// allows reports whether the new side allows a request, with the context keys or with
// those of a request that it allows too. It saves the search.
func (j *judge) allows(action, resource string, context map[string][]string) bool {
	r := eval.Request{Action: action, Resource: resource, Context: context}
	if j.new.Decide(&r).Outcome == eval.Allowed {
		return true
	}
	w := gained(j.Result)
	if w == nil || len(w.Request.Context) == 0 {
		return false
	}
	r.Context = maps.Clone(w.Request.Context)
	for key := range r.Context {
		if _, ok := context[policy.Fold(key)]; ok {
			delete(r.Context, key)
		}
	}
	maps.Copy(r.Context, context)
	return j.new.Decide(&r).Outcome == eval.Allowed
}

// gains reports whether an action was gained.
func (j *judge) gains(action string) bool {
	_, ok := j.find(action)
	return ok
}

// gainsWay reports whether an action was gained on more than what is beside a way.
func (j *judge) gainsWay(action string) bool {
	if !j.gains(action) || escalation.Beside(action) == "" {
		return j.gains(action)
	}
	return known(&j.ways, action, func(action string) bool {
		r := j.amounts(j.way(j.old, action), j.way(j.new, action))
		return r.Verdict == verdict.Unknown || len(possible(&r.Gained)) > 0
	})
}

// way returns the part of permissions that is about the actions on what a way needs.
func (j *judge) way(p *verdict.Permissions, actions ...string) *verdict.Permissions {
	p = narrowed(p, actions)
	for _, a := range actions {
		if beside := escalation.Beside(a); beside != "" {
			p = limited(p, policy.Statement{Effect: "Deny", Action: []string{a}, Resource: []string{beside}})
		}
	}
	return p
}

// onWay returns a witness of some of what was gained by the actions of a way.
func (j *judge) onWay(actions []string) *verdict.Witness {
	return j.replayed(gained(j.c.Identity(j.way(j.old, actions...), j.way(j.new, actions...))))
}

// find returns the place of an action among those gained.
func (j *judge) find(action string) (int, bool) {
	return slices.BinarySearchFunc(j.list, action, func(a verdict.Action, name string) int { return policy.CompareFold(a.Name, name) })
}

// may returns which of the actions the new side allows on some resource, boundary and
// denies counted, in lower case, each with the formats that it takes.
func (j *judge) may(actions []string) map[string][]string {
	out := map[string][]string{}
	for part := range slices.Chunk(actions, maxNarrow) {
		for _, a := range j.allowed(narrowed(j.new, part)) {
			out[policy.Fold(a.Name)] = a.Formats
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
	return j.amounts(one(j.old), one(j.new)).Gained.Actions > 0
}

// passes reports whether the new side may pass a role to one of the services, or to
// any if there are none.
func (j *judge) passes(services []string) bool {
	if len(services) == 0 {
		return j.account.passable(j.new, "", j.c.Partition())
	}
	return slices.ContainsFunc(services, func(service string) bool { return known(&j.passing, service, j.passesTo) })
}

func (j *judge) passesTo(service string) bool {
	if !j.account.passable(j.new, service, j.c.Partition()) {
		return false
	}
	names := policy.ServiceNames(service, j.c.Partition())
	for _, name := range names {
		if j.allows(passRole, j.anyRole(), map[string][]string{passedTo: {name}}) {
			return true
		}
	}
	others := []policy.Condition{{Operator: "StringNotEquals", Key: passedTo, Values: names}}
	deny := policy.Statement{Effect: "Deny", Action: []string{passRole}, Resource: []string{"*"}, Condition: others}
	return len(j.allowed(limited(narrowed(j.new, []string{passRole}), deny))) > 0
}

// known returns what is known of a name, once it was found out.
func known(names *map[string]bool, name string, find func(string) bool) bool {
	out, ok := (*names)[name]
	if !ok {
		if *names == nil {
			*names = map[string]bool{}
		}
		out = find(name)
		(*names)[name] = out
	}
	return out
}

// allowed returns the actions that permissions allow on resources that they take.
func (j *judge) allowed(p *verdict.Permissions) []verdict.Action {
	return possible(&j.amounts(&verdict.Permissions{}, p).Gained)
}

// amounts compares permissions of which no witness is needed.
func (j *judge) amounts(old, new *verdict.Permissions) *verdict.Result {
	return j.c.Brief().Identity(old, new)
}
