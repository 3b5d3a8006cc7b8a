// Package escalation knows the sets of actions that together let a principal gain more
// than it has.
package escalation

import (
	_ "embed"
	"encoding/json"
	"slices"
	"strings"
	"sync"
)

// Set is a set of actions that together let a principal gain more than it has.
type Set struct {
	// Actions are sorted.
	Actions []string `json:"actions"`
	// IDs name the way in the library pathfinding.cloud.
	IDs []string `json:"ids"`
	// PassedTo are the services of which a role that is passed must trust one, and RunsAs
	// likewise. They are what AWS calls these services in trust policies; not every one was
	// looked up in the service's guide. That of Amazon Cognito is an identity provider to
	// the role's trust policy ("Role trust and permissions", Amazon Cognito Developer
	// Guide).
	PassedTo []string `json:"passed_to"`
	// RunsAs are the services of which a role must trust one to be the role of what is
	// there already and can be made to run other code: a function's, an instance's.
	RunsAs []string `json:"runs_as"`
	// Minimal sets have no other set as a part.
	Minimal bool `json:"minimal"`
}

// Actions that sets have, and that depend on the role that they are about.
const (
	AssumeRole = "sts:AssumeRole"
	PassRole   = "iam:PassRole"
)

// Beside returns the format of the ARNs that an action of a set takes and that are no part
// of the way, "" if there are none. ssm:SendCommand takes the bucket to which the output
// goes beside the document and the instances (Service Authorization Reference, "Actions,
// resources, and condition keys for AWS Systems Manager").
func Beside(action string) string {
	if strings.EqualFold(action, "ssm:SendCommand") {
		return "arn:*:s3:::*"
	}
	return ""
}

// String names the actions, and the way in the library.
func (s Set) String() string {
	text := s.Actions[0]
	if n := len(s.Actions); n > 1 {
		text += " with " + strings.Join(s.Actions[1:n-1], ", ")
		if n > 2 {
			text += " and "
		}
		text += s.Actions[n-1]
	}
	if len(s.IDs) > 0 {
		text += " (" + strings.Join(s.IDs, ", ") + ")"
	}
	return text
}

// Pattern reports whether the set is an action with a wildcard, which has others as its
// parts.
func (s Set) Pattern() bool {
	return slices.ContainsFunc(s.Actions, func(a string) bool { return strings.Contains(a, "*") })
}

//go:embed sets.json
var file []byte

// All returns all sets: the small ones first, then by their actions. They are not to be
// changed.
var All = sync.OnceValue(func() []Set {
	var list struct{ Sets []Set }
	if err := json.Unmarshal(file, &list); err != nil {
		panic(err) // it is embedded
	}
	return list.Sets
})

// Minimal returns the sets that have no other as a part, and no wildcard. They are not to
// be changed.
var Minimal = sync.OnceValue(func() []Set {
	return slices.DeleteFunc(slices.Clone(All()), func(s Set) bool { return !s.Minimal || s.Pattern() })
})

// Services returns those that roles are passed to, or run as, sorted.
var Services = sync.OnceValue(func() []string {
	var out []string
	for _, s := range All() {
		out = append(append(out, s.PassedTo...), s.RunsAs...)
	}
	slices.Sort(out)
	return slices.Compact(out)
})

// Federated reports whether a service is an identity provider to the trust policy of the
// roles that are passed to it.
func Federated(service string) bool { return service == "cognito-identity.amazonaws.com" }
