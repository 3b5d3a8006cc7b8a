package flatten

import (
	"strings"

	"iamctl/inventory"
	"iamctl/policy"
	"iamctl/reference"
)

// Notes that an item may carry.
const (
	noteUnknownAction  = "unknown action"
	noteUnknownService = "unknown service"
	noteMalformed      = "not an action"
	noteMisfit         = inventory.NoteMisfit
	noteNoAction       = inventory.NoteNoAction
	noteNoResource     = inventory.NoteNoResource
	noteDeleted        = "deleted principal"
)

// action is an action of a statement after expansion. Without a known action
// behind it (a wildcard, an unknown or a negated one) it takes any resource.
type action struct {
	inventory.Action
	// pattern is what it was expanded from, as written.
	pattern inventory.Action
	// number is the same of actions that are one but for letter case, 0 of the empty
	// one, and patternNumber likewise.
	number, patternNumber uint32

	note    string
	service *reference.Service
	known   *reference.Action
	// types is one text for actions of the same types of resources, "" for an
	// action that takes any resource.
	types string
}

// ofService reports whether the resource is of a service that the action acts
// on.
func (a *action) ofService(resource string) bool {
	if a.known == nil {
		return false
	}
	service := serviceOf(resource)
	for _, t := range a.known.ResourceTypes {
		for _, format := range a.service.ResourceTypes[t].Patterns() {
			if policy.Intersects(service, serviceOf(format)) {
				return true
			}
		}
	}
	return policy.Intersects(service, a.Service)
}

// serviceOf returns the third part of an ARN or a pattern of one.
func serviceOf(arn string) string {
	parts := strings.SplitN(arn, ":", 4)
	if len(parts) < 3 {
		return arn
	}
	return parts[2]
}

// expand returns the actions of a pattern.
func expand(pattern string, ref *reference.Reference, negated bool) []action {
	var out []action
	service, name, ok := policy.SplitAction(pattern)
	written := inventory.Action{Service: service, Name: name}
	switch {
	case !ok || service == "" || name == "":
		written = inventory.Action{Name: pattern}
		out = []action{{Action: written, note: noteMalformed}}
	case negated || name == "*" || strings.ContainsAny(service, "*?"):
		out = []action{asWritten(service, name, ref)}
	default:
		out = expandPattern(service, name, ref)
	}
	for i := range out {
		out[i].pattern = written
		out[i].types = typesKey(&out[i])
	}
	return out
}

func expandPattern(service, name string, ref *reference.Reference) []action {
	s, ok := ref.Service(service)
	if !ok {
		return []action{asWritten(service, name, ref)}
	}
	if !strings.ContainsAny(name, "*?") {
		if known, ok := s.Lookup(name); ok {
			return []action{knownAction(s, known)}
		}
		return []action{asWritten(service, name, ref)}
	}
	matches := s.Expand(name)
	if len(matches) == 0 {
		return []action{asWritten(service, name, ref)}
	}
	out := make([]action, len(matches))
	for i, m := range matches {
		out[i] = knownAction(s, m)
	}
	return out
}

func knownAction(s *reference.Service, a *reference.Action) action {
	return action{Action: inventory.Action{Service: s.Prefix, Name: a.Name}, service: s, known: a}
}

// asWritten returns a pattern that stays one row, noted where the reference has
// nothing that it matches.
func asWritten(service, name string, ref *reference.Reference) action {
	a := action{Action: inventory.Action{Service: policy.Fold(service), Name: name}}
	if strings.ContainsAny(service, "*?") {
		return a
	}
	s, ok := ref.Service(service)
	if !ok {
		a.note = noteUnknownService
		return a
	}
	if name == "*" {
		return a
	}
	if known, ok := s.Lookup(name); ok {
		a.Name = known.Name
		return a
	}
	if !strings.ContainsAny(name, "*?") || len(s.Expand(name)) == 0 {
		a.note = noteUnknownAction
	}
	return a
}
