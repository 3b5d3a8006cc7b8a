package actions

import (
	"cmp"
	"slices"

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
