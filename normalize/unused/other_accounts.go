package unused

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"iamctl/equivalency"
	"iamctl/normalize"
)

// maxNames is the number of names that a warning lists.
const maxNames = 10

// otherAccounts warns of a dictionary of the scoped form of which no entry is
// for any of the accounts.
func otherAccounts(d *equivalency.Dictionary, accounts []binding) (Warning, bool) {
	if d.Form != equivalency.FormScoped || len(d.Entries) == 0 || len(accounts) == 0 {
		return Warning{}, false
	}
	var compared []string
	for _, a := range accounts {
		for entry := range a.rules {
			if entry >= 0 { // not the account's own id
				return Warning{}, false
			}
		}
		compared = append(compared, describe(a.Account))
	}
	return Warning{Reason: fmt.Sprintf(
		"no entry of the dictionary names an account of this comparison, and none has any effect; they name %s; compared %s %s",
		strings.Join(accountsNamed(d), ", "), isOrAre(len(compared)), strings.Join(compared, " and "))}, true
}

// accountsNamed returns the accounts that the dictionary names, quoted, the
// first maxNames of them.
func accountsNamed(d *equivalency.Dictionary) []string {
	var names []string
	for _, e := range d.Entries {
		for _, v := range e.Values {
			if name := strconv.Quote(v.Account); !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return cutList(names)
}

// describe returns the names by which a dictionary may name an account.
func describe(a *normalize.Account) string {
	var also []string
	if a.Source != "" && a.Source != a.Tag {
		also = append(also, strconv.Quote(a.Source))
	}
	if id := a.ID(); id != "" {
		also = append(also, id)
	}
	if len(also) == 0 {
		return strconv.Quote(a.Tag)
	}
	return fmt.Sprintf("%q (%s)", a.Tag, strings.Join(also, ", "))
}
