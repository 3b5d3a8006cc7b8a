package assume

import (
	"slices"
	"strings"

	"iamctl/audit/gate"
	"iamctl/policy"
)

const sourceARN = "aws:sourcearn"

// thereSource is the condition that a request says for which resource it is.
var thereSource = policy.Condition{Operator: "Null", Key: sourceARN, Values: []string{"false"}}

// making are the actions by which a role is given to a resource, of services that then come for
// that resource: its ARN is what the action is about and what aws:SourceArn is.
var making = map[string]string{"states.amazonaws.com": "states:CreateStateMachine", "codebuild.amazonaws.com": "codebuild:CreateProject"}

// Making returns the action that makes the resources for which a service comes, "" where that
// is not known.
func Making(service string) string { return making[service] }

// Sources returns the patterns of resources as aws:SourceArn is compared with them; nil if one
// of them is not made of the parts of an ARN.
func Sources(patterns []string) []string {
	if slices.ContainsFunc(patterns, func(p string) bool {
		arn, ok := policy.ParseARN(p)
		account := strings.Trim(arn.Account, "0123456789*?") // a wildcard before may run over it
		return !ok || account != "" || strings.Contains(p, "$")
	}) {
		return nil
	}
	return patterns
}

// sourceAsText reports whether a trust policy compares aws:SourceArn as a text, whose
// wildcards run over the parts of an ARN, with an ARN that has some.
func sourceAsText(d *policy.Document) bool {
	return slices.ContainsFunc(d.Statements, func(s policy.Statement) bool {
		return slices.ContainsFunc(s.Condition, func(c policy.Condition) bool {
			op, ok := policy.ParseOperator(c.Operator)
			return ok && op.Kind == policy.StringLikeOperator && policy.Fold(c.Key) == sourceARN
		})
	})
}

// sources are the services that assume roles for resources of their own alone, each with the
// name that the ARNs of these have: the guides of AWS Step Functions, EventBridge Pipes,
// EventBridge Scheduler and CodeBuild, on the prevention of confused deputies.
var sources = map[string]string{
	"states.amazonaws.com": "states", "pipes.amazonaws.com": "pipes", "scheduler.amazonaws.com": "scheduler",
	"codebuild.amazonaws.com": "codebuild",
}

// calling returns the gate for requests alone that a service makes for the account, as far
// as it says for which and for what: who passes a role to it acts there.
func (q *Question) calling(g gate.Gate, who policy.Principal) gate.Gate {
	own := q.in.Own()
	if own == "" {
		return g
	}
	of := "*"
	if name := sources[gate.Global(who.Value)]; name != "" {
		of = name
	}
	for _, key := range g.Keys() {
		there := policy.Condition{Operator: "Null", Key: key, Values: []string{"false"}}
		switch key {
		case "aws:sourceaccount":
			g = g.But(there, policy.Condition{Operator: "StringNotEquals", Key: key, Values: []string{own}})
		case sourceARN:
			g = g.But(there, policy.Condition{Operator: "ArnNotLike", Key: key, Values: []string{"arn:*:" + of + ":*:" + own + ":*", "arn:*:" + of + ":*::*"}})
		}
	}
	return g
}
