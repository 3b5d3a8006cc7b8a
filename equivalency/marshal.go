package equivalency

import (
	"slices"

	"iamctl/internal/jsontree"
)

// Marshal writes the dictionary in its form as a file's content, entries and
// values in their order, with a newline at the end. Parse returns the same
// dictionary again, except the places. Text that is not UTF-8 comes out with
// U+FFFD, as in any JSON.
func (d *Dictionary) Marshal() []byte {
	w := &writer{}
	if d == nil {
		d = Empty()
	}
	if d.Form == FormIAMCTL {
		w.iamctl(d)
	} else {
		w.scoped(d)
	}
	return w.Bytes()
}

// writer writes a dictionary in one of its forms.
type writer struct{ jsontree.Writer }

func (w *writer) iamctl(d *Dictionary) {
	w.Block("{}", func() {
		w.About(d.Schema, d.Comment)
		for _, e := range d.Entries {
			w.Key(e.Placeholder)
			w.List(valueTexts(e.Values))
		}
	})
}

func (w *writer) scoped(d *Dictionary) {
	w.Block("{}", func() {
		w.About(d.Schema, d.Comment)
		w.Key("version")
		w.Raw("2")
		w.Key("equivalencies")
		w.Block("[]", func() {
			for i := range d.Entries {
				w.Line()
				w.entry(&d.Entries[i])
			}
		})
		w.Key("shared")
		w.List(d.Shared)
	})
}

func (w *writer) entry(e *Entry) {
	w.Block("{}", func() {
		w.Comment(e.Comment)
		w.Key("placeholder")
		w.Quote(e.Placeholder)
		if e.From != "" {
			w.Key("from")
			w.Quote(e.From)
		}
		if e.From == "" || len(e.Values) > 0 {
			w.Key("values")
			w.Block("{}", func() { w.accounts(e.Values) })
		}
		if e.Substring {
			w.Key("match")
			w.Quote("substring")
		}
		if e.Fields != nil {
			fields := make([]string, len(e.Fields))
			for i, f := range e.Fields {
				fields[i] = string(f)
			}
			w.Key("fields")
			w.List(fields)
		}
	})
}

// accounts writes the values account by account, in the order in which each
// account is first named.
func (w *writer) accounts(values []Value) {
	var order []string
	for _, v := range values {
		if !slices.Contains(order, v.Account) {
			order = append(order, v.Account)
		}
	}
	for _, account := range order {
		w.Key(account)
		w.Texts(valueTexts(slices.DeleteFunc(slices.Clone(values), func(v Value) bool { return v.Account != account })))
	}
}

func valueTexts(values []Value) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = v.Text
	}
	return out
}
