package flatten

import (
	"runtime"
	"sync"
	"sync/atomic"

	"iamctl/inventory"
)

// fewDocuments are not worth it to be flattened side by side.
const fewDocuments = 100

// ahead flattens the documents of roles on all cores, for the roles that then take them from the
// shelf one after another.
func (f *flattener) ahead(a *inventory.Account, wanted func(*inventory.Role) bool) {
	workers := runtime.GOMAXPROCS(0)
	texts := f.texts(a, wanted)
	if workers < 2 || len(texts) < fewDocuments {
		return
	}
	var next atomic.Int64
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for i := next.Add(1); i <= int64(len(texts)); i = next.Add(1) {
				f.documents.shelve(texts[i-1])
			}
		})
	}
	wg.Wait()
}

// texts returns the distinct documents of roles in the order in which they are needed.
func (f *flattener) texts(a *inventory.Account, wanted func(*inventory.Role) bool) []inventory.Document {
	var all []inventory.Document
	seen := map[inventory.Document]bool{"": true} // which nobody flattens
	add := func(d inventory.Document) {
		if !seen[d] {
			seen[d], all = true, append(all, d)
		}
	}
	for i := range a.Roles {
		r := &a.Roles[i]
		if !wanted(r) {
			continue
		}
		add(r.Trust)
		for _, p := range r.Inline {
			add(p.Document)
		}
		attached := r.Attached
		if r.Boundary != nil {
			attached = append(attached[:len(attached):len(attached)], *r.Boundary)
		}
		for _, ref := range attached {
			if p := f.managed[ref.ARN]; p != nil {
				add(p.Document)
			}
		}
	}
	return all
}
