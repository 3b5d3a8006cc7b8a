package equivalency

import (
	"slices"

	"iamctl/internal/jsontree"
)

// Rules returns the dictionary as it applies to self compared with other.
//
// A value belongs to the accounts that answer to a name: to the value itself
// in the IAMCTL form, to the account that the value is listed under in the
// scoped form. Names are tag, profile (or path), the path's last element, id
// and alias, compared exactly. What belongs to self is rewritten; what belongs
// to other alone is foreign. In the IAMCTL form what belongs to neither is
// rewritten too, as AWS's IAMCTL does; in the scoped form it is left alone, as a
// third account's. An account's own id is rewritten without an entry, and so is its
// partition in ARNs where the other account has another.
//
// Two sides with one id are one account, seen twice: nothing is meant to differ,
// and no entry applies. The rules are those of an empty dictionary.
//
// An error is an Errors without a file name.
func (d *Dictionary) Rules(self, other Identity) (*Rules, error) {
	idle := false
	if self.ID != "" && self.ID == other.ID {
		idle, d = d != nil && len(d.Entries) > 0, nil
	}
	if d == nil {
		d = Empty()
	}
	b := newBinder(d, self, other)
	b.rules.Idle = idle
	for i := range d.Entries {
		b.entry(i)
	}
	b.ids()
	b.check()
	b.partition()
	if err := jsontree.Sorted("", b.errs); err != nil {
		return nil, err
	}
	return b.rules, nil
}

// binder works the rules out.
type binder struct {
	d           *Dictionary
	self, other Identity
	rules       *Rules
	errs        []*Error
	// bound are the rewriting rules with their places, for checks.
	bound []rewrite
	// partitionEntry is the index of the entry that has the accounts' partitions,
	// -1 for none.
	partitionEntry int
}

func newBinder(d *Dictionary, self, other Identity) *binder {
	b := &binder{
		d: d, self: self, other: other,
		rules:          &Rules{Shared: slices.Clone(d.Shared)},
		partitionEntry: -1,
	}
	// Folders of one name that hold two accounts: the name means neither.
	if other.AnswersTo(self.Name) {
		b.self.Name = ""
	}
	if self.AnswersTo(other.Name) {
		b.other.Name = ""
	}
	return b
}

func (b *binder) fail(at Position, format string, args ...any) {
	b.errs = append(b.errs, wrong(at, format, args...))
}

// shares is an entry's values by owner. A value of both accounts is in mine
// and in theirs.
type shares struct{ mine, theirs, nobodys []Value }

func (b *binder) shares(e *Entry) shares {
	var s shares
	for _, v := range e.Values {
		name := v.Account
		if b.d.Form == FormIAMCTL {
			name = v.Text
		}
		mine, theirs := b.means(name, b.self), b.means(name, b.other)
		if mine {
			s.mine = addText(s.mine, v)
		}
		if theirs {
			s.theirs = addText(s.theirs, v)
		}
		if !mine && !theirs && b.d.Form == FormIAMCTL {
			s.nobodys = append(s.nobodys, v)
		}
	}
	return s
}

// addText appends a value unless the account has it already under another name.
func addText(list []Value, v Value) []Value {
	if slices.ContainsFunc(list, func(o Value) bool { return o.Text == v.Text }) {
		return list
	}
	return append(list, v)
}

// expected is this account's counterpart of the other's values: its own one
// or, by elimination, the only one that has no owner.
func (s shares) expected() string {
	switch {
	case len(s.mine) > 0:
		return s.mine[0].Text
	case len(s.nobodys) == 1:
		return s.nobodys[0].Text
	}
	return ""
}

func (b *binder) entry(i int) {
	e := &b.d.Entries[i]
	s := b.shares(e)
	b.takePartition(i, &s)
	for _, v := range s.mine {
		b.wrongID(e, v, b.self, b.other)
		b.rewrite(e, v, Rule{Owned: true, Entry: i})
	}
	for _, v := range s.nobodys {
		own := ""
		if len(s.mine) > 0 {
			own = s.mine[0].Text
		}
		b.rewrite(e, v, Rule{Own: own, Entry: i})
	}
	for _, v := range s.theirs {
		b.wrongID(e, v, b.other, b.self)
		if !slices.ContainsFunc(s.mine, func(m Value) bool { return m.Text == v.Text }) {
			expected := s.expected()
			if v.Text == b.other.ID && b.self.ID != "" {
				expected = b.self.ID
			}
			b.rules.Foreign = append(b.rules.Foreign, Foreign{
				Value: v.Text, Owner: b.other.Tag, Expected: expected,
				Substring: e.Substring, Fields: e.Fields, Entry: i,
			})
		}
	}
	if len(s.mine)+len(s.theirs)+len(s.nobodys) > 0 {
		b.placeholder(e.Placeholder)
	}
}

// rewrite adds a rule, unless the entry has the value already under another
// name of the account.
func (b *binder) rewrite(e *Entry, v Value, r Rule) {
	for _, have := range b.rules.Rewrites {
		if have.Entry == r.Entry && have.Value == v.Text {
			return
		}
	}
	r.Value, r.Placeholder, r.Substring, r.Fields = v.Text, e.Placeholder, e.Substring, e.Fields
	b.rules.Rewrites = append(b.rules.Rewrites, r)
	b.bound = append(b.bound, rewrite{v.Text, e.Placeholder, e.Substring, e.Fields, v.At, e.At})
}

func (b *binder) placeholder(p string) {
	if !slices.Contains(b.rules.Placeholders, p) {
		b.rules.Placeholders = append(b.rules.Placeholders, p)
	}
}

// wrongID finds an entry that assigns an account the other one's id: the two
// were swapped, and the rules would hide what they are to show.
func (b *binder) wrongID(e *Entry, v Value, owner, other Identity) {
	if b.d.Form == FormScoped && v.Text == other.ID && owner.ID != other.ID {
		b.fail(v.At, "the entry %q gives the account %q the id %s, which is that of %q: put each id under its own account",
			cut(e.Placeholder), v.Account, v.Text, other.Tag)
	}
}

// check finds what only shows once the accounts are known: one account under
// two names, an id that meets a placeholder.
func (b *binder) check() {
	for i, r := range b.bound {
		for j, have := range b.bound[:i] {
			if have.value == r.value && meet(have.fields, r.fields) && b.rules.Rewrites[i].Entry != b.rules.Rewrites[j].Entry {
				b.fail(r.valueAt, "the value %q stands for %q already%s, both for the account %q: keep one of the two",
					cut(r.value), cut(have.placeholder), inFile(have.valueAt), b.self.Tag)
			}
		}
	}
	for _, c := range conflicts(b.bound) {
		b.fail(c.at, "%s", c)
	}
	// A value that another entry has for this account is not foreign.
	b.rules.Foreign = slices.DeleteFunc(b.rules.Foreign, func(f Foreign) bool {
		return slices.ContainsFunc(b.rules.Rewrites, func(r Rule) bool {
			return r.Owned && r.Value == f.Value && meet(r.Fields, f.Fields)
		})
	})
}
