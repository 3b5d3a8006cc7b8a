package result

import (
	"encoding/binary"
	"iter"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// store keeps what rows of a list have in common: each distinct text and list
// once. Millions of items have few of them.
type store struct {
	texts   []string
	columns [][]Columns
	names   [][]Name
	marks   []Mark

	// numbers are the indexes of what is there while a list is read, by kind.
	numbers map[string]uint32
	key     []byte
}

func newStore() *store {
	s := &store{numbers: map[string]uint32{}}
	// 0 is nothing, of each kind.
	s.texts, s.columns, s.names, s.marks = []string{""}, [][]Columns{nil}, [][]Name{nil}, []Mark{{}}
	return s
}

// storedColumns are the columns of an item as indexes into the texts.
type storedColumns [12]uint32

func (c *Columns) fields() [12]*string {
	return [12]*string{
		&c.PolicyName, &c.PolicyType, &c.Effect, &c.Service, &c.Action, &c.ARN,
		&c.Principal, &c.PrincipalType, &c.Negated, &c.Condition, &c.Statement, &c.Note,
	}
}

func (s *store) text(t string) uint32 {
	if t == "" {
		return 0
	}
	n, ok := s.numbers[t]
	if !ok {
		n = uint32(len(s.texts))
		s.numbers[t] = n
		s.texts = append(s.texts, t)
	}
	return n
}

func (s *store) put(c *Columns) storedColumns {
	var out storedColumns
	for i, f := range c.fields() {
		out[i] = s.text(*f)
	}
	return out
}

func (s *store) get(c storedColumns) Columns {
	var out Columns
	for i, f := range out.fields() {
		*f = s.texts[c[i]]
	}
	return out
}

// begin begins the key of a list: no text begins so.
func (s *store) begin(kind byte) { s.key = append(s.key[:0], 0, 0xff, kind) }

func (s *store) add(n uint32) { s.key = binary.NativeEndian.AppendUint32(s.key, n) }

// index returns the index of the list whose key was made, by next if it is new.
func (s *store) index(next int) (n uint32, is bool) {
	if n, ok := s.numbers[string(s.key)]; ok {
		return n, true
	}
	s.numbers[string(s.key)] = uint32(next)
	return uint32(next), false
}

func (s *store) putColumns(list []Columns) uint32 {
	if len(list) == 0 {
		return 0
	}
	stored := make([]storedColumns, len(list))
	for i := range list {
		stored[i] = s.put(&list[i])
	}
	s.begin('c')
	for _, c := range stored {
		for _, n := range c {
			s.add(n)
		}
	}
	n, is := s.index(len(s.columns))
	if !is {
		kept := make([]Columns, len(list))
		for i, c := range stored {
			kept[i] = s.get(c)
		}
		s.columns = append(s.columns, kept)
	}
	return n
}

func (s *store) putNames(list []Name) uint32 {
	if len(list) == 0 {
		return 0
	}
	s.begin('n')
	for _, x := range list {
		for _, t := range []string{x.Value, x.Owner, x.Expected} {
			s.add(s.text(t))
		}
	}
	n, is := s.index(len(s.names))
	if !is {
		s.names = append(s.names, list)
	}
	return n
}

func (s *store) putMark(m *Mark) uint32 {
	if *m == (Mark{}) {
		return 0
	}
	s.begin('m')
	s.add(s.text(m.Age))
	if w := m.Waiver; w != nil {
		s.key = binary.NativeEndian.AppendUint64(append(s.key, 'w'), uint64(*w))
	}
	if c := m.FirstSeen; c != nil {
		for _, t := range []string{c.Hash, c.Time, c.Author, c.Subject} {
			s.add(s.text(t))
		}
		if c.AtLeast {
			s.add(1)
		}
	}
	n, is := s.index(len(s.marks))
	if !is {
		s.marks = append(s.marks, *m)
	}
	return n
}

// end frees what only reading needs.
func (s *store) end() { s.numbers, s.key = nil, nil }

// storedItems are the items of a Result that was read.
type storedItems struct {
	*store
	rows []storedItem
}

type storedItem struct {
	columns                storedColumns
	originals, names, mark uint32
	fingerprint            string
}

func (l *storedItems) add(it *Item) {
	l.rows = append(l.rows, storedItem{
		l.put(&it.Columns), l.putColumns(it.Originals), l.putNames(it.Names), l.putMark(&it.Mark), it.Fingerprint,
	})
}

func (l *storedItems) length() int { return len(l.rows) }

func (l *storedItems) at(i int) Item {
	r := &l.rows[i]
	return Item{
		Columns: l.get(r.columns), Originals: l.columns[r.originals], Names: l.names[r.names],
		Fingerprint: r.fingerprint, Mark: l.marks[r.mark],
	}
}

func (l *storedItems) mark(_ string, i int) Mark { return l.marks[l.rows[i].mark] }
func (l *storedItems) policyType(i int) string   { return l.texts[l.rows[i].columns[1]] }

func (l *storedItems) all() iter.Seq2[int, Item] {
	return func(yield func(int, Item) bool) {
		for i := range l.rows {
			if !yield(i, l.at(i)) {
				return
			}
		}
	}
}

func (l *storedItems) fingerprints(*Digests) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		for i := range l.rows {
			if !yield(i, l.rows[i].fingerprint) {
				return
			}
		}
	}
}

// eachElement reads the elements of an array one by one into v, which one then
// takes, and reports whether it is there: null is no array.
func eachElement[T any](d *jsontext.Decoder, one func(v *T)) (there bool, err error) {
	if k := d.PeekKind(); k != '[' {
		var none []T
		return false, json.UnmarshalDecode(d, &none) // null, or an error with its place
	}
	if _, err := d.ReadToken(); err != nil {
		return true, err
	}
	for d.PeekKind() != ']' {
		var v T
		if err := json.UnmarshalDecode(d, &v); err != nil {
			return true, err
		}
		one(&v)
	}
	_, err = d.ReadToken()
	return true, err
}
