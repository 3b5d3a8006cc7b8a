package result

import (
	"iter"

	"github.com/go-json-experiment/json/jsontext"
)

// Columns are the columns of an item; an absent one is empty.
type Columns struct {
	PolicyName    string `json:"policyname,omitempty"`
	PolicyType    string `json:"policytype,omitempty"`
	Effect        string `json:"effect,omitempty"`
	Service       string `json:"service,omitempty"`
	Action        string `json:"action,omitempty"`
	ARN           string `json:"arn,omitempty"`
	Principal     string `json:"principal,omitempty"`
	PrincipalType string `json:"principaltype,omitempty"`
	Negated       string `json:"negated,omitempty"`
	Condition     string `json:"condition,omitempty"`
	Statement     string `json:"statement,omitempty"`
	Note          string `json:"note,omitempty"`
}

// FullAction returns the item's action with its service.
func (c *Columns) FullAction() string { return c.Service + ":" + c.Action }

// Item is an item that one account's role has and the other's lacks.
type Item struct {
	Columns
	// Originals are the items before rewriting, changed columns only.
	Originals   []Columns `json:"originals,omitempty"`
	Names       []Name    `json:"names,omitempty"`
	Fingerprint string    `json:"fingerprint"`
	Mark
}

// Items is a list of items that may be built only as they are asked for.
type Items struct{ source itemSource }

// itemSource is where items come from.
type itemSource interface {
	length() int
	all() iter.Seq2[int, Item]
	outlines() iter.Seq2[int, Outline]
	// fingerprints yields the fingerprints of the items with their indexes. d
	// makes them if the source does not have them.
	fingerprints(d *Digests) iter.Seq2[int, string]
	mark(fingerprint string, i int) Mark
	policyType(i int) string
	at(i int) Item
}

// Len returns how many items there are.
func (l Items) Len() int {
	if l.source == nil {
		return 0
	}
	return l.source.length()
}

// All yields the items with their indexes, in the order of diff.json.
func (l Items) All() iter.Seq2[int, Item] {
	if l.source == nil {
		return func(func(int, Item) bool) {}
	}
	return l.source.all()
}

// Outlines yields the items as All does, in outline.
func (l Items) Outlines() iter.Seq2[int, Outline] {
	if l.source == nil {
		return func(func(int, Outline) bool) {}
	}
	return l.source.outlines()
}

// At returns the item with an index, of items that one account's role has and
// the other's has not. To get many, use All.
func (l Items) At(i int) Item { return l.source.at(i) }

// First returns the first n items, or all if there are fewer.
func (l Items) First(n int) []Item {
	list := make([]Item, 0, min(n, l.Len()))
	for i, it := range l.All() {
		if i == n {
			break
		}
		list = append(list, it)
	}
	return list
}

// NewItems returns a list of the items.
func NewItems(list []Item) Items {
	l := &storedItems{store: newStore()}
	for i := range list {
		l.add(&list[i])
	}
	l.end()
	return Items{l}
}

// UnmarshalJSONFrom reads the items of a diff.json.
func (l *Items) UnmarshalJSONFrom(d *jsontext.Decoder) error {
	list := &storedItems{store: newStore()}
	there, err := eachElement(d, list.add)
	list.end()
	*l = Items{}
	if there {
		l.source = list
	}
	return err
}
