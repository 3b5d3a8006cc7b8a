// Package smt writes as SMT-LIB text whether there is a request that one set of
// policies allows and another does not, for solvers that others wrote: what they
// answer is held against the verdicts. It has the parser and the operator table of
// package policy and nothing of the search or the evaluator.
//
// Actions, resources, principals and values of condition keys are strings, numbers
// are reals, times are seconds, addresses bit vectors. Each condition is a pair of
// formulas: where it surely holds, and where it may hold because AWS does not say.
package smt

import (
	"errors"
	"fmt"
	"strings"

	"iamctl/policy"
)

// Permissions is what the documents of a role allow. A Boundary that is not nil
// must allow a request too.
type Permissions struct{ Identity, Boundary []*policy.Document }

// Asked says which request is looked for.
type Asked struct {
	// New looks for one that new allows and old does not, else the reverse.
	New bool
	// Future takes any text for an action's service and name, else the request's
	// action is one of the universe or one that the policies name.
	Future bool
	// Open looks at what AWS leaves open as if it might be decided either way, but
	// alike for both sides. Otherwise a request counts only if its answers are
	// certain.
	Open bool
}

// Universe is the actions of today, service:Name.
type Universe struct{ services map[string][]string }

// NewUniverse returns the universe of the actions.
func NewUniverse(actions []string) *Universe {
	u := &Universe{map[string][]string{}}
	for _, a := range actions {
		service, name, _ := strings.Cut(policy.Fold(a), ":")
		u.services[service] = append(u.services[service], name)
	}
	return u
}

// Skipped is the error of what cannot be written as SMT-LIB.
type Skipped struct{ Reason string }

func (s *Skipped) Error() string { return s.Reason }

// Identity returns the question of two roles' permissions.
func (u *Universe) Identity(old, new Permissions, asked Asked) (string, error) {
	e := newEncoder(u, asked)
	for side, p := range []Permissions{old, new} {
		e.sides[side].bounded = p.Boundary != nil
		e.add(side, p.Identity, false)
		e.add(side, p.Boundary, true)
	}
	return e.text()
}

// Trust returns the question of two trust policies. A nil document lets in nobody.
func (u *Universe) Trust(old, new *policy.Document, asked Asked) (string, error) {
	e := newEncoder(u, asked)
	e.trust = true
	for side, d := range []*policy.Document{old, new} {
		if d != nil {
			e.add(side, []*policy.Document{d}, false)
		}
	}
	return e.text()
}

// encoder writes one question.
type encoder struct {
	Asked
	universe *Universe
	trust    bool
	sides    [2]side

	keys     map[string]*key
	keyOrder []*key
	callers  *callers
	doubts   map[string]string
	decls    []string
	asserts  []string
	skipped  string
}

// side is the statements of one side.
type side struct {
	statements []*statement
	bounded    bool
	unreadable []unreadable
}

// unreadable is a document of which nobody can say what it means.
type unreadable struct {
	name     string
	boundary bool
}

func newEncoder(u *Universe, asked Asked) *encoder {
	return &encoder{Asked: asked, universe: u, keys: map[string]*key{}, doubts: map[string]string{}}
}

// skip notes why the question cannot be written.
func (e *encoder) skip(reason string) {
	if e.skipped == "" {
		e.skipped = reason
	}
}

func (e *encoder) text() (string, error) {
	e.collect()
	if e.skipped != "" {
		return "", &Skipped{e.skipped}
	}
	e.declareKeys()
	e.actions()
	if e.trust {
		e.declareCallers()
	} else {
		e.declareResource()
	}
	old, new := e.allowed(0), e.allowed(1)
	if e.skipped != "" {
		return "", &Skipped{e.skipped}
	}
	if !e.New {
		old, new = new, old
	}
	e.assert(new.sure)
	e.assert(not(old.may))
	var b strings.Builder
	b.WriteString("(set-logic ALL)\n")
	for _, d := range e.decls {
		b.WriteString(d + "\n")
	}
	for _, a := range e.asserts {
		b.WriteString("(assert " + a + ")\n")
	}
	b.WriteString("(check-sat)\n")
	return b.String(), nil
}

func (e *encoder) declare(name, sort string) string {
	e.decls = append(e.decls, fmt.Sprintf("(declare-const %s %s)", name, sort))
	return name
}

func (e *encoder) assert(t term) { e.asserts = append(e.asserts, string(t)) }

// define names a formula, which is written once.
func (e *encoder) define(name string, t term) term {
	if len(t) < 40 {
		return t
	}
	e.decls = append(e.decls, fmt.Sprintf("(define-fun %s () Bool %s)", name, t))
	return term(name)
}

// IsSkipped returns why a question could not be written.
func IsSkipped(err error) (string, bool) {
	var s *Skipped
	if errors.As(err, &s) {
		return s.Reason, true
	}
	return "", false
}
