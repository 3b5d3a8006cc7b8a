package eval

import (
	"slices"
	"strings"

	"iamctl/policy"
)

// variablesVersion is the only version that has policy variables (IAM User
// Guide, "Version").
const variablesVersion = "2012-10-17"

// readable answers whether all of the document is known, apart from its
// statements.
func readable(d *policy.Document) answer {
	switch d.Version {
	case variablesVersion, "2008-10-17", "":
	default:
		return doubt("the policy language has no such version", d.Version)
	}
	return known(d.Unknown)
}

// known answers whether none of the elements that iamctl does not know can
// carry a permission. Sid and Id do not, nor does an operator without a key.
func known(elements []policy.Element) answer {
	for _, e := range elements {
		switch strings.ToLower(e.Name) {
		case "sid", "id":
		case "condition":
			if !strings.HasSuffix(e.JSON, `":{}}`) {
				return doubt("a condition that cannot be read", e.JSON)
			}
		default:
			return doubt("an element that the policy language does not have", e.Name)
		}
	}
	return sure(true)
}

// has reports whether an element of the name, or a part of it, is unknown.
func has(elements []policy.Element, name string) bool {
	return slices.ContainsFunc(elements, func(e policy.Element) bool { return strings.EqualFold(e.Name, name) })
}

// applies answers whether a statement of a document with that version is about
// the request.
func (q *question) applies(s *policy.Statement, version string) answer {
	a := sure(true)
	if !has(s.Unknown, "Action") && !has(s.Unknown, "NotAction") {
		a = q.action(s)
	}
	if unknown := known(s.Unknown); unknown.truth != yes {
		return a.and(unknown)
	}
	if a.truth != no {
		switch {
		case q.trust && q.control:
			a = a.and(q.admits(s)).and(element("Resource", s.Resource, s.NotResource, func(p string) answer {
				return q.matchesResource(p, version == variablesVersion)
			}))
		case q.trust:
			a = a.and(q.principal(s))
		default:
			a = a.and(q.resource(s, version == variablesVersion))
		}
	}
	if a.truth != no {
		a = a.and(q.conditions(s.Condition, version == variablesVersion))
	}
	return a
}

// element answers whether an element of a statement, or its Not- form, is about
// the request. AWS takes no statement without either, with both, or with an
// empty list.
func element[T any](name string, list, not []T, matches func(T) answer) answer {
	switch {
	case list != nil && not != nil:
		return doubt("a statement with both "+name+" and Not"+name, "")
	case len(list) == 0 && len(not) == 0:
		return doubt("a statement without "+name, "")
	case not != nil:
		return anyOf(not, matches).not()
	}
	return anyOf(list, matches)
}
