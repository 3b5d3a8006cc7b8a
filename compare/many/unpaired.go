package many

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"iamctl/equivalency"
	"iamctl/internal/digest"
	"iamctl/pairing"
)

// unpaired are names of an account that may be those of the reference under other names, and
// were not paired with them.
type unpaired struct {
	account *member
	pairing.Unpaired
	// keys are those of the names, where they are of roles.
	keys [2][]string
}

const (
	// unpairedKept is how many of them are kept of an account, unpairedNoted how many notes
	// there are, and unpairedNamed how many names of an account one has.
	unpairedKept  = 50
	unpairedNoted = 20
	unpairedNamed = 5
)

// leftUnpaired keeps the names of an account that were not paired with those of the reference.
func (m *run) leftUnpaired(a *member, c *couple) {
	list := c.Unpaired()
	kept := list[:min(len(list), unpairedKept)]
	var out []unpaired
	for _, u := range kept {
		x := unpaired{account: a, Unpaired: u}
		for side, names := range u.Names {
			x.Names[side] = make([]string, len(names))
			for i, name := range names {
				x.Names[side][i] = strings.Clone(name) // not the text of the account
			}
		}
		if u.Kind == equivalency.Role {
			x.keys = c.keysOf(u.Names)
		}
		out = append(out, x)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.unpaired = append(m.unpaired, out...)
	m.unlisted += len(list) - len(kept)
}

// keysOf returns the keys of roles by their names in either account.
func (c *couple) keysOf(names [2][]string) (keys [2][]string) {
	for side, a := range c.accounts {
		for i := range a.Roles {
			r := &a.Roles[i]
			switch {
			case !slices.Contains(names[side], r.Name):
			case side == 0:
				keys[side] = append(keys[side], keyOfReference(r))
			default:
				keys[side] = append(keys[side], keyOfOther(c.keys[side][i]))
			}
		}
	}
	return keys
}

// joinedNow reports whether all that was not paired is, now that the names of the other accounts
// are known.
func (m *run) joinedNow(u *unpaired) bool {
	of := map[string]bool{}
	for _, key := range u.keys[0] {
		of[m.row(key)] = true
	}
	return len(u.keys[1]) > 0 && !slices.ContainsFunc(u.keys[1], func(key string) bool { return !of[m.row(key)] })
}

// unpairedNotes says which names were not paired: for those of the reference once, with the
// account that is the first of those that have such a name.
func (m *run) unpairedNotes() []string {
	list := slices.DeleteFunc(m.unpaired, func(u unpaired) bool { return m.joinedNow(&u) })
	slices.SortStableFunc(list, func(a, b unpaired) int { return compareMembers(a.account, b.account) })
	var order []*unpaired
	more := map[string]int{}
	for i := range list {
		u := &list[i]
		if n, ok := more[u.about()]; ok {
			more[u.about()] = n + 1
			continue
		}
		more[u.about()] = 0
		order = append(order, u)
	}
	slices.SortStableFunc(order, func(a, b *unpaired) int {
		return cmp.Or(cmp.Compare(a.Plural, b.Plural), slices.Compare(a.Names[0], b.Names[0]), cmp.Compare(a.Why, b.Why))
	})
	var out []string
	for _, u := range order[:min(len(order), unpairedNoted)] {
		out = append(out, m.unpairedNote(u, more[u.about()]))
	}
	if n := len(order) - len(out) + m.unlisted; n > 0 {
		out = append(out, fmt.Sprintf("%d more names look as if a part were made up, and were not paired", n))
	}
	return out
}

// about names what was not paired of the reference, and why.
func (u *unpaired) about() string {
	return string(digest.Append(nil, append([]string{u.Plural, u.Why}, u.Names[0]...)...))
}

// unpairedNote says what was not paired, as in so many more accounts.
func (m *run) unpairedNote(u *unpaired, more int) string {
	named := func(names []string, of *member) string {
		text := strings.Join(names[:min(len(names), unpairedNamed)], ", ")
		if n := len(names) - unpairedNamed; n > 0 {
			text += fmt.Sprintf(" and %d more", n)
		}
		return text + " of " + of.side.Tag
	}
	text := fmt.Sprintf("the %s %s and %s were not paired: %s", u.Plural, named(u.Names[0], m.reference), named(u.Names[1], u.account), u.Why)
	switch {
	case more == 1:
		text += " (and so in 1 more account)"
	case more > 1:
		text += fmt.Sprintf(" (and so in %d more accounts)", more)
	}
	return text
}
