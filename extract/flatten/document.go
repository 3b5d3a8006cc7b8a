package flatten

import (
	"math"
	"slices"
	"sync"

	"iamctl/inventory"
	"iamctl/policy"
	"iamctl/reference"
)

// Shelf flattens accounts, a document that several of a partition have once. It is
// safe for concurrent use.
type Shelf struct {
	expand *expansions
	parsed *inventory.Parsed
	mu     sync.Mutex
	done   map[shelved]*once
	// actions are lists of actions that many documents have, one of each kind.
	actions map[listKey][]inventory.Action
	// trunk is what the shelf branched off, nil for none.
	trunk *Shelf
}

// shelved is a text as accounts of a partition have it.
type shelved struct {
	text      inventory.Document
	partition string
}

// once is a document that whoever needs it first flattens.
type once struct {
	sync.Once
	of *flattened
}

// listKey is what lists have in common that may be equal.
type listKey struct {
	first, last inventory.Action
	n           int
}

// maxParsed is how many bytes of documents are kept as they were parsed: all that most
// accounts have.
const maxParsed = 8 << 20

// NewShelf returns a shelf for accounts that are flattened by a reference.
func NewShelf(ref *reference.Reference) *Shelf {
	return &Shelf{expand: newExpansions(ref), parsed: inventory.NewParsed(maxParsed), done: map[shelved]*once{}, actions: map[listKey][]inventory.Action{}}
}

// Branch returns a shelf that has what s has, and keeps what it flattens to itself: s does
// not grow with the documents of accounts that are soon done with.
func (s *Shelf) Branch() *Shelf {
	return &Shelf{expand: s.expand, done: map[shelved]*once{}, actions: map[listKey][]inventory.Action{}, trunk: s}
}

// known returns the document of a text that was flattened before, nil if none was.
func (s *Shelf) known(key shelved) *once {
	if s == nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.done[key]
}

// get returns the document of a text that make makes, unless it was made before.
func (s *Shelf) get(key shelved, make func() *flattened) *flattened {
	if o := s.trunk.known(key); o != nil {
		o.Do(func() { o.of = make() })
		return o.of
	}
	s.mu.Lock()
	o := s.done[key]
	if o == nil {
		o = &once{}
		s.done[key] = o
	}
	s.mu.Unlock()
	o.Do(func() { o.of = make() })
	return o.of
}

// shared returns a list that is equal and of which there need be but one: many
// documents are about other resources alone.
func (s *Shelf) shared(list []inventory.Action) []inventory.Action {
	if len(list) == 0 {
		return list
	}
	key := listKey{list[0], list[len(list)-1], len(list)}
	s.mu.Lock()
	defer s.mu.Unlock()
	known := s.actions[key]
	if !slices.Equal(known, list) {
		known = list
		s.actions[key] = list
	}
	return known
}

// documents flattens the documents of an account, each distinct text once.
type documents struct {
	*Shelf
	partition string
	// ids are the unique ids of the account's roles and users.
	ids  map[string]bool
	done map[inventory.Document]*flattened
}

func newDocuments(s *Shelf, a *inventory.Account) *documents {
	d := &documents{Shelf: s, partition: a.Partition, ids: map[string]bool{}, done: map[inventory.Document]*flattened{}}
	for i := range a.Roles {
		d.ids[a.Roles[i].ID] = true
	}
	for i := range a.Users {
		d.ids[a.Users[i].ID] = true
	}
	return d
}

func (d *documents) flatten(text inventory.Document) *flattened {
	if f := d.done[text]; f != nil {
		return f
	}
	f := d.shelve(text)
	if f.byID {
		f = d.read(text)
	}
	d.done[text] = f
	return f
}

// shelve returns what the shelf has of a document, which it flattens if it has nothing. It is safe
// for concurrent use.
func (d *documents) shelve(text inventory.Document) *flattened {
	return d.get(shelved{text, d.partition}, func() *flattened { return d.read(text) })
}

// read flattens a document.
func (d *documents) read(text inventory.Document) *flattened {
	f := &flattened{items: &inventory.Items{}}
	doc, problems, err := policy.Parse(string(text))
	f.problems, f.err = problems, err
	if err != nil {
		return f
	}
	read := &inventory.ParsedDocument{Written: doc, Canonical: policy.CanonicalStatements(doc, d.partition)}
	d.parsed.Keep(text, d.partition, read)
	items, over := d.items(read.Canonical, documentPairs)
	if over != nil {
		f.err = over
		return f
	}
	f.items, f.byID = items, slices.ContainsFunc(items.Principals, deleted)
	return f
}

// Document flattens one parsed document of an account in the partition.
// Every action pattern, resource, principal and condition of the document
// reaches an item.
func Document(doc *policy.Document, ref *reference.Reference, partition string) *inventory.Items {
	d := &documents{Shelf: NewShelf(ref), partition: partition}
	items, _ := d.items(policy.CanonicalStatements(doc, partition), math.MaxInt)
	return items
}

// items is Document of a canonical document for up to limit pairs of an action and a resource: an error if
// there are more.
func (d *documents) items(doc *policy.Document, limit int) (*inventory.Items, *limitError) {
	pairs := 0
	b := &builder{ids: d.ids, scratch: newScratch()}
	defer b.done()
	groups := map[groupKey]*group{}
	var order []*group
	for i := range doc.Statements {
		for _, part := range parts(&doc.Statements[i], d.expand) {
			if pairs += len(part.actions) * len(part.resources) * len(part.principals); pairs > limit {
				return nil, &limitError{limit}
			}
			g := groups[part.key]
			if g == nil {
				g = newGroup()
				groups[part.key] = g
				order = append(order, g)
			}
			g.add(part)
		}
	}
	for _, g := range order {
		g.emit(b)
	}
	items := b.items()
	items.Actions = d.shared(items.Actions)
	return items, nil
}
