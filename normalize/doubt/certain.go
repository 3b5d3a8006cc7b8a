package doubt

import (
	"slices"

	"iamctl/normalize"
)

// certain compares the layouts of all originals.
func (m *Masker) certain(a, b *originals) (Mask, bool) {
	placeholder, ok := crossedIn(a, b)
	if !ok {
		return Mask{}, false
	}
	x, y := m.layoutsOf(a), m.layoutsOf(b)
	mask := Mask{Certain: true, OnlyA: lacks(y, x), OnlyB: lacks(x, y)}
	if !mask.OnlyA && !mask.OnlyB {
		return Mask{}, false
	}
	mask.Value, mask.Reason = placeholder, m.sentence(reason{kind: literalPlaceholder, value: placeholder})
	return mask, true
}

// crossedIn finds a placeholder that was put into an original of one side and
// is in one of the other literally. Without one no two layouts can differ.
func crossedIn(a, b *originals) (string, bool) {
	if !a.literal && !b.literal {
		return "", false
	}
	for c := range normalize.NumColumns {
		for i := range a.len() {
			x := a.trace(c, i)
			if x == nil {
				continue
			}
			for j := range b.len() {
				if y := b.trace(c, j); y != nil {
					if p, ok := crossed(x.Inserted, x.Literal, y.Inserted, y.Literal); ok {
						return p, true
					}
				}
			}
		}
	}
	return "", false
}

// crossed returns a placeholder that was put in on one side and is literal on
// the other, the same whichever side is named first.
func crossed(insertedA, literalA, insertedB, literalB []string) (string, bool) {
	p, ok := firstCommon(insertedA, literalB)
	if q, also := firstCommon(literalA, insertedB); also && (!ok || q < p) {
		return q, true
	}
	return p, ok
}

// firstCommon returns the first string of a that b has too.
func firstCommon(a, b []string) (string, bool) {
	for _, s := range a {
		if slices.Contains(b, s) {
			return s, true
		}
	}
	return "", false
}

// lacks reports whether have is without the sets of one of want.
func lacks(have, want []rowLayout) bool {
	return slices.ContainsFunc(want, func(w rowLayout) bool { return !slices.ContainsFunc(have, w.sameSets) })
}
