// Package itemtext writes the rows of items in a format. Millions of rows have
// few distinct values: each is spelled once, when the first row needs it, and
// copied from then on.
package itemtext

import (
	"iter"

	"iamctl/inventory"
)

// Spelling is how a format writes the values of items. A nil function leaves
// the column out.
type Spelling struct {
	Effect    func(dst []byte, s string) []byte
	Action    func(dst []byte, a inventory.Action) []byte
	Resource  func(dst []byte, s string) []byte
	Principal func(dst []byte, p inventory.Principal) []byte
	Terms     func(dst []byte, t inventory.Terms) []byte
}

// Document is the distinct values of a document's items as a format writes
// them. It is not for several goroutines at once.
type Document struct {
	Effects    Column[string]
	Actions    Column[inventory.Action]
	Resources  Column[string]
	Principals Column[inventory.Principal]
	Terms      Column[inventory.Terms]
}

// NewDocument returns a Document without items; Reset sets them.
func NewDocument(s *Spelling) *Document {
	return &Document{
		Effects:    Column[string]{spell: s.Effect},
		Actions:    Column[inventory.Action]{spell: s.Action},
		Resources:  Column[string]{spell: s.Resource},
		Principals: Column[inventory.Principal]{spell: s.Principal},
		Terms:      Column[inventory.Terms]{spell: s.Terms},
	}
}

// Reset sets the items to those of another document.
func (d *Document) Reset(t *inventory.Items) {
	d.Effects.reset(t.Effects)
	d.Actions.reset(t.Actions)
	d.Resources.reset(t.Resources)
	d.Principals.reset(t.Principals)
	d.Terms.reset(t.Terms)
}

// Append appends a row's values in the order of the item columns.
func (d *Document) Append(dst []byte, r inventory.Row) []byte {
	return d.AppendTail(d.Resources.Append(d.AppendHead(dst, r), r.Resource), r)
}

// AppendHead appends those before the resource, and AppendTail those behind it. Rows that follow
// each other often differ in their resource alone.
func (d *Document) AppendHead(dst []byte, r inventory.Row) []byte {
	return d.Actions.Append(d.Effects.Append(dst, r.Effect), r.Action)
}

// AppendTail appends the values behind the resource: see AppendHead.
func (d *Document) AppendTail(dst []byte, r inventory.Row) []byte {
	return d.Terms.Append(d.Principals.Append(dst, r.Principal), r.Terms)
}

// Column is the values of one column.
type Column[T any] struct {
	spell  func([]byte, T) []byte
	values []T
	text   []byte
	spans  []span
}

// span is where in a column's text a value is, from being one too high so
// that the zero span means not written yet.
type span struct{ from, to int }

func (c *Column[T]) reset(values []T) {
	c.values, c.text = values, c.text[:0]
	if cap(c.spans) < len(values) {
		c.spans = make([]span, len(values))
		return
	}
	c.spans = c.spans[:len(values)]
	clear(c.spans)
}

// Append appends the value with an index.
func (c *Column[T]) Append(dst []byte, i uint32) []byte {
	s := c.spans[i]
	if s.from == 0 {
		s = c.put(i)
	}
	return append(dst, c.text[s.from-1:s.to]...)
}

// put spells the value with an index.
func (c *Column[T]) put(i uint32) span {
	from := len(c.text)
	if c.spell != nil {
		c.text = c.spell(c.text, c.values[i])
	}
	c.spans[i] = span{from + 1, len(c.text)}
	return c.spans[i]
}

// Shelf keeps the Documents that several policies share, and one that serves
// all the others in turn.
type Shelf struct {
	spelling *Spelling
	// left is how many policies with the document are still to come.
	left    map[*inventory.Items]int
	shared  map[*inventory.Items]*Document
	scratch *Document
}

// NewShelf counts the documents that will be asked for. Those that are asked
// for more often than counted only lose speed.
func NewShelf(s *Spelling, documents iter.Seq[*inventory.Items]) *Shelf {
	h := &Shelf{
		spelling: s, scratch: NewDocument(s),
		left: map[*inventory.Items]int{}, shared: map[*inventory.Items]*Document{},
	}
	for t := range documents {
		h.left[t]++
	}
	return h
}

// Document returns the Document of a policy's items, good until the next call.
func (h *Shelf) Document(t *inventory.Items) *Document {
	left := h.left[t]
	h.left[t] = left - 1
	d := h.shared[t]
	switch {
	case d != nil && left <= 1:
		delete(h.shared, t)
	case d == nil && left > 1:
		d = NewDocument(h.spelling)
		d.Reset(t)
		h.shared[t] = d
	case d == nil:
		d = h.scratch
		d.Reset(t)
	}
	return d
}
