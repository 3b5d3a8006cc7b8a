package doubt

import (
	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/normalize/rewrite"
)

// Mask says why two rows or texts that are equal after rewriting may differ.
type Mask struct {
	// Value is the value or placeholder that it is about, Reason a sentence
	// about it.
	Value  string
	Reason string
	// Certain reports whether the two differ for certain: one side has
	// literally what was put into the other. OnlyA reports whether A has an
	// original that B has no counterpart of, OnlyB the reverse; at least one
	// of them is true then.
	Certain      bool
	OnlyA, OnlyB bool
}

// Masker finds the masks between two accounts. What it says of a and b, it
// says of b and a. One goroutine at a time may use it.
type Masker struct {
	accounts  [2]*normalize.Account
	layouts   layouts
	sentences map[reason]string
	traces    [2][]*rewrite.Trace // scratch
}

// NewMasker returns a Masker of two accounts.
func NewMasker(a, b *normalize.Account) *Masker {
	return &Masker{accounts: [2]*normalize.Account{a, b}}
}

// May reports whether a row of a table of A and one of a table of B may be
// masked.
func (m *Masker) May(a, b *normalize.Table) bool {
	if a.Merged() || b.Merged() {
		return true
	}
	for c := range normalize.NumColumns {
		if m.mayColumn(a.Summary(c), b.Summary(c)) {
			return true
		}
	}
	return false
}

func (m *Masker) mayColumn(a, b *rewrite.Summary) bool {
	if a.ThirdParty || b.ThirdParty || a.Merged || b.Merged {
		return true
	}
	if _, ok := crossed(a.Inserted, a.Literal, b.Inserted, b.Literal); ok {
		return true
	}
	return anyAmbiguous(a.Ambiguous, m.accounts[1]) || anyAmbiguous(b.Ambiguous, m.accounts[0])
}

func anyAmbiguous(values []string, in *normalize.Account) bool {
	_, ok := firstAmbiguous(values, in)
	return ok
}

// Rows returns the mask of row i of a table of A and row j of one of B, which
// are equal, with all the rows that became one in them. The mask is the zero
// Mask if ok is false.
func (m *Masker) Rows(a *normalize.Table, i uint32, b *normalize.Table, j uint32) (mask Mask, ok bool) {
	return m.compare(&originals{side: 0, table: a, rows: a.Origins(i)}, &originals{side: 1, table: b, rows: b.Origins(j)})
}

// Pairs returns likewise the mask of a pair of an action and a resource that is no
// row, of all the pairs that became one in either table, as PairOrigins has them.
func (m *Masker) Pairs(a *normalize.Table, x []inventory.Row, b *normalize.Table, y []inventory.Row) (mask Mask, ok bool) {
	return m.compare(&originals{side: 0, table: a, pairs: x}, &originals{side: 1, table: b, pairs: y})
}

// Text returns the mask of a text of A and one of B, which are equal after
// rewriting.
func (m *Masker) Text(field normalize.Field, rawA, rawB string) (mask Mask, ok bool) {
	return m.Texts(field, []string{rawA}, []string{rawB})
}

// Texts returns the mask of texts of A that all became one, and texts of B
// that became the same.
func (m *Masker) Texts(field normalize.Field, rawA, rawB []string) (mask Mask, ok bool) {
	return m.compare(m.texts(0, field, rawA), m.texts(1, field, rawB))
}

func (m *Masker) compare(a, b *originals) (Mask, bool) {
	m.traces[0], m.traces[1] = a.collect(m.traces[0]), b.collect(m.traces[1])
	if mask, ok := m.certain(a, b); ok {
		return mask, true
	}
	if mask, ok := m.ambiguous(a, b); ok {
		return mask, true
	}
	return m.merged(a, b)
}

// mask returns the mask of a reason that leaves it open whether the sides
// differ.
func (m *Masker) mask(r reason) (Mask, bool) {
	return Mask{Value: r.value, Reason: m.sentence(r)}, true
}
