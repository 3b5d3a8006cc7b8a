package pairing

import (
	"slices"
	"strings"

	"iamctl/equivalency"
	"iamctl/normalize/rewrite"
	"iamctl/pairing/randomname"
	"iamctl/policy"
)

// entity is an entity's name and what is known of it.
type entity struct {
	name string
	// key is the name as the dictionary leaves it, without regard to case.
	key  string
	made bool // form says how
	form randomname.Form
	// stem is the key without the made-up parts, and wide without all that may be
	// made up.
	stem, wide string
	// spelled rewrites the name with parts of it left out, and marked does so without regard
	// to case.
	spelled, marked func(parts []equivalency.Span) string
}

// entity returns an entity of a side.
func (f *finder) entity(side int, field rewrite.Field, kind equivalency.EntityKind, name, path string) entity {
	r := f.rewriters[side]
	e := entity{name: name, spelled: func(parts []equivalency.Span) string { return r.Marked(field, name, parts) }}
	e.marked = func(parts []equivalency.Span) string { return policy.Fold(e.spelled(parts)) }
	e.key = e.marked(nil)
	e.form, e.made = f.forms.of(kind, name, path)
	e.made = e.made && !(e.form.Between && f.oneAccount())
	if !e.made || strings.Contains(name, equivalency.Random) || slices.ContainsFunc(r.Rules().Shared, func(s string) bool { return strings.Contains(name, s) }) {
		e.made = false
		return e
	}
	e.stem = e.marked(e.form.Parts)
	e.wide = e.stem
	if e.form.Wider != nil {
		e.wide = e.marked(e.form.Wider)
	}
	return e
}

// widest returns all parts that may be made up.
func (e *entity) widest() []equivalency.Span {
	if e.form.Wider != nil {
		return e.form.Wider
	}
	return e.form.Parts
}

// formCache remembers the forms of names that many roles have.
type formCache map[formKey]knownForm

type formKey struct {
	kind       equivalency.EntityKind
	name, path string
}

type knownForm struct {
	form randomname.Form
	ok   bool
}

func (c *formCache) of(kind equivalency.EntityKind, name, path string) (randomname.Form, bool) {
	k := formKey{kind, name, path}
	if f, ok := (*c)[k]; ok {
		return f.form, f.ok
	}
	if *c == nil {
		*c = formCache{}
	}
	f, ok := randomname.Of(kind, name, path)
	(*c)[k] = knownForm{f, ok}
	return f, ok
}
