package equivalency

import (
	"errors"
	"fmt"
)

// Starter returns the dictionary that a team begins with: valid, without
// entries, and explaining itself.
func Starter() *Dictionary {
	return &Dictionary{Comment: []string{
		"Strings that are meant to differ between accounts, and the placeholder that stands for them in the comparison.",
		"An entry of \"equivalencies\" gives each account, by its tag, profile, id or alias, its own value or values:",
		"{\"placeholder\": \"accountname\", \"values\": {\"dev\": \"dev\", \"qa\": \"qa\"}}",
		"A value is rewritten on its own account only, and only as a whole word: dev in app-dev, appDev and dev2, not in devops.",
		"With \"match\": \"substring\" an entry matches inside words too; \"fields\" limits it to some of rolename, path,",
		"policyname, arn, principal, condition, tag, description.",
		"What both accounts name on purpose, such as a common bucket that is called dev-tools, goes under \"shared\".",
		"Account ids need no entry.",
	}}
}

// Scoped returns a dictionary for the given accounts: their ids, where known,
// and their tags. Accounts without a tag go by their source. Of accounts that
// are one and the same it says that they differ by their tags alone, which is
// seldom meant: ask Distinct first.
func Scoped(accounts []Identity) *Dictionary {
	d := Starter()
	names, ids := Entry{}, Entry{}
	seen := map[string]bool{}
	for _, a := range accounts {
		name := a.called()
		if name == "" || seen[name] {
			continue
		}
		seen[name] = true
		if a.ID != "" {
			ids.Values = append(ids.Values, Value{Account: name, Text: a.ID})
		}
		names.Values = append(names.Values, Value{Account: name, Text: name})
	}
	d.add(names, "accountname", "ACCOUNTNAME", "environment", "<account>")
	d.add(ids, "000000000000", "999999999999", "111111111111")
	return d
}

// add takes the first of the placeholders with which the entry is sound. An
// entry that is sound with none of them stays out.
func (d *Dictionary) add(e Entry, placeholders ...string) {
	if len(e.Values) == 0 {
		return
	}
	for _, p := range placeholders {
		e.Placeholder = p
		more := Dictionary{Entries: append(d.Entries[:len(d.Entries):len(d.Entries)], e)}
		if more.Check() == nil {
			d.Entries = more.Entries
			return
		}
	}
}

// called returns the account's name for a person.
func (id Identity) called() string {
	if id.Tag == "" {
		return id.Source
	}
	return id.Tag
}

// Distinct returns an error that names every two of the accounts that have the
// same id, as profiles have that lead to one account.
func Distinct(accounts []Identity) error {
	var errs []error
	first := map[string]*Identity{}
	for i := range accounts {
		a := &accounts[i]
		if a.ID == "" {
			continue
		}
		if b := first[a.ID]; b != nil {
			errs = append(errs, fmt.Errorf("%q and %q are the same account, %s: give each account once, and see that no profile leads to another's", b.called(), a.called(), a.ID))
			continue
		}
		first[a.ID] = a
	}
	return errors.Join(errs...)
}
