package report

import (
	"io"
	"iter"

	"iamctl/internal/bulk"
	"iamctl/internal/itemtext"
	"iamctl/inventory"
)

// Harvest writes the items of an account as they were read, before any
// rewriting: the columns of inventory.Item, marked, in the order of Flat.Items.
func Harvest(w io.Writer, f *inventory.Flat) error {
	out := bulk.NewWriter(w)
	writeCells(out, header[inventory.Item]())
	docs := itemtext.NewShelf(&itemCSV, flatDocuments(f))
	var prefix []byte
	for i := range f.Roles {
		r := &f.Roles[i]
		for j := range r.Policies {
			p := &r.Policies[j]
			prefix = appendItemPrefix(prefix[:0], r.Name, r.Path, p.Name, p.Type)
			d := docs.Document(p.Items)
			for row := range p.Items.Rows {
				out.Buf = append(appendItemColumns(append(out.Buf, prefix...), d, p.Items, uint32(row)), '\n')
				if !out.Flush() {
					return out.Err()
				}
			}
		}
	}
	return out.Close()
}

// flatDocuments yields the document of every policy.
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
