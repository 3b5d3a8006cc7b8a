package equivalency

import "slices"

// Owned is what an account is known by: its id, its name, or one of its values.
type Owned struct {
	Text string
	// Fields limits where the text counts, nil for every field.
	Fields []Field
}

// Owned returns what an account is known by, each text once: its id, its own name, and the
// values of the dictionary that are its own.
func (f *Fleet) Owned(id Identity) []Owned {
	var out []Owned
	add := func(text string, fields []Field) {
		if text != "" && !slices.ContainsFunc(out, func(o Owned) bool { return o.Text == text && (o.Fields == nil || slices.Equal(o.Fields, fields)) }) {
			out = append(out, Owned{text, fields})
		}
	}
	add(id.ID, nil)
	for i := range f.d.Entries {
		own, _ := f.own(i, id) // the rules say what is wrong with it
		for _, s := range own {
			add(s.Text, f.d.Entries[i].Fields)
		}
	}
	if name := id.accountName(); f.unfit(name, namePart{}) == "" && Environment(name) < 0 {
		add(name, nil)
	}
	return out
}
