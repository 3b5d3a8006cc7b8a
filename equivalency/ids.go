package equivalency

import (
	"slices"
	"strings"
)

// ids adds the rules for the two accounts' own ids, in the fields where the
// dictionary has none. The placeholder is that of the entry that holds either
// id, so that both accounts meet in it whichever of them the entry names.
func (b *binder) ids() {
	for _, g := range b.idFields() {
		if b.self.ID == "" && b.other.ID == "" {
			return
		}
		b.placeholder(g.placeholder)
		own := uncovered(g.fields, func(f Field) bool {
			return slices.ContainsFunc(b.rules.Rewrites, func(r Rule) bool { return r.Value == b.self.ID && covers(r.Fields, f) })
		})
		if b.self.ID != "" && len(own) > 0 {
			b.rules.Rewrites = append(b.rules.Rewrites, Rule{
				Value: b.self.ID, Placeholder: g.placeholder, Fields: limit(own), Owned: true, Entry: -1,
			})
			b.bound = append(b.bound, rewrite{b.self.ID, g.placeholder, false, limit(own), g.at, g.at})
		}
		foreign := uncovered(g.fields, func(f Field) bool {
			return slices.ContainsFunc(b.rules.Foreign, func(x Foreign) bool { return x.Value == b.other.ID && covers(x.Fields, f) })
		})
		if b.other.ID != "" && b.other.ID != b.self.ID && len(foreign) > 0 {
			b.rules.Foreign = append(b.rules.Foreign, Foreign{
				Value: b.other.ID, Owner: b.other.Tag, Expected: b.self.ID, Fields: limit(foreign), Entry: -1,
			})
		}
	}
}

// idGroup are fields in which the ids have one placeholder.
type idGroup struct {
	placeholder string
	at          Position
	fields      []Field
}

func (b *binder) idFields() []idGroup {
	var out []idGroup
	for _, f := range Fields() {
		p, at := b.idPlaceholder(f)
		i := slices.IndexFunc(out, func(g idGroup) bool { return g.placeholder == p })
		if i < 0 {
			i = len(out)
			out = append(out, idGroup{placeholder: p, at: at})
		}
		out[i].fields = append(out[i].fields, f)
	}
	return out
}

// idPlaceholder returns what the ids become in a field.
func (b *binder) idPlaceholder(f Field) (string, Position) {
	for i := range b.d.Entries {
		e := &b.d.Entries[i]
		if !covers(e.Fields, f) {
			continue
		}
		is := func(id string) func(share) bool { return func(s share) bool { return s.Text == id } }
		if s := b.known[i]; slices.ContainsFunc(s.mine, is(b.self.ID)) || slices.ContainsFunc(s.theirs, is(b.other.ID)) {
			return e.Placeholder, e.At
		}
	}
	return b.freeID(), Position{}
}

// freeID is 000000000000, or the next of its kind where that is itself an
// account's id, as with some emulators of AWS, or taken by the dictionary.
// Both accounts come to the same one.
func (b *binder) freeID() string {
	for _, digit := range "0123456789" {
		id := strings.Repeat(string(digit), 12)
		if id != b.self.ID && id != b.other.ID && !b.fleet.ids[id] && !b.d.mentions(id) {
			return id
		}
	}
	return "ACCOUNT-ID"
}

// mentions reports whether the dictionary has the text as a value or a shared
// literal.
func (d *Dictionary) mentions(text string) bool {
	return slices.Contains(d.Shared, text) || slices.ContainsFunc(d.Entries, func(e Entry) bool {
		return slices.ContainsFunc(e.Values, func(v Value) bool { return v.Text == text })
	})
}

func covers(limit []Field, f Field) bool { return limit == nil || slices.Contains(limit, f) }

// uncovered returns the fields that are not covered.
func uncovered(fields []Field, covered func(Field) bool) []Field {
	return slices.DeleteFunc(slices.Clone(fields), covered)
}

// limit is nil for every field.
func limit(fields []Field) []Field {
	if len(fields) == len(Fields()) {
		return nil
	}
	return fields
}
