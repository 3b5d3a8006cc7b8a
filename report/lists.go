package report

import (
	"iter"

	"iamctl/inventory"
)

// spelling says how one format writes the values of items.
type spelling struct {
	effect    func(dst []byte, s string) []byte
	action    func(dst []byte, a inventory.Action) []byte
	resource  func(dst []byte, s string) []byte
	principal func(dst []byte, p inventory.Principal) []byte
	terms     func(dst []byte, t inventory.Terms) []byte
}

// lists is a document's distinct values as a format writes them. Millions of
// rows have few distinct values: each is escaped once, when the first row
// needs it, and copied from then on.
type lists struct {
	effects    column[string]
	actions    column[inventory.Action]
	resources  column[string]
	principals column[inventory.Principal]
	terms      column[inventory.Terms]
}

func newLists(s *spelling) *lists {
	return &lists{
		effects:    column[string]{spell: s.effect},
		actions:    column[inventory.Action]{spell: s.action},
		resources:  column[string]{spell: s.resource},
		principals: column[inventory.Principal]{spell: s.principal},
		terms:      column[inventory.Terms]{spell: s.terms},
	}
}

func (l *lists) reset(t *inventory.Items) {
	l.effects.reset(t.Effects)
	l.actions.reset(t.Actions)
	l.resources.reset(t.Resources)
	l.principals.reset(t.Principals)
	l.terms.reset(t.Terms)
}

// append appends a row's values in the order of the item columns.
func (l *lists) append(dst []byte, r inventory.Row) []byte {
	dst = l.effects.append(dst, r.Effect)
	dst = l.actions.append(dst, r.Action)
	dst = l.resources.append(dst, r.Resource)
	dst = l.principals.append(dst, r.Principal)
	return l.terms.append(dst, r.Terms)
}

// column is one list of a document. spell may be nil for a column that the
// format leaves out.
type column[T any] struct {
	spell  func([]byte, T) []byte
	values []T
	text   []byte
	spans  []span
}

// span is where in a column's text a value is, from being one too high so
// that the zero span means not written yet.
type span struct{ from, to int }

func (c *column[T]) reset(values []T) {
	c.values, c.text = values, c.text[:0]
	if cap(c.spans) < len(values) {
		c.spans = make([]span, len(values))
		return
	}
	c.spans = c.spans[:len(values)]
	clear(c.spans)
}

func (c *column[T]) append(dst []byte, i uint32) []byte {
	s := c.spans[i]
	if s.from == 0 {
		s = c.put(i)
	}
	return append(dst, c.text[s.from-1:s.to]...)
}

func (c *column[T]) put(i uint32) span {
	from := len(c.text)
	if c.spell != nil {
		c.text = c.spell(c.text, c.values[i])
	}
	c.spans[i] = span{from + 1, len(c.text)}
	return c.spans[i]
}

// shelf keeps the lists of documents that several policies share, and one
// set that serves all the others in turn.
type shelf struct {
	spelling *spelling
	// left is how many policies with the document are still to come.
	left    map[*inventory.Items]int
	shared  map[*inventory.Items]*lists
	scratch *lists
}

// newShelf counts the documents that will be asked for. Those that are asked
// for more often than counted only lose speed.
func newShelf(s *spelling, documents iter.Seq[*inventory.Items]) *shelf {
	h := &shelf{
		spelling: s, scratch: newLists(s),
		left: map[*inventory.Items]int{}, shared: map[*inventory.Items]*lists{},
	}
	for t := range documents {
		h.left[t]++
	}
	return h
}

// lists gives the lists of a document. They are good until the next call.
func (h *shelf) lists(t *inventory.Items) *lists {
	left := h.left[t]
	h.left[t] = left - 1
	l := h.shared[t]
	switch {
	case l != nil && left <= 1:
		delete(h.shared, t)
	case l == nil && left > 1:
		l = newLists(h.spelling)
		l.reset(t)
		h.shared[t] = l
	case l == nil:
		l = h.scratch
		l.reset(t)
	}
	return l
}
