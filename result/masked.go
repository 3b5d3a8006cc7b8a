package result

import (
	"iter"

	"github.com/go-json-experiment/json/jsontext"

	"iamctl/diff"
)

// MaskedItem is a pair of equal items that might hide drift.
type MaskedItem struct {
	Columns
	Value      string    `json:"value"`
	Reason     string    `json:"reason"`
	OriginalsA []Columns `json:"originals_a,omitempty"`
	OriginalsB []Columns `json:"originals_b,omitempty"`
}

// MaskedItems is a list of masked items that are built as they are asked for:
// one entry of the dictionary that belongs to no account can mask every item.
type MaskedItems struct {
	list *storedMasked
	// refs are the masked items of a Result that New made, in place of list.
	refs []MaskedRef
	// pairs are the masked pairs that the reference calls impossible, after them.
	pairs  []diff.MaskedPair
	result *Result
	pair   *diff.Pair
}

// Len returns how many items there are.
func (l MaskedItems) Len() int {
	if l.list != nil {
		return len(l.list.rows)
	}
	return len(l.refs) + len(l.pairs)
}

// All yields the items in the order of diff.json.
func (l MaskedItems) All() iter.Seq[MaskedItem] {
	if l.list != nil {
		return l.list.all()
	}
	return func(yield func(MaskedItem) bool) {
		for _, m := range l.refs {
			if !yield(maskedItem(l.pair, m)) {
				return
			}
		}
		for m := range l.Pairs() {
			if !yield(m) {
				return
			}
		}
	}
}

// Reasons yields the value and the reason of every item.
func (l MaskedItems) Reasons() iter.Seq2[string, string] {
	return func(yield func(value, reason string) bool) {
		if l.list != nil {
			l.list.reasons(yield)
			return
		}
		for i := range l.refs {
			if !yield(l.refs[i].Value, l.refs[i].Reason) {
				return
			}
		}
		for i := range l.pairs {
			if !yield(l.pairs[i].Value, l.pairs[i].Reason) {
				return
			}
		}
	}
}

func maskedItem(p *diff.Pair, m diff.Masked) MaskedItem {
	a, b := &p.A.Policies[m.A.Policy], &p.B.Policies[m.B.Policy]
	return MaskedItem{
		Columns: columnsOf(a, m.A.Row), Value: m.Value, Reason: m.Reason,
		OriginalsA: originalsOf(a, m.A.Row), OriginalsB: originalsOf(b, m.B.Row),
	}
}

// Pairs yields those of the items that are pairs which the reference calls impossible,
// with the action as account A's document has it. It is for a Result that New made.
func (l MaskedItems) Pairs() iter.Seq[MaskedItem] {
	return func(yield func(MaskedItem) bool) {
		var builders [2]impossibleBuilder
		for i := range l.pairs {
			m := &l.pairs[i]
			var originals [2][]Columns
			for side, x := range []*diff.Impossible{&m.A, &m.B} {
				b, p := &builders[side], &l.pair.Role(side).Policies[x.Policy]
				b.l = &impossibleItems{result: l.result, side: side}
				originals[side] = originalsAmong(p, pairRow(x), b.originsOf(p, x))
			}
			it := MaskedItem{
				Columns: pairColumns(&l.pair.A.Policies[m.A.Policy], &m.A, &l.result.Meta), Value: m.Value, Reason: m.Reason,
				OriginalsA: originals[0], OriginalsB: originals[1],
			}
			if !yield(it) {
				return
			}
		}
	}
}

// UnmarshalJSONFrom reads the masked items of a diff.json.
func (l *MaskedItems) UnmarshalJSONFrom(d *jsontext.Decoder) error {
	list := &storedMasked{store: newStore()}
	there, err := eachElement(d, list.add)
	list.end()
	*l = MaskedItems{}
	if there {
		l.list = list
	}
	return err
}

// NewMaskedItems returns a list of the items.
func NewMaskedItems(list []MaskedItem) MaskedItems {
	l := &storedMasked{store: newStore()}
	for i := range list {
		l.add(&list[i])
	}
	l.end()
	return MaskedItems{list: l}
}

// storedMasked are the masked items of a Result that was read.
type storedMasked struct {
	*store
	rows []storedMaskedItem
}

type storedMaskedItem struct {
	columns       storedColumns
	value, reason uint32
	originals     [2]uint32
}

func (l *storedMasked) add(m *MaskedItem) {
	l.rows = append(l.rows, storedMaskedItem{
		l.put(&m.Columns), l.text(m.Value), l.text(m.Reason),
		[2]uint32{l.putColumns(m.OriginalsA), l.putColumns(m.OriginalsB)},
	})
}

func (l *storedMasked) all() iter.Seq[MaskedItem] {
	return func(yield func(MaskedItem) bool) {
		for i := range l.rows {
			r := &l.rows[i]
			m := MaskedItem{
				Columns: l.get(r.columns), Value: l.texts[r.value], Reason: l.texts[r.reason],
				OriginalsA: l.columns[r.originals[0]], OriginalsB: l.columns[r.originals[1]],
			}
			if !yield(m) {
				return
			}
		}
	}
}

func (l *storedMasked) reasons(yield func(value, reason string) bool) {
	for i := range l.rows {
		if !yield(l.texts[l.rows[i].value], l.texts[l.rows[i].reason]) {
			return
		}
	}
}

// MaskedAttribute is a name or an attribute that both accounts have after
// rewriting, but that might hide drift.
type MaskedAttribute struct {
	// Kind is that of an attribute, "rolename" for the role's name. Key is as in
	// Attribute, also for the name of a policy.
	Kind string `json:"kind"`
	Key  string `json:"key,omitempty"`
	// Text is the value after rewriting.
	Text string      `json:"text"`
	A    MaskedValue `json:"a"`
	B    MaskedValue `json:"b"`
	// Value and Reason are as in MaskedItem.
	Value  string `json:"value"`
	Reason string `json:"reason"`
}

// MaskedValue is a masked attribute as it is in one account.
type MaskedValue struct {
	OriginalKey   string `json:"original_key,omitempty"`
	OriginalValue string `json:"original_value"`
}

func maskedAttributes(list []diff.MaskedText) []MaskedAttribute {
	var out []MaskedAttribute
	for _, m := range list {
		out = append(out, MaskedAttribute{
			Kind: string(m.Kind), Key: m.Key, Text: m.Text,
			A: MaskedValue{m.RawKey[0], m.Raw[0]}, B: MaskedValue{m.RawKey[1], m.Raw[1]},
			Value: m.Value, Reason: m.Reason,
		})
	}
	return out
}
