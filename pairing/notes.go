package pairing

import (
	"fmt"
	"slices"
	"strings"
)

// How many notes of each kind there are, and how many names in one.
const (
	pairsNoted     = 50
	severalNoted   = 20
	recreatedNoted = 20
	namesNoted     = 10
)

// notes gathers the notes.
type notes struct {
	// pairs are by kind, in the order of plurals.
	pairs                        map[string]*bounded
	several, doubtful, recreated bounded
}

// plurals are the kinds of entities that pair, in the order of their notes.
var plurals = []string{"SAML providers", "instance profiles", "roles", "policies"}

// bounded is a list with no more than a number of its own.
type bounded struct {
	list []string
	more int
}

func (b *bounded) add(limit int, text string) {
	if len(b.list) < limit {
		b.list = append(b.list, text)
	} else {
		b.more++
	}
}

// all returns the notes; more says what is left out.
func (b *bounded) all(more string) []string {
	if b.more > 0 {
		return append(b.list, fmt.Sprintf(more, b.more))
	}
	return b.list
}

func (n *notes) all() []string {
	var pairs []string
	for _, plural := range plurals {
		if b := n.pairs[plural]; b != nil {
			pairs = append(pairs, b.all("%d more "+plural+" were paired by their names without a made-up part")...)
		}
	}
	return slices.Concat(
		pairs,
		n.several.all("%d more names without a made-up part fit several, and were not paired"),
		n.doubtful.all("%d more names look as if a part were made up, and were not paired"),
		n.recreated.all("%d more roles were recreated"),
	)
}

// pair notes a pair, so that every report has it, whether or not it differs.
func (n *notes) pair(plural, a, b, reason string) {
	if n.pairs == nil {
		n.pairs = map[string]*bounded{}
	}
	if n.pairs[plural] == nil {
		n.pairs[plural] = &bounded{}
	}
	n.pairs[plural].add(pairsNoted, fmt.Sprintf("the %s %s and %s were paired %s", plural, a, b, reason))
}

// left notes what did not pair.
func (n *notes) left(list []Unpaired) {
	for i := range list {
		if u := &list[i]; u.several {
			n.several.add(severalNoted, "not paired, because "+u.Why+": "+listed(slices.Concat(u.Names[0], u.Names[1])))
		} else {
			n.doubtful.add(severalNoted, fmt.Sprintf("the %s %s and %s were not paired: %s", u.Plural, u.Names[0][0], u.Names[1][0], u.Why))
		}
	}
}

func listed(names []string) string {
	if more := len(names) - namesNoted; more > 0 {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:namesNoted], ", "), more)
	}
	return strings.Join(names, ", ")
}

// noteRecreated notes the roles that both sides have, of one account, with different
// unique ids: a role that was deleted and made anew.
func (f *finder) noteRecreated() {
	if !f.oneAccount() {
		return
	}
	for _, p := range f.rolePairs[:f.exact] {
		a, b := &f.accounts[0].Roles[p[0]], &f.accounts[1].Roles[p[1]]
		if a.ID != "" && b.ID != "" && a.ID != b.ID {
			f.notes.recreated.add(recreatedNoted, fmt.Sprintf("role %s was recreated: another RoleId, %s and %s", a.Name, a.ID, b.ID))
		}
	}
}
