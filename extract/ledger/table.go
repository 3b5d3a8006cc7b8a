package ledger

import (
	"slices"
	"strings"
)

// table is a ledger by tag.
type table struct{ entries map[string]*Entry }

func tableOf(f *File) table {
	t := table{make(map[string]*Entry, len(f.Entries))}
	for _, e := range f.Entries {
		t.set(e)
	}
	return t
}

// key returns what tags of one folder have in common: on many machines case makes no
// difference.
func key(tag string) string { return strings.ToLower(tag) }

func (t table) set(e Entry) { t.entries[key(e.Tag)] = &e }

func (t table) sorted() []Entry {
	out := make([]Entry, 0, len(t.entries))
	for _, e := range t.entries {
		out = append(out, *e)
	}
	slices.SortFunc(out, order)
	return out
}
