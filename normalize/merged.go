package normalize

import "slices"

// merged looks for a side on which more texts became one than on the other:
// it may have what the other has not.
func (m *Masker) merged(a, b *origins) (Mask, bool) {
	if a.len() == 1 && b.len() == 1 && !a.anyMerged() && !b.anyMerged() {
		return Mask{}, false
	}
	x, y := m.tallies(a), m.tallies(b)
	slices.SortFunc(x, compareTallies)
	slices.SortFunc(y, compareTallies)
	if slices.Equal(x, y) {
		return Mask{}, false
	}
	placed := m.placeholders(a, b)
	if len(placed) == 0 {
		return Mask{}, false
	}
	for _, p := range placed {
		inA, inB := m.values(a, p), m.values(b, p)
		switch {
		case len(inA) > len(inB):
			return m.mask(grounds{why: becameOne, value: p, side: a.side, many: quoted(inA), few: quoted(inB)})
		case len(inA) < len(inB):
			return m.mask(grounds{why: becameOne, value: p, side: b.side, many: quoted(inB), few: quoted(inA)})
		}
	}
	// The same values, but not as often.
	more := a
	if len(y) > len(x) {
		more = b
	}
	return m.mask(grounds{why: becameOne, value: placed[0], side: more.side, many: quoted(m.values(more, placed[0]))})
}

func compareTallies(x, y [columns]uint32) int { return slices.Compare(x[:], y[:]) }

func (o *origins) anyMerged() bool {
	for k := range o.marks() {
		if x := o.at(k); x != nil && x.merged {
			return true
		}
	}
	return false
}

// placeholders are those that were put into the originals, each once.
func (m *Masker) placeholders(a, b *origins) []string {
	var out []string
	for _, o := range [...]*origins{a, b} {
		for k := range o.marks() {
			if x := o.at(k); x != nil {
				out = union(out, x.placed)
			}
		}
	}
	return out
}

// values are those that became the placeholder in the originals, each once.
func (m *Masker) values(o *origins, placeholder string) []string {
	var out []string
	rules := m.accounts[o.side].Rewriter.rules.Rewrites
	for k := range o.marks() {
		x := o.at(k)
		if x == nil {
			continue
		}
		for _, i := range x.rules {
			if r := &rules[i]; r.Placeholder == placeholder && !slices.Contains(out, r.Value) {
				out = append(out, r.Value)
			}
		}
	}
	return out
}
