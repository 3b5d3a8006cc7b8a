package normalize

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"iamctl/equivalency"
)

// mostNamed are the names that a warning lists.
const mostNamed = 10

// unnamed warns of a dictionary of the scoped form that is about none of the
// accounts.
func unnamed(d *equivalency.Dictionary, accounts []*Account) (Warning, bool) {
	if d.Form != equivalency.FormScoped || len(d.Entries) == 0 || len(accounts) == 0 {
		return Warning{}, false
	}
	var called []string
	for _, a := range accounts {
		if slices.ContainsFunc(a.Rewriter.rules.Rewrites, func(r equivalency.Rule) bool { return r.Entry >= 0 }) {
			return Warning{}, false
		}
		called = append(called, a.called())
	}
	var names []string
	for _, e := range d.Entries {
		for _, v := range e.Values {
			if name := strconv.Quote(v.Account); !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	if more := len(names) - mostNamed; more > 0 {
		names = append(names[:mostNamed], fmt.Sprintf("%d more", more))
	}
	verb := "is"
	if len(called) > 1 {
		verb = "are"
	}
	return Warning{Reason: fmt.Sprintf(
		"no entry of the dictionary names an account of this comparison, and none has any effect; they name %s; compared %s %s",
		strings.Join(names, ", "), verb, strings.Join(called, " and "))}, true
}

// called is what an account is known by, for a person.
func (a *Account) called() string {
	var also []string
	if a.Source != "" && a.Source != a.Tag {
		also = append(also, strconv.Quote(a.Source))
	}
	if id := a.id(); id != "" {
		also = append(also, id)
	}
	if len(also) == 0 {
		return strconv.Quote(a.Tag)
	}
	return fmt.Sprintf("%q (%s)", a.Tag, strings.Join(also, ", "))
}

// id is the account's, "" where it is not known.
func (a *Account) id() string {
	if a.Flat == nil || a.Flat.Account == nil {
		return ""
	}
	return a.Flat.ID
}
