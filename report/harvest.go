package report

import (
	"io"
	"iter"

	"iamctl/inventory"
)

// Harvest writes the items of an account as they were read, before any
// rewriting: the columns of inventory.Item, in the order of Flat.Items.
func Harvest(w io.Writer, f *inventory.Flat) error {
	out := newRowWriter(w)
	out.cells(header[inventory.Item]())
	docs := newShelf(&itemCSV, flatDocuments(f))
	var prefix []byte
	for i := range f.Roles {
		r := &f.Roles[i]
		for j := range r.Policies {
			p := &r.Policies[j]
			prefix = appendItemPrefix(prefix[:0], r.Name, r.Path, p.Name, p.Type)
			l := docs.lists(p.Items)
			for _, row := range p.Items.Rows {
				out.buf = append(l.append(append(out.buf, prefix...), row), '\n')
				if !out.flush() {
					return out.err
				}
			}
		}
	}
	return out.close()
}

func flatDocuments(f *inventory.Flat) iter.Seq[*inventory.Items] {
	return func(yield func(*inventory.Items) bool) {
		for i := range f.Roles {
			for j := range f.Roles[i].Policies {
				if !yield(f.Roles[i].Policies[j].Items) {
					return
				}
			}
		}
	}
}
