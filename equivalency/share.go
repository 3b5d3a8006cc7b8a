package equivalency

import "slices"

// share is a value of an account with the placeholder that stands for it.
type share struct {
	Value
	placeholder string
}

// shares returns values of an entry, by their indexes, each text once.
func (e *Entry) shares(indexes []int) []share {
	slices.Sort(indexes)
	var out []share
	for _, i := range indexes {
		if v := e.Values[i]; !slices.ContainsFunc(out, func(s share) bool { return s.Text == v.Text }) {
			out = append(out, share{v, e.Placeholder})
		}
	}
	return out
}

// own returns the values of an entry that belong to an account: those under its names; else
// those under the narrowest pattern that matches it; else what the entry takes from the
// account itself.
func (f *Fleet) own(entry int, id Identity) ([]share, *Error) {
	out, err := f.given(entry, id)
	if out == nil && err == nil && f.d.Entries[entry].From == FromAccountName {
		out, _ = f.fromName(entry, id)
	}
	return out, err
}

// given returns the values that are listed for an account.
func (f *Fleet) given(entry int, id Identity) ([]share, *Error) {
	e, l := &f.d.Entries[entry], f.lists[entry]
	var indexes []int
	for _, name := range f.namesOf(id) {
		indexes = append(indexes, l.exact[name]...)
	}
	if len(indexes) > 0 {
		return e.shares(indexes), nil
	}
	p, err := narrowest(e, l.patterns, id)
	if p == nil || err != nil {
		return nil, err
	}
	return e.shares(slices.Clone(p.values)), nil
}

// shares is an entry's values by owner. A value of both accounts is in mine
// and in theirs.
type shares struct{ mine, theirs, nobodys []share }

func (b *binder) sharesOf(entry int) (s shares) {
	s.mine, s.theirs = b.own(entry, b.self), b.own(entry, b.other)
	if b.d.Form != FormIAMCTL {
		return s
	}
	e := &b.d.Entries[entry]
	for _, v := range e.Values {
		owned := func(o share) bool { return o.Text == v.Text }
		if !b.fleet.owns(v.Text) && !slices.ContainsFunc(s.mine, owned) && !slices.ContainsFunc(s.theirs, owned) {
			s.nobodys = append(s.nobodys, share{v, e.Placeholder})
		}
	}
	return s
}

func (b *binder) own(entry int, id Identity) []share {
	out, err := b.fleet.own(entry, id)
	if err != nil {
		b.errs = append(b.errs, err)
	}
	return out
}

// expected is this account's counterpart of the other's value: its own one that
// becomes the same or, by elimination, the only one that has no owner.
func (s shares) expected(theirs share) string {
	for _, m := range s.mine {
		if m.placeholder == theirs.placeholder {
			return m.Text
		}
	}
	if len(s.nobodys) == 1 {
		return s.nobodys[0].Text
	}
	return ""
}
