package equivalency

import (
	"slices"

	"iamctl/internal/jsontree"
	"iamctl/policy"
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
	if self.ID != "" && self.ID == other.ID {
		return idle(d, self, other)
	}
	f, err := d.Among([]Identity{self, other})
	if err != nil {
		return nil, err
	}
	return f.Rules(self, other)
}

// idle returns the rules of one account that is seen twice.
func idle(d *Dictionary, self, other Identity) (*Rules, error) {
	f, _ := Empty().Among(nil)
	r, err := f.bind(self, other)
	if r != nil {
		r.Idle = d != nil && len(d.Entries) > 0
	}
	return r, err
}

// Rules returns the dictionary as it applies to self compared with other, which are two of
// the accounts, as Dictionary.Rules does for two alone. What belongs to neither and to a
// third of the accounts is left alone, in the IAMCTL form too.
func (f *Fleet) Rules(self, other Identity) (*Rules, error) {
	if self.ID != "" && self.ID == other.ID {
		return idle(f.d, self, other)
	}
	return f.bind(self, other)
}

func (f *Fleet) bind(self, other Identity) (*Rules, error) {
	b := newBinder(f, self, other)
	for i := range b.d.Entries {
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
	fleet       *Fleet
	d           *Dictionary
	self, other Identity
	rules       *Rules
	errs        []*Error
	// bound are the rewriting rules with their places, for checks.
	bound []rewrite
	// partitionEntry is the index of the entry that has the accounts' partitions,
	// -1 for none.
	partitionEntry int
	// known are the values of each entry by owner.
	known []shares
}

func newBinder(f *Fleet, self, other Identity) *binder {
	b := &binder{
		fleet: f, d: f.d, self: self, other: other,
		rules:          &Rules{Shared: slices.Clone(f.d.Shared), Others: f.others},
		partitionEntry: -1,
	}
	if f.two {
		// Folders of one name that hold two accounts: the name means neither.
		if other.AnswersTo(self.Name) {
			b.self.Name = ""
		}
		if self.AnswersTo(other.Name) {
			b.other.Name = ""
		}
	}
	for i := range f.d.Entries {
		b.known = append(b.known, b.sharesOf(i))
	}
	return b
}

func (b *binder) fail(at Position, format string, args ...any) {
	b.errs = append(b.errs, wrong(at, format, args...))
}

func (b *binder) entry(i int) {
	e := &b.d.Entries[i]
	s := shares{slices.Clone(b.known[i].mine), slices.Clone(b.known[i].theirs), slices.Clone(b.known[i].nobodys)}
	b.takePartition(i, &s)
	for _, v := range s.mine {
		b.wrongID(e, v.Value, b.self, b.other)
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
		b.wrongID(e, v.Value, b.other, b.self)
		if !slices.ContainsFunc(s.mine, func(m share) bool { return m.Text == v.Text }) {
			expected := s.expected(v)
			if v.Text == b.other.ID && b.self.ID != "" {
				expected = b.self.ID
			}
			b.rules.Foreign = append(b.rules.Foreign, Foreign{
				Value: v.Text, Owner: b.other.Tag, Expected: expected,
				Substring: e.Substring, Fields: e.Fields, Entry: i,
			})
		}
	}
	for _, list := range [][]share{s.mine, s.theirs, s.nobodys} {
		for _, v := range list {
			b.placeholder(v.placeholder)
		}
	}
}

// rewrite adds a rule, unless the entry has the value already under another
// name of the account.
func (b *binder) rewrite(e *Entry, v share, r Rule) {
	for _, have := range b.rules.Rewrites {
		if have.Entry == r.Entry && have.Value == v.Text {
			return
		}
	}
	r.Value, r.Placeholder, r.Substring, r.Fields = v.Text, v.placeholder, e.Substring, e.Fields
	b.rules.Rewrites = append(b.rules.Rewrites, r)
	b.bound = append(b.bound, rewrite{v.Text, v.placeholder, e.Substring, e.Fields, v.At, e.At})
}

func (b *binder) placeholder(p string) {
	if !slices.Contains(b.rules.Placeholders, p) {
		b.rules.Placeholders = append(b.rules.Placeholders, p)
	}
}

// wrongID finds an entry that assigns an account the other one's id: the two
// were swapped, and the rules would hide what they are to show. Of many accounts one may be
// another's counterpart, such as where that one's logs go, but not its own id.
func (b *binder) wrongID(e *Entry, v Value, owner, other Identity) {
	if !b.fleet.two && !policy.IsAccountID(e.Placeholder) {
		return
	}
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
