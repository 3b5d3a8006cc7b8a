package unused

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"iamctl/equivalency"
	"iamctl/policy"
)

// Among returns the warnings about a dictionary among many accounts: entries that list values
// for what is none of them, that have values for some and rewrote nothing, and values that
// follow from names of accounts and are left alone. They are in the order of the entries.
func Among(f *equivalency.Fleet, accounts []equivalency.Identity, matched func(entry int) bool) []Warning {
	if f == nil {
		return nil
	}
	reasons := map[int][]string{}
	for _, a := range accounts {
		for _, l := range f.Left(a) {
			reasons[l.Entry] = append(reasons[l.Entry], leaves(l, a))
		}
	}
	var out []Warning
	strangers := f.Strangers(accounts)
	for i, e := range f.Dictionary().Entries {
		about := names(strangers[i])
		if len(about) == 0 && !matched(i) && !allIDs(&e) {
			about = append(about, "rewrote nothing")
		}
		if about = append(about, capped(reasons[i])...); len(about) > 0 {
			out = append(out, Warning{Placeholder: e.Placeholder, At: e.At, Reason: strings.Join(about, " and ")})
		}
	}
	for _, a := range accounts {
		for _, name := range f.Learns(a) {
			out = append(out, Warning{Reason: fmt.Sprintf(
				"%q was rewritten wherever it is, and is a name of account %s, which was not known before that was read: use the scoped form, which says whose each value is", name, a.ID)})
		}
	}
	return out
}

// Left returns the warnings about values that follow from the names of two accounts and are
// left alone.
func Left(d *equivalency.Dictionary, accounts ...equivalency.Identity) []Warning {
	f, err := d.Among(accounts)
	if err != nil {
		return nil // the rules say so
	}
	var out []Warning
	for _, a := range accounts {
		for _, l := range f.Left(a) {
			e := d.Entries[l.Entry]
			out = append(out, Warning{Placeholder: e.Placeholder, At: e.At, Reason: leaves(l, a)})
		}
	}
	return out
}

func leaves(l equivalency.Left, a equivalency.Identity) string {
	return fmt.Sprintf("leaves %q of the account %q alone: %s", l.Value, a.Tag, l.Why)
}

// names says that what an entry lists values under means none of the accounts.
func names(keys []string) []string {
	if len(keys) == 0 {
		return nil
	}
	quoted := make([]string, len(keys))
	for i, k := range keys {
		quoted[i] = strconv.Quote(k)
	}
	return []string{fmt.Sprintf("names %s, which %s no account of this comparison", strings.Join(cutList(quoted), ", "), isOrAre(len(keys)))}
}

// allIDs reports whether an entry has ids alone: that an account has none in its texts is
// nothing to warn of.
func allIDs(e *equivalency.Entry) bool {
	return e.From == "" && !slices.ContainsFunc(e.Values, func(v equivalency.Value) bool { return !policy.IsAccountID(v.Text) })
}

// maxReasons is how many values that are left alone are named.
const maxReasons = 3

func capped(reasons []string) []string {
	if more := len(reasons) - maxReasons; more > 0 {
		return append(slices.Clone(reasons[:maxReasons]), fmt.Sprintf("%d more", more))
	}
	return reasons
}

// cutList shortens a list of names.
func cutList(names []string) []string {
	if more := len(names) - maxNames; more > 0 {
		return append(slices.Clone(names[:maxNames]), fmt.Sprintf("%d more", more))
	}
	return names
}
