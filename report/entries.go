package report

import (
	"cmp"
	"slices"
	"strings"

	"iamctl/result"
)

// EntryText returns what is equal only because of an entry of the dictionary.
func EntryText(e *result.Entry) string {
	if e.Total() == 0 {
		return "nothing"
	}
	var parts []string
	for _, p := range []struct {
		n         int
		one, many string
	}{{e.Items, "item", "items"}, {e.Attributes, "attribute", "attributes"}, {e.Names, "name", "names"}} {
		if p.n > 0 {
			parts = append(parts, result.Count(p.n, p.one, p.many))
		}
	}
	return strings.Join(parts, ", ")
}

// EntryName returns what an entry is called: its placeholder, and that it stands
// for the accounts' own ids if the dictionary does not have it.
func EntryName(esc result.Escape, e *result.Entry) string {
	if e.Number == 0 {
		return esc(e.Placeholder, result.LineLimit) + " (the accounts' own ids)"
	}
	return esc(e.Placeholder, result.LineLimit)
}

// ByWeight returns the entries of the dictionary, those first because of which
// most is equal.
func ByWeight(r *result.Result) []result.Entry {
	list := slices.Clone(r.Entries)
	slices.SortStableFunc(list, func(a, b result.Entry) int { return cmp.Compare(b.Total(), a.Total()) })
	return list
}

// entries writes what is equal only because of the dictionary, by its entries.
func (t *textWriter) entries() {
	list := ByWeight(t.r)
	if len(list) == 0 {
		return
	}
	t.line("\nEqual only by the dictionary:")
	for i := range list {
		if i == fewLines {
			t.line("  ... and %s: see %s", result.Count(len(list)-i, "more entry", "more entries"), result.FileName)
			return
		}
		t.line("  %s: %s", EntryName(Clip, &list[i]), EntryText(&list[i]))
	}
}
