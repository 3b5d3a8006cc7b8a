package flatten

import (
	"math"
	"slices"

	"iamctl/inventory"
	"iamctl/policy"
	"iamctl/reference"
)

// documents flattens documents, each distinct text once.
type documents struct {
	expand    *expansions
	partition string
	// ids are the unique ids of the account's roles and users.
	ids  map[string]bool
	done map[inventory.Document]*flattened
	// actions are lists of actions that many documents have, one of each kind.
	actions map[listKey][]inventory.Action
}

// listKey is what lists have in common that may be equal.
type listKey struct {
	first, last inventory.Action
	n           int
}

func newDocuments(ref *reference.Reference, a *inventory.Account) *documents {
	d := &documents{expand: newExpansions(ref), partition: a.Partition, ids: map[string]bool{}, done: map[inventory.Document]*flattened{}, actions: map[listKey][]inventory.Action{}}
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
	f := &flattened{items: &inventory.Items{}}
	doc, problems, err := policy.Parse(string(text))
	f.problems, f.err = problems, err
	if err == nil {
		var over *limitError
		if f.items, over = d.items(doc, documentPairs); over != nil {
			f.items, f.err = &inventory.Items{}, over
		}
	}
	d.done[text] = f
	return f
}

// Document flattens one parsed document of an account in the partition.
// Every action pattern, resource, principal and condition of the document
// reaches an item.
func Document(doc *policy.Document, ref *reference.Reference, partition string) *inventory.Items {
	d := &documents{expand: newExpansions(ref), partition: partition, actions: map[listKey][]inventory.Action{}}
	items, _ := d.items(doc, math.MaxInt)
	return items
}

// items is Document for up to limit pairs of an action and a resource: an error if
// there are more.
func (d *documents) items(doc *policy.Document, limit int) (*inventory.Items, *limitError) {
	pairs := 0
	b := &builder{ids: d.ids}
	groups := map[groupKey]*group{}
	var order []*group
	for i := range doc.Statements {
		s := policy.CanonicalStatement(&doc.Statements[i], doc.Version, d.partition)
		for _, part := range parts(&s, d.expand) {
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

// shared returns a list that is equal and of which there need be but one: many
// documents are about other resources alone.
func (d *documents) shared(list []inventory.Action) []inventory.Action {
	if len(list) == 0 {
		return list
	}
	key := listKey{list[0], list[len(list)-1], len(list)}
	known := d.actions[key]
	if !slices.Equal(known, list) {
		known = list
		d.actions[key] = list
	}
	return known
}
