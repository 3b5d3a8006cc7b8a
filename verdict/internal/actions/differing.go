package actions

import (
	"cmp"
	"slices"

	"iamctl/reference"
	"iamctl/verdict/internal/bits"
)

// Span says that what has the number Slot holds on a side for some actions.
type Span struct {
	Slot, Side int
	Ranges     []Range
}

// Group is the actions for which the same slots hold on both sides.
type Group struct {
	Slots  [2]bits.Set
	Ranges []Range
}

// Differing returns the groups whose sides have different slots, in the order
// of their first actions. Slots are below n.
func Differing(spans []Span, n int) []Group {
	s := sweep{index: map[string]int{}}
	for side := range s.active {
		s.active[side], s.count[side] = bits.New(n), make([]int32, n)
	}
	events := eventsOf(spans)
	s.key = bits.New(2 * 64 * len(s.active[0]))
	for i := 0; i < len(events); {
		at := events[i].at
		for ; i < len(events) && events[i].at == at; i++ {
			s.apply(events[i])
		}
		if i < len(events) && s.unequal > 0 {
			s.add(Range{at, events[i].at})
		}
	}
	return s.groups
}

type event struct {
	at   Position
	slot int32
	side int8
	step int8 // 1 begins, -1 ends
}

func eventsOf(spans []Span) []event {
	n := 0
	for _, s := range spans {
		n += 2 * len(s.Ranges)
	}
	events := make([]event, 0, n)
	for _, s := range spans {
		for _, r := range s.Ranges {
			events = append(events,
				event{r.From, int32(s.Slot), int8(s.Side), 1},
				event{r.To, int32(s.Slot), int8(s.Side), -1})
		}
	}
	slices.SortFunc(events, func(a, b event) int { return cmp.Compare(a.at, b.at) })
	return events
}

type sweep struct {
	active  [2]bits.Set
	count   [2][]int32
	unequal int // slots that hold on one side alone
	key     bits.Set
	index   map[string]int
	groups  []Group
}

func (s *sweep) apply(e event) {
	slot := int(e.slot)
	before := s.count[e.side][slot]
	after := before + int32(e.step)
	s.count[e.side][slot] = after
	if (before > 0) == (after > 0) {
		return
	}
	if after > 0 {
		s.active[e.side].Add(slot)
	} else {
		s.active[e.side].Remove(slot)
	}
	if s.active[0].Has(slot) == s.active[1].Has(slot) {
		s.unequal--
	} else {
		s.unequal++
	}
}

func (s *sweep) add(r Range) {
	copy(s.key, s.active[0])
	copy(s.key[len(s.active[0]):], s.active[1])
	i, ok := s.index[s.key.View()]
	if !ok {
		i = len(s.groups)
		s.index[s.key.Clone().View()] = i
		s.groups = append(s.groups, Group{Slots: [2]bits.Set{s.active[0].Clone(), s.active[1].Clone()}})
	}
	s.groups[i].Ranges = append(s.groups[i].Ranges, r)
}

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
	for _, r := range ranges {
		for s := int(r.From >> serviceShift); s < u.serviceCount() && position(s, 0) < r.To; s++ {
			from, to := 0, 1<<serviceShift
			if base := position(s, 0); r.From > base {
				from = int(r.From - base)
			}
			if base := position(s, 0); r.To < base+Position(to) {
				to = int(r.To - base)
			}
			if !u.eachOf(s, from, to, f) {
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
