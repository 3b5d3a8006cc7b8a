package severity

import (
	_ "embed"
	"encoding/json"
	"slices"
	"strings"
	"sync"

	"iamctl/policy"
	"iamctl/verdict"
)

// Escalation is a set of actions that together let a principal gain more than it has.
type Escalation struct {
	// Actions are sorted.
	Actions []string `json:"actions"`
	// IDs name the way in the library pathfinding.cloud.
	IDs []string `json:"ids"`
	// PassedTo are the services that a role which is passed must trust.
	PassedTo []string `json:"passed_to"`
	// Minimal sets have no other set as a part.
	Minimal bool `json:"minimal"`
}

// String names the actions, and the way in the library.
func (e Escalation) String() string {
	text := strings.Join(e.Actions, " with ")
	if len(e.IDs) > 0 {
		text += " (" + strings.Join(e.IDs, ", ") + ")"
	}
	return text
}

//go:embed escalation_sets.json
var escalationSets []byte

// escalations are the minimal sets, and all of their actions.
var escalations = sync.OnceValues(func() (sets []Escalation, actions []string) {
	var file struct{ Sets []Escalation }
	if err := json.Unmarshal(escalationSets, &file); err != nil {
		panic(err) // it is embedded
	}
	for _, s := range file.Sets {
		// A set that is a pattern has others as its parts.
		if s.Minimal && !strings.Contains(strings.Join(s.Actions, ""), "*") {
			sets = append(sets, s)
			actions = append(actions, s.Actions...)
		}
	}
	slices.Sort(actions)
	return sets, slices.Compact(actions)
})

// escalations returns the minimal sets of which the new side may do all, and some of it
// more than the old side.
func (j *judge) escalations() []Escalation {
	sets, actions := escalations()
	gained := folded(j.Gained.Names())
	if !slices.ContainsFunc(actions, func(a string) bool { return gained[policy.Fold(a)] }) {
		return nil
	}
	may := j.may(j.new, actions)
	// Assuming one role is what roles are for; assuming any is a way out.
	if anyRole := j.may(broad(j.new), []string{assumeRole}); !anyRole[policy.Fold(assumeRole)] {
		delete(may, policy.Fold(assumeRole))
	}
	var out []Escalation
	for _, s := range sets {
		some := slices.ContainsFunc(s.Actions, func(a string) bool { return gained[policy.Fold(a)] })
		all := !slices.ContainsFunc(s.Actions, func(a string) bool { return !may[policy.Fold(a)] })
		if some && all && j.passes(s.PassedTo) {
			out = append(out, s)
		}
	}
	return out
}

const assumeRole = "sts:AssumeRole"

// may returns which of the actions permissions allow on some resource, boundary and
// denies counted.
func (j *judge) may(p *verdict.Permissions, actions []string) map[string]bool {
	return folded(j.allowed(p, policy.Statement{Effect: "Deny", NotAction: actions, Resource: []string{"*"}}))
}

// passes reports whether the new side may pass a role to one of the services; without
// any it need not.
func (j *judge) passes(services []string) bool {
	const pass = "iam:PassRole"
	return len(services) == 0 || slices.ContainsFunc(services, func(service string) bool {
		others := []policy.Condition{{Operator: "StringNotEquals", Key: "iam:PassedToService", Values: []string{service}}}
		return len(j.allowed(j.new,
			policy.Statement{Effect: "Deny", NotAction: []string{pass}, Resource: []string{"*"}},
			policy.Statement{Effect: "Deny", Action: []string{pass}, Resource: []string{"*"}, Condition: others},
		)) > 0
	})
}

// allowed returns the actions that permissions allow in spite of the denies.
func (j *judge) allowed(p *verdict.Permissions, denies ...policy.Statement) []string {
	d := &policy.Document{Version: "2012-10-17", Statements: denies}
	only := &verdict.Permissions{Identity: append(slices.Clip(p.Identity), d), Boundary: p.Boundary}
	return j.c.Identity(&verdict.Permissions{}, only).Gained.Names()
}

func folded(names []string) map[string]bool {
	out := make(map[string]bool, len(names))
	for _, n := range names {
		out[policy.Fold(n)] = true
	}
	return out
}
