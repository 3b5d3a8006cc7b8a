package actions

import (
	"iamctl/reference"
)

// Action is one action of the universe.
type Action struct {
	// Prefix is the service and Short the name, as the reference spells them
	// where it has the action.
	Prefix, Short string
	// Service and Known are nil where the reference does not have the action.
	Service *reference.Service
	Known   *reference.Action
	// Future says that it stands for actions that AWS may add.
	Future bool
}

// Name returns the name with its service.
func (a *Action) Name() string { return a.Prefix + ":" + a.Short }

// Each calls f with the actions of some ranges, until it returns false.
func (u *Universe) Each(ranges []Range, f func(Action) bool) {
	u.eachPart(ranges, func(s, from, to int) bool { return u.eachOf(s, from, to, f) })
}

// Count returns the number of the actions of some ranges.
func (u *Universe) Count(ranges []Range) int {
	n := 0
	u.eachPart(ranges, func(s, from, to int) bool {
		known := u.knownCount(s)
		n += max(0, min(to, known+len(u.extra[s]))-from) + max(0, min(to, firstSymbol+len(u.symbols[s]))-max(from, firstSymbol))
		return true
	})
	return n
}

// eachPart calls f with the services of some ranges, and from which number of action to
// which, until it returns false.
func (u *Universe) eachPart(ranges []Range, f func(s, from, to int) bool) {
	for _, r := range ranges {
		for s := int(r.From >> serviceShift); s < u.serviceCount() && position(s, 0) < r.To; s++ {
			from, to := 0, 1<<serviceShift
			if base := position(s, 0); r.From > base {
				from = int(r.From - base)
			}
			if base := position(s, 0); r.To < base+Position(to) {
				to = int(r.To - base)
			}
			if !f(s, from, to) {
				return
			}
		}
	}
}

// eachOf is Each for the actions of one service from one number to another.
func (u *Universe) eachOf(s, from, to int, f func(Action) bool) bool {
	known := u.knownCount(s)
	prefix := u.serviceName(s)
	for i := from; i < min(to, known); i++ {
		service := u.table.service(s)
		a := &service.Actions[i]
		if !f(Action{Prefix: service.Prefix, Short: a.Name, Service: service, Known: a}) {
			return false
		}
	}
	for i := max(from, known); i < min(to, known+len(u.extra[s])); i++ {
		if !f(Action{Prefix: prefix, Short: u.extra[s][i-known]}) {
			return false
		}
	}
	for i := max(from, firstSymbol); i < min(to, firstSymbol+len(u.symbols[s])); i++ {
		if !f(Action{Prefix: prefix, Short: u.symbols[s][i-firstSymbol], Future: true}) {
			return false
		}
	}
	return true
}
