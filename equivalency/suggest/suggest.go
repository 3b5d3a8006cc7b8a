// Package suggest proposes entries for the dictionary from what nearly matches
// in two accounts: texts that become one if a word of the one account is
// replaced by a word of the other.
//
// Two texts are brought together by the values dev and qa if putting one
// placeholder for every whole word dev of the first and every whole word qa of
// the second makes them equal, which is what the rules of a dictionary do.
// So every text is indexed by what is left of it with a blank for one of its
// words; texts of both accounts under one key differ in that word alone. What
// pairs up in many places is proposed, with what it would bring together and
// what it would hide. The work grows with the total length of the texts.
//
// Proposals that are beyond doubt are applied, and what is left is looked at
// again: so a region is found in ARNs that differ in the environment too.
// When no single word is left that differs, values of several words are tried
// (non-prod and prod, dev1 and dev2).
package suggest

import (
	"cmp"
	"fmt"
	"slices"

	"iamctl/equivalency"
)

// Account is one of two accounts with the texts that are to be paired up.
type Account struct {
	// Tag is the name for the account in the entries.
	Tag string
	ID  string // twelve digits, "" if unknown
	// Source, Name and Alias are other names of the account, as
	// equivalency.Identity has them, "" if unknown.
	Source, Name, Alias string
	// Names are the account's texts, as rewritten by the dictionary that is
	// there: what it explains already is not proposed again. Texts that both
	// accounts have belong there too, for they tell what an entry would
	// break; of conditions the values, not the JSON. Texts of more than 512
	// words are left alone: no name is as long.
	Names []Text
}

// Text is a text of an account.
type Text struct {
	// Field is what the text is.
	Field equivalency.Field
	Value string
	// Role is the name of the role that has the text, as the dictionary leaves it.
	// A text of several roles is listed once for each. Only what two roles that
	// pair differ in speaks for an entry.
	Role string
	// Weight is how many items have the text.
	Weight int
}

// Options are what else a search goes by.
type Options struct {
	// Dictionary is the one that is there, nil for none.
	Dictionary *equivalency.Dictionary
	// Most is how many proposals to return, 20 if it is 0, 100 at most. Those of
	// low confidence are left out first.
	Most int
	// FixedIn returns the parts of a text that nothing rewrites, nil for
	// equivalency.FixedIn.
	FixedIn func(equivalency.Field, string) equivalency.Fixed
}

// Suggest proposes entries for two accounts, those that bring together most
// roles first, then most items, then by their values. Values that no entry of
// the dictionary could have are not among them. Swapping the accounts swaps
// the sides of the proposals and changes nothing else.
func Suggest(a, b Account, o Options) ([]Proposal, error) {
	if a.Tag == "" || b.Tag == "" || a.Tag == b.Tag {
		return nil, fmt.Errorf("the accounts are tagged %q and %q: entries need two names to tell them apart, so give each account a tag of its own", a.Tag, b.Tag)
	}
	if a.ID != "" && a.ID == b.ID {
		return nil, fmt.Errorf("%q and %q are the same account, %s: what differs is drift, and an entry would hide it", a.Tag, b.Tag, a.ID)
	}
	swapped := b.Tag < a.Tag
	if swapped {
		a, b = b, a
	}
	s, err := newSearch(a, b, o)
	if err != nil {
		return nil, err
	}
	found := s.find(min(cmp.Or(o.Most, 20), 100))
	if err := s.name(found); err != nil {
		return nil, err
	}
	out := make([]Proposal, len(found))
	for i, c := range found {
		out[i] = s.proposal(c)
		if swapped {
			out[i].swap()
		}
	}
	return out, nil
}

func (a *Account) identity() equivalency.Identity {
	return equivalency.Identity{Tag: a.Tag, Source: a.Source, Name: a.Name, ID: a.ID, Alias: a.Alias}
}

// held is a text with the roles that have it.
type held struct {
	Text
	roles []string
}

// merged returns the texts sorted, each once.
func merged(texts []Text) []held {
	texts = slices.Clone(texts)
	slices.SortFunc(texts, func(x, y Text) int {
		return cmp.Or(cmp.Compare(x.Field, y.Field), cmp.Compare(x.Value, y.Value), cmp.Compare(x.Role, y.Role))
	})
	var out []held
	for _, t := range texts {
		if n := len(out); n == 0 || out[n-1].Field != t.Field || out[n-1].Value != t.Value {
			out = append(out, held{Text: t, roles: []string{t.Role}})
			continue
		}
		last := &out[len(out)-1]
		last.Weight += t.Weight
		if last.roles[len(last.roles)-1] != t.Role {
			last.roles = append(last.roles, t.Role)
		}
	}
	return out
}
