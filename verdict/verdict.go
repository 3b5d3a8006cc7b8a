// Package verdict compares what two sets of policies permit: whether one allows
// something that the other does not, proved by a request.
//
// The search looks at all actions, resources and contexts that the policies tell
// apart, and takes too many rather than too few: finding nothing means that there
// is no difference. What it finds is asked of package eval, which shares nothing
// with it but the parser, and counts only if that agrees. What cannot be decided,
// by the language or within the budget, is Unknown.
//
// Service and resource control policies have a part in it where they are given. Session
// policies and policies of resources have none.
package verdict

import (
	"slices"

	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/reference"
	"iamctl/verdict/internal/actions"
)

// Verdict is how the permissions of the new side relate to those of the old.
type Verdict string

// The verdicts.
const (
	Equal     Verdict = "EQUAL"
	More      Verdict = "MORE" // new allows something that old does not, and nothing less
	Less      Verdict = "LESS"
	Different Verdict = "DIFFERENT" // each allows something that the other does not
	Unknown   Verdict = "UNKNOWN"
)

// Permissions is what the documents of a role allow.
type Permissions = eval.Permissions

// Options say how to compare. The zero value is of use.
type Options struct {
	// Reference has the actions of AWS; nil is the embedded one.
	Reference *reference.Reference
	// Partition and Account are for the ARNs of witnesses where any will do;
	// "" is aws, and an account of AWS's documentation.
	Partition, Account string
	// Steps limits the work of a comparison, whatever the documents are. A
	// step is some nanoseconds; 0 is DefaultSteps.
	Steps int
}

// DefaultSteps is enough for all but one in 500 of the changes of AWS's managed
// policies, and a tenth of a second at most.
const DefaultSteps = 1_400_000

// Result is the answer to a comparison.
type Result struct {
	// Verdict is for the actions of the reference and those that the policies
	// name, Future also for such as AWS may add.
	Verdict, Future Verdict
	// Reason says why the verdict, or that of the future, is Unknown. For others
	// it is a remark, mostly "".
	Reason string
	// Gained is what new allows and old does not, Lost the reverse.
	Gained, Lost Amount
	// Witnesses are requests of today that prove the verdict, at most one for
	// each side that allows it, the old side's first.
	Witnesses []Witness
	// Impossible says that all differences rest on pairs of action and resource
	// that do not exist by the reference.
	Impossible bool
}

// Witness is a request that one side allows and the other does not, as package
// eval decided.
type Witness struct {
	// AllowedBy is 1 for the old side, 2 for the new.
	AllowedBy int
	Request   eval.Request
	// Allowed is the decision of the side that allows it, Refused that of the
	// other one, with the statements that decide.
	Allowed, Refused eval.Decision
	// Impossible says that the action does not take the resource, by the
	// reference.
	Impossible bool
}

// Amount is how much one side allows that the other does not.
type Amount struct {
	// Actions is the number of actions with some such request.
	Actions int
	// Pairs counts for every such action its types of resources with such a
	// request. An action without types counts once, as does one for which the
	// pair is impossible.
	Pairs int
	// Services are the same numbers by service and access level, sorted.
	Services []ServiceAmount

	actions    []*actions.Action
	impossible []bool
}

// Names returns the actions, sorted.
func (a *Amount) Names() []string {
	out := make([]string, len(a.actions))
	for i, x := range a.actions {
		out[i] = x.Name()
	}
	slices.Sort(out)
	return out
}

// ServiceAmount is the part of an Amount of one service and access level.
type ServiceAmount struct {
	// Service is the prefix, Access as in reference.Action.
	Service, Access string
	Actions, Pairs  int
}

// Identity compares the permissions of two roles. The names of witnesses are
// those of the documents.
func Identity(old, new *Permissions, o Options) *Result {
	return NewComparer(o).Identity(old, new)
}

// Trust compares two trust policies of roles: who may assume the role, by which
// action, under which conditions. A nil document lets in nobody.
func Trust(old, new *policy.Document, o Options) *Result {
	return NewComparer(o).Trust(old, new)
}
