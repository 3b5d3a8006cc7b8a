package doubt

import (
	"slices"

	"iamctl/normalize"
	"iamctl/normalize/rewrite"
)

// merged looks for a side on which more texts became one than on the other:
// it may have what the other has not.
func (m *Masker) merged(a, b *originals) (Mask, bool) {
	if a.len() == 1 && b.len() == 1 && !a.anyMerged() && !b.anyMerged() {
		return Mask{}, false
	}
	x, y := m.layoutsOf(a), m.layoutsOf(b)
	slices.SortFunc(x, rowLayout.compareMultisets)
	slices.SortFunc(y, rowLayout.compareMultisets)
	if slices.EqualFunc(x, y, rowLayout.sameMultisets) {
		return Mask{}, false
	}
	placeholders := inserted(a, b)
	if len(placeholders) == 0 {
		return Mask{}, false
	}
	for _, p := range placeholders {
		inA, inB := a.values(p), b.values(p)
		switch {
		case len(inA) > len(inB):
			return m.mask(reason{kind: becameOne, value: p, side: a.side, more: normalize.Quoted(inA), fewer: normalize.Quoted(inB)})
		case len(inA) < len(inB):
			return m.mask(reason{kind: becameOne, value: p, side: b.side, more: normalize.Quoted(inB), fewer: normalize.Quoted(inA)})
		}
	}
	// The same values, but not as often.
	longer := a
	if len(y) > len(x) {
		longer = b
	}
	return m.mask(reason{kind: becameOne, value: placeholders[0], side: longer.side, more: normalize.Quoted(longer.values(placeholders[0]))})
}

func (o *originals) anyMerged() bool {
	for _, t := range o.traces {
		if t.Merged {
			return true
		}
	}
	return false
}

// inserted returns the placeholders that were put into the originals, each
// once.
func inserted(a, b *originals) []string {
	var s rewrite.Summary
	for _, o := range [...]*originals{a, b} {
		for _, t := range o.traces {
			s.Add(t)
		}
	}
	return s.Inserted
}

// values returns the values that became the placeholder in the originals,
// each once.
func (o *originals) values(placeholder string) []string {
	var out []string
	for _, t := range o.traces {
		for _, r := range t.Rules {
			if r.Placeholder == placeholder && !slices.Contains(out, r.Value) {
				out = append(out, r.Value)
			}
		}
	}
	return out
}
