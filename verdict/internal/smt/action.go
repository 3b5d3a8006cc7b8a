package smt

import (
	"fmt"
	"slices"
	"strings"

	"iamctl/policy"
)

// allBuckets has no resource, but AWS documents it on all buckets too.
const allBuckets = "s3:listallmybuckets"

// assuming are the actions that a trust policy is asked about.
var assuming = []string{"assumerole", "assumerolewithsaml", "assumerolewithwebidentity", "tagsession", "setsourceidentity"}

// actions declares the request's action and finds which statements are about it.
func (e *encoder) actions() {
	if e.Future {
		e.declare("service", "String")
		e.declare("name", "String")
		e.assert(`(not (= service ""))`)
		e.assert(`(not (= name ""))`)
		if e.trust {
			e.assert(equal("service", quote("sts")))
			for _, n := range e.universe.services["sts"] {
				if !slices.Contains(assuming, n) {
					e.assert(not(equal("name", quote(n))))
				}
			}
		}
		e.eachStatement(func(s *statement) { s.applies = e.futureAction(s) })
		return
	}
	e.declare("action", "String")
	e.assert(e.today())
}

// action returns which actions a statement is about.
func (e *encoder) action(s *statement) pair {
	if s.Action != nil && s.NotAction != nil || len(s.Action)+len(s.NotAction) == 0 || hasElement(s.Unknown, "action", "notaction") {
		return e.doubt(fmt.Sprintf("action %q %q %v", sorted(s.Action), sorted(s.NotAction), s.Unknown))
	}
	return s.applies
}

func hasElement(list []policy.Element, names ...string) bool {
	return slices.ContainsFunc(list, func(x policy.Element) bool { return slices.Contains(names, policy.Fold(x.Name)) })
}

func (s *statement) patterns() ([]string, bool) {
	if s.NotAction != nil {
		return s.NotAction, true
	}
	return s.Action, false
}

// written is a pattern of actions in lower case.
type written struct {
	service, name pattern
	all           bool // every action
	none          bool // no action, or none that anybody can say
	vague         pattern
}

// read reads a pattern of actions. An action has one colon, and no blanks.
func read(text string) written {
	text = policy.Fold(text)
	if text != "" && strings.Trim(text, "*") == "" {
		return written{all: true}
	}
	service, name, ok := strings.Cut(text, ":")
	switch {
	case !ok:
		return written{none: true, vague: glob(text)}
	case strings.ContainsAny(text, " \t\n\r") || strings.Contains(name, ":"):
		return written{none: true}
	}
	return written{service: glob(service), name: glob(name)}
}

// futureAction returns which services and names a statement is about.
func (e *encoder) futureAction(s *statement) pair {
	list, negated := s.patterns()
	p := anyOf(list, func(text string) pair {
		switch w := read(text); {
		case w.all:
			return sure(yes)
		case w.none && w.vague != nil:
			return pair{no, e.match(`(str.++ service ":" name)`, w.vague)}
		case w.none:
			return sure(no)
		default:
			return sure(and(e.match("service", w.service), e.match("name", w.name)))
		}
	})
	if negated {
		return p.not()
	}
	return p
}
