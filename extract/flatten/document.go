package flatten

import (
	"iamctl/inventory"
	"iamctl/policy"
	"iamctl/reference"
)

// documents flattens documents, each distinct text once.
type documents struct {
	ref       *reference.Reference
	partition string
	done      map[inventory.Document]*flattened
}

func newDocuments(ref *reference.Reference, partition string) *documents {
	return &documents{ref: ref, partition: partition, done: map[inventory.Document]*flattened{}}
}

func (d *documents) flatten(text inventory.Document) *flattened {
	if f := d.done[text]; f != nil {
		return f
	}
	f := &flattened{items: &inventory.Items{}}
	doc, problems, err := policy.Parse(string(text))
	f.problems, f.err = problems, err
	if err == nil {
		f.items = Document(doc, d.ref, d.partition)
	}
	d.done[text] = f
	return f
}

// Document flattens one parsed document of an account in the partition.
// Every action pattern, resource, principal and condition of the document
// reaches an item.
func Document(doc *policy.Document, ref *reference.Reference, partition string) *inventory.Items {
	b := newBuilder()
	groups := map[groupKey]*group{}
	var order []*group
	for i := range doc.Statements {
		s := policy.CanonicalStatement(&doc.Statements[i], doc.Version, partition)
		for _, part := range parts(&s, ref) {
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
	return b.items()
}
