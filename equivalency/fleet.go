package equivalency

import (
	"slices"
	"strings"

	"iamctl/internal/jsontree"
	"iamctl/policy"
)

// Fleet is a dictionary as it applies to the accounts of one comparison, two or many. It may
// be used by several goroutines at once.
type Fleet struct {
	d *Dictionary
	// two reports that the comparison is of two accounts.
	two   bool
	lists []listed
	// tied are the names that the dictionary itself gives to an id.
	tied map[string][]string
	// names are those that accounts answer to, and words how many accounts have a word in
	// their names.
	names  map[string]bool
	words  map[string]int
	others *OtherNames
	// ids are those of accounts.
	ids map[string]bool
}

// listed are the values of an entry, as indexes, by what they are listed under.
type listed struct {
	exact    map[string][]int
	patterns []*accountPattern
}

// Among returns the dictionary as it applies to accounts that are compared with each other,
// as far as they are known by now. An error is an Errors without a file name.
func (d *Dictionary) Among(accounts []Identity) (*Fleet, error) {
	if d == nil {
		d = Empty()
	}
	f := &Fleet{d: d, two: len(accounts) == 2, tied: d.tied(), names: map[string]bool{}, words: map[string]int{}, ids: map[string]bool{}}
	for i := range d.Entries {
		f.lists = append(f.lists, d.list(&d.Entries[i]))
	}
	f.others = f.otherNames(accounts)
	seen := map[string]bool{}
	for _, a := range accounts {
		f.ids[a.ID] = true
		for _, name := range f.namesOf(a) {
			f.names[name] = true
		}
		if key := a.ID + " " + a.accountName(); !seen[key] {
			seen[key] = true
			for _, w := range distinctWords(a.accountName()) {
				f.words[w]++
			}
		}
	}
	var errs []*Error
	for _, a := range accounts {
		for i := range d.Entries {
			if _, err := f.own(i, a); err != nil {
				errs = append(errs, err)
			}
		}
	}
	return f, jsontree.Sorted("", errs)
}

// Dictionary returns the dictionary, which must not be changed.
func (f *Fleet) Dictionary() *Dictionary { return f.d }

// list sorts the values of an entry by what they are listed under: in the IAMCTL form each
// is listed under itself.
func (d *Dictionary) list(e *Entry) listed {
	l := listed{exact: map[string][]int{}}
	patterns := map[string]*accountPattern{}
	for i, v := range e.Values {
		name := v.Account
		if d.Form == FormIAMCTL {
			name = v.Text
		}
		l.exact[name] = append(l.exact[name], i)
		if d.Form == FormIAMCTL || !IsAccountPattern(name) {
			continue
		}
		if patterns[name] == nil {
			patterns[name] = &accountPattern{text: name, at: v.At}
			l.patterns = append(l.patterns, patterns[name])
		}
		patterns[name].values = append(patterns[name].values, i)
	}
	return l
}

// tied returns the names of each id that the dictionary itself ties to it: an entry of the
// scoped form whose placeholder looks like an account's id assigns each account its id.
// Under any other placeholder an id may be that of somebody else, such as a partner of the
// account. Patterns are names of several accounts.
func (d *Dictionary) tied() map[string][]string {
	out := map[string][]string{}
	for _, e := range d.Entries {
		if d.Form != FormScoped || !policy.IsAccountID(e.Placeholder) {
			continue
		}
		for _, v := range e.Values {
			if policy.IsAccountID(v.Text) && !IsAccountPattern(v.Account) && !slices.Contains(out[v.Text], v.Account) {
				out[v.Text] = append(out[v.Text], v.Account)
			}
		}
	}
	return out
}

// namesOf returns the names that the dictionary knows an account by, each once.
func (f *Fleet) namesOf(id Identity) []string {
	var out []string
	for _, name := range append([]string{id.Tag, id.Source, id.Name, id.ID, id.Alias, id.AccountName, strings.TrimPrefix(id.Source, "profile:")}, f.tied[id.ID]...) {
		if name != "" && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// owns reports whether a value of the IAMCTL form that belongs to neither of two accounts
// belongs to a third. Of many accounts every id is somebody's.
func (f *Fleet) owns(value string) bool {
	return f.names[value] || !f.two && len(f.ids) > 0 && policy.IsAccountID(value)
}

// Learns returns the names of an account that are values of the IAMCTL form and were not
// known when the accounts began to be compared: they were nobody's until then.
func (f *Fleet) Learns(id Identity) []string {
	if f.two || f.d.Form != FormIAMCTL {
		return nil
	}
	var out []string
	for _, name := range f.namesOf(id) {
		for _, l := range f.lists {
			if l.exact[name] != nil && !f.owns(name) && !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	return out
}

// Strangers returns for each entry what it lists values under that means none of the
// accounts, in the order of the file.
func (f *Fleet) Strangers(accounts []Identity) [][]string {
	names := map[string]bool{}
	for _, a := range accounts {
		for _, name := range f.namesOf(a) {
			names[name] = true
		}
	}
	out := make([][]string, len(f.d.Entries))
	for i, e := range f.d.Entries {
		seen := map[string]bool{"": true}
		for _, v := range e.Values {
			if seen[v.Account] || names[v.Account] {
				continue
			}
			seen[v.Account] = true
			p := accountPattern{text: v.Account}
			if !IsAccountPattern(v.Account) || !slices.ContainsFunc(accounts, p.match) {
				out[i] = append(out[i], v.Account)
			}
		}
	}
	return out
}
