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
	out := rowWriter{Writer: bulk.NewWriterBehind(w)}
	writeCells(out.Writer, header[inventory.Item]())
	docs := itemtext.NewShelf(&itemCSV, flatDocuments(f))
	for i := range f.Roles {
		r := &f.Roles[i]
		for j := range r.Policies {
			p := &r.Policies[j]
			out.prefix = appendItemPrefix(out.prefix[:0], r.Name, r.Path, p.Name, p.Type)
			if !out.rows(docs.Document(p.Items), p.Items) {
				return out.Close()
			}
		}
	}
	return out.Close()
}

// rowWriter writes the rows of policies.
type rowWriter struct {
	*bulk.Writer
	prefix     []byte // the columns before effect
	head, tail []byte // of the row before, but for the resource
}

// rows writes the rows of a policy; d has the texts of t. False means that writing failed. Rows
// are sorted, so that most are as the one before but for the resource.
func (w *rowWriter) rows(d *itemtext.Document, t *inventory.Items) bool {
	w.head = w.head[:0]
	var last inventory.Row
	for i, r := range t.Rows {
		if t.Terms[r.Terms].Negated != "" {
			w.Buf = append(appendItemColumns(append(w.Buf, w.prefix...), d, t, uint32(i)), '\n')
		} else {
			like := r
			if like.Resource = last.Resource; like != last || len(w.head) == 0 {
				w.head = d.AppendHead(append(w.head[:0], w.prefix...), r)
				w.tail = append(d.AppendTail(w.tail[:0], r), '\n')
				last = r
			}
			w.Buf = append(d.Resources.Append(append(w.Buf, w.head...), r.Resource), w.tail...)
		}
		if !w.Flush() {
			return false
		}
	}
	return true
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
