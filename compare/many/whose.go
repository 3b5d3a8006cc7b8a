package many

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"iamctl/result/matrix"
)

// namedInWords is how many accounts the words for a difference name.
const namedInWords = 3

// whose says whose names a form has: each account once, by its id and name.
func (m *run) whose(names []matrix.Name) string {
	var out []string
	said := map[int]bool{}
	for _, n := range names {
		first := n.Accounts[0]
		switch {
		case slices.ContainsFunc(n.Accounts, func(i int) bool { return said[i] }):
			continue
		case len(n.Accounts) > 1:
			out = append(out, fmt.Sprintf("names %q, as %d accounts are called, such as %s", n.Value, len(n.Accounts)+n.More, m.members[first].title()))
		case n.Value == m.members[first].identity.ID || hasValue(names, first, m.members[first].identity.ID):
			out = append(out, "names account "+m.members[first].title())
		default:
			out = append(out, fmt.Sprintf("names account %s, by %q", m.members[first].title(), n.Value))
		}
		said[first] = true
	}
	if more := len(out) - namedInWords; more > 0 {
		out = append(out[:namedInWords], fmt.Sprintf("names %d more accounts", more))
	}
	return strings.Join(out, "; ")
}

// hasValue reports whether an account alone is called something among names.
func hasValue(names []matrix.Name, account int, value string) bool {
	return slices.ContainsFunc(names, func(n matrix.Name) bool { return n.Value == value && len(n.Accounts) == 1 && n.Accounts[0] == account })
}

// title returns what a person calls an account: its id and its name, else its tag.
func (i *member) title() string {
	name := i.side.Tag
	if i.side.Member != nil {
		name = cmp.Or(i.side.Member.Name, name)
	}
	if i.identity.ID == "" || name == i.identity.ID {
		return name
	}
	return i.identity.ID + " (" + name + ")"
}
