package glob

import "iamctl/verdict/internal/bits"

// family is patterns of which it is enough that one matches.
type family struct {
	all    bits.Set // their places
	loops  bits.Set // those at a star at an end: whatever follows, it matches
	settle bits.Set // one of these with its end, nil if there is none
}

func (a *automaton) addFamilies() {
	if a.query.Family == nil {
		return
	}
	a.families, a.loops = make([]family, len(a.query.Patterns)), bits.New(a.size)
	for i, n := range a.query.Family {
		f := &a.families[n]
		if f.all == nil {
			f.all, f.loops = bits.New(a.size), bits.New(a.size)
		}
		for place := a.from[i]; place <= a.end[i]; place++ {
			f.all.Add(place)
		}
		if last := a.end[i] - 1; last >= a.from[i] && a.stars.Has(last) {
			f.loops.Add(last)
			a.loops.Add(last)
			if f.settle == nil {
				f.settle = bits.New(a.size)
				f.settle.Add(last)
				f.settle.Add(a.end[i])
			}
		}
	}
}

// settle forgets where the other patterns of a family are once one of them
// matches whatever follows.
func (a *automaton) settle(s bits.Set) {
	if len(a.families) == 0 || !s.Meets(a.loops) {
		return
	}
	for i := range a.families {
		f := &a.families[i]
		if f.settle == nil || !s.Meets(f.loops) {
			continue
		}
		for k := range s {
			s[k] = s[k]&^f.all[k] | f.settle[k]
		}
	}
}
