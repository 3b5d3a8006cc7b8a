package normalize

import "fmt"

// doubt looks for values whose rewriting may hide drift.
func doubt(a, b *origins) (Mask, bool) {
	for c := range columns {
		for i := range a.len() {
			for j := range b.len() {
				if mask, ok := a.mark(c, i).doubts(b.mark(c, j)); ok {
					return mask, true
				}
			}
		}
	}
	return Mask{}, false
}

func (m *mark) doubts(o *mark) (Mask, bool) {
	if m != nil && o != nil {
		if v, ok := common(m.unowned, o.unowned); ok {
			return Mask{Value: v, Reason: fmt.Sprintf("%q stands on both sides, and the dictionary does not say whose it is", v)}, true
		}
	}
	for _, side := range []*mark{m, o} {
		if side != nil && len(side.third) > 0 {
			v := side.third[0]
			return Mask{Value: v, Reason: fmt.Sprintf("%q was rewritten although its account has a value of its own in the entry, so that it may be a third account's", v)}, true
		}
	}
	return Mask{}, false
}
