package normalize

import "slices"

// Mask is what makes two rows or texts suspect that are equal after rewriting.
type Mask struct {
	// Value is the value or placeholder that it is about, Reason a sentence
	// about it.
	Value  string
	Reason string
	// Certain tells that the two differ: one side has as it is what was put
	// into the other. OnlyA tells that A has an original that B has no
	// counterpart of, OnlyB the reverse; one of them holds.
	Certain      bool
	OnlyA, OnlyB bool
}

// Masker finds rows and texts of two accounts that are equal after rewriting
// and may hide drift, or certainly do:
//
//   - A placeholder was put in on one side and stands on the other as it is,
//     at the same place: the two differ for certain.
//   - A value that belongs to no known account was rewritten in one of the
//     two, and is used anywhere on the other side.
//   - A value without owner was rewritten on an account that has another
//     value of its own in the same entry.
//   - Texts that differ became one on one side, and fewer did on the other.
//
// Where both sides are one account its names have no owner in this sense, but
// nothing is said of what was the same before rewriting.
//
// It says of a and b what it says of b and a. One goroutine at a time may use
// it.
type Masker struct {
	accounts [2]*Account
	spots    spots
	reasons  map[grounds]string
}

// NewMasker costs nothing.
func NewMasker(a, b *Account) *Masker {
	return &Masker{accounts: [2]*Account{a, b}}
}

// May tells whether any two rows of a table of A and a table of B may be such
// as Rows finds.
func (m *Masker) May(a, b *Table) bool {
	if m.same() && sameItems(a.Before, b.Before) {
		return false
	}
	usedBy := func(side int) func(string) bool {
		return func(v string) bool { return m.accounts[side].unowned[v] }
	}
	if a.first != nil || b.first != nil {
		return true
	}
	for c := range columns {
		s, u := &a.signs[c], &b.signs[c]
		if _, ok := crossed(s.placed, s.loose, u.placed, u.loose); ok {
			return true
		}
		if s.third || u.third || s.merged || u.merged || slices.ContainsFunc(s.unowned, usedBy(1)) || slices.ContainsFunc(u.unowned, usedBy(0)) {
			return true
		}
	}
	return false
}

// Rows looks at row i of a table of A and row j of one of B, which are equal,
// with all the rows that became one in them.
func (m *Masker) Rows(a *Table, i uint32, b *Table, j uint32) (Mask, bool) {
	return m.compare(&origins{side: 0, table: a, rows: a.Origins(i)}, &origins{side: 1, table: b, rows: b.Origins(j)})
}

// Text looks at a text of A and one of B, which are equal after rewriting.
func (m *Masker) Text(field Field, rawA, rawB string) (Mask, bool) {
	return m.Texts(field, []string{rawA}, []string{rawB})
}

// Texts looks at texts of A that all became one, and texts of B that became
// the same.
func (m *Masker) Texts(field Field, rawA, rawB []string) (Mask, bool) {
	return m.compare(m.texts(0, field, rawA), m.texts(1, field, rawB))
}

func (m *Masker) compare(a, b *origins) (Mask, bool) {
	if mask, ok := m.certain(a, b); ok {
		return mask, true
	}
	if mask, ok := m.doubt(a, b); ok {
		return mask, true
	}
	return m.merged(a, b)
}

// certain compares the layouts of all originals.
func (m *Masker) certain(a, b *origins) (Mask, bool) {
	placeholder, ok := crossing(a, b)
	if !ok {
		return Mask{}, false
	}
	x, y := m.sets(a), m.sets(b)
	mask := Mask{Certain: true, OnlyA: lacks(y, x), OnlyB: lacks(x, y)}
	if !mask.OnlyA && !mask.OnlyB {
		return Mask{}, false
	}
	mask.Value, mask.Reason = placeholder, m.reason(grounds{why: standsThere, value: placeholder})
	return mask, true
}

// crossing finds a placeholder that was put into an original of one side and
// stands in one of the other. Without one no two layouts can differ.
func crossing(a, b *origins) (string, bool) {
	for c := range columns {
		for i := range a.len() {
			x := a.mark(c, i)
			if x == nil {
				continue
			}
			for j := range b.len() {
				if y := b.mark(c, j); y != nil {
					if p, ok := crossed(x.placed, x.loose, y.placed, y.loose); ok {
						return p, true
					}
				}
			}
		}
	}
	return "", false
}

// lacks tells whether have is without one of want.
func lacks(have, want [][columns]uint32) bool {
	return slices.ContainsFunc(want, func(w [columns]uint32) bool { return !slices.Contains(have, w) })
}
