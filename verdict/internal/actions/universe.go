package actions

import (
	"slices"
	"strings"
)

// Universe is a table with what some policies add to it.
type Universe struct {
	table *Table
	// added are the services that the table does not have.
	added []string
	// extra are the actions that it does not have, by service, and symbols those
	// that stand for future ones; names in lower case.
	extra, symbols map[int][]string
	mentions       []Mention
	budget         *int
}

// Mention is a pattern of a statement. Holder is the same for statements that
// hold alike for all of their patterns.
type Mention struct {
	*Pattern
	Holder int
}

// NewUniverse returns the universe of a table and policies that mention the
// patterns. Future actions are told apart in the services in question; the
// others see none.
func (t *Table) NewUniverse(mentions []Mention, asked *Question, budget *int) (*Universe, error) {
	u := &Universe{table: t, budget: budget, mentions: mentions}
	for _, m := range mentions {
		if m.valid && !m.wildService && !m.known {
			u.mention(m.Pattern)
		}
	}
	return u, u.addSymbols(asked)
}

// mention adds what the table does not have of a pattern with a plain service.
func (u *Universe) mention(p *Pattern) {
	if strings.ContainsAny(p.service, " \t\n:") || strings.ContainsAny(p.name, " \t\n:") {
		return // no request has such an action
	}
	s, ok := u.indexOf(p)
	if !ok {
		s = len(u.table.prefixes) + len(u.added)
		u.added = append(u.added, p.service)
	}
	if p.wildName || p.name == "" || slices.Contains(u.extra[s], p.name) {
		return
	}
	if u.extra == nil {
		u.extra = map[int][]string{}
	}
	u.extra[s] = append(u.extra[s], p.name)
}

// indexOf returns the number of the service that a pattern names.
func (u *Universe) indexOf(p *Pattern) (int, bool) {
	if p.index >= 0 {
		return p.index, true
	}
	i := slices.Index(u.added, p.service)
	return len(u.table.prefixes) + i, i >= 0
}

func (u *Universe) serviceIndex(folded string) (int, bool) {
	if i, ok := u.table.index[folded]; ok {
		return i, true
	}
	i := slices.Index(u.added, folded)
	return len(u.table.prefixes) + i, i >= 0
}

func (u *Universe) serviceCount() int { return len(u.table.prefixes) + len(u.added) }

func (u *Universe) serviceName(i int) string {
	if i < len(u.table.prefixes) {
		return u.table.prefixes[i]
	}
	return u.added[i-len(u.table.prefixes)]
}

// folded returns the name of a service in lower case.
func (u *Universe) folded(i int) string {
	if i < len(u.table.prefixes) {
		return u.table.folded[i]
	}
	return u.added[i-len(u.table.prefixes)]
}

func (u *Universe) known(s int, name string) bool {
	if s < len(u.table.prefixes) {
		if _, ok := u.table.service(s).Lookup(name); ok {
			return true
		}
	}
	return slices.Contains(u.extra[s], name)
}

func (u *Universe) knownCount(s int) int {
	if s < len(u.table.prefixes) {
		return len(u.table.service(s).Actions)
	}
	return 0
}
