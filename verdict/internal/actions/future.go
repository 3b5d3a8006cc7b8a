package actions

import (
	"fmt"
	"slices"
	"strconv"

	"iamctl/policy"
	"iamctl/verdict/internal/glob"
)

// addSymbols adds the actions that stand for future ones: in every service in
// question one for each set of patterns that a name can match and, if every
// service is in question, some in services that AWS may add.
func (u *Universe) addSymbols(question []string) error {
	services, all := u.questioned(question)
	if all {
		if err := u.addServices(); err != nil {
			return err
		}
		services = u.patterned()
		if s, ok := u.plain(services); ok {
			services = append(services, s)
		}
	}
	for _, s := range services {
		if err := u.addNames(s); err != nil {
			return err
		}
	}
	return nil
}

// plain returns a service of the table that no pattern names, which stands for
// all of these.
func (u *Universe) plain(named []int) (int, bool) {
	for s := range u.table.prefixes {
		if !slices.Contains(named, s) {
			return s, true
		}
	}
	return 0, false
}

// questioned returns the services whose future actions the patterns may tell
// apart, and whether that is all services.
func (u *Universe) questioned(question []string) (services []int, all bool) {
	for _, text := range question {
		p, ok := split(text)
		switch {
		case !ok:
		case wild(p.service):
			return nil, true
		case wild(p.name):
			if s, ok := u.serviceIndex(p.service); ok && !slices.Contains(services, s) {
				services = append(services, s)
			}
		}
	}
	return services, false
}

// patterned returns the services that the table does not have, or that a pattern
// names by a plain name or by a wildcard that is not everything.
func (u *Universe) patterned() []int {
	named := make([]bool, u.serviceCount())
	for s := len(u.table.prefixes); s < len(named); s++ {
		named[s] = true
	}
	seen := map[string]bool{"*": true}
	for _, p := range u.patterns {
		if seen[p.service] {
			continue
		}
		seen[p.service] = true
		if s, ok := u.serviceIndex(p.service); ok {
			named[s] = true
			continue
		}
		g := glob.Parse(p.service, glob.Reading{Wildcards: true})
		for s := range named {
			named[s] = named[s] || g.Match(policy.Fold(u.serviceName(s)))
		}
	}
	var out []int
	for s, is := range named {
		if is {
			out = append(out, s)
		}
	}
	return out
}

func (p pattern) matchesService(name string) bool {
	if !wild(p.service) {
		return p.service == name
	}
	g := glob.Parse(p.service, glob.Reading{Wildcards: true})
	return g.Match(name)
}

// addServices adds a service for each set of patterns that one which AWS may add
// can match.
func (u *Universe) addServices() error {
	q := glob.Query{}
	for _, p := range u.patterns {
		if wild(p.service) {
			q.Patterns = append(q.Patterns, glob.Parse(p.service, glob.Reading{Wildcards: true}))
		}
	}
	classes, err := q.Classes(u.budget)
	if err != nil {
		return err
	}
	for _, c := range classes {
		name := unused(c.Text, func(name string) bool {
			_, taken := u.serviceIndex(name)
			return !taken && sameMatches(&q, c, name)
		})
		if name != "" {
			u.added = append(u.added, name)
		}
	}
	return nil
}

// addNames adds the symbols of one service.
func (u *Universe) addNames(s int) error {
	q := u.names(s)
	classes, err := q.Classes(u.budget)
	if err != nil {
		return err
	}
	if u.symbols == nil {
		u.symbols = map[int][]string{}
	}
	for _, c := range classes {
		name := unused(c.Text, func(name string) bool { return !u.known(s, name) && sameMatches(q, c, name) })
		if name != "" && len(u.symbols[s]) < firstSymbol {
			u.symbols[s] = append(u.symbols[s], name)
		}
	}
	return nil
}

// names returns the question which names of future actions of a service the
// patterns tell apart, those that the same statements have being a family.
func (u *Universe) names(s int) *glob.Query {
	service := policy.Fold(u.serviceName(s))
	holders := map[string][]int{}
	var names []string
	for _, p := range u.patterns {
		// A plain name that some service or other may get is one of the future's too.
		plain := !wild(p.name) && (!wild(p.service) || u.known(s, policy.Fold(p.name)))
		if plain || !p.matchesService(service) {
			continue
		}
		list, seen := holders[p.name]
		if !seen {
			names = append(names, p.name)
		}
		if !slices.Contains(list, p.holder) {
			holders[p.name] = append(list, p.holder)
		}
	}
	q := &glob.Query{Prefer: []string{"newaction"}, Family: []int{}}
	families := map[string]int{}
	for _, name := range names {
		list := holders[name]
		slices.Sort(list)
		key := fmt.Sprint(list)
		n, ok := families[key]
		if !ok {
			n = len(families)
			families[key] = n
		}
		q.Patterns, q.Family = append(q.Patterns, glob.Parse(name, glob.Reading{Wildcards: true})), append(q.Family, n)
	}
	return q
}

// sameMatches reports whether a name is of the class.
func sameMatches(q *glob.Query, c glob.Class, name string) bool {
	match := make([]bool, len(q.Patterns))
	for i := range q.Patterns {
		n := i
		if q.Family != nil {
			n = q.Family[i]
		}
		match[n] = match[n] || q.Patterns[i].Match(name)
	}
	for i := range match {
		if match[i] != c.Match.Has(i) {
			return false
		}
	}
	return true
}

// unused returns the text or a variation of it that is free, or "".
func unused(text string, free func(string) bool) string {
	if text != "" && free(text) {
		return text
	}
	for n := range 100 {
		for at := len(text); at >= 0; at-- {
			digits := strconv.Itoa(n)
			if s := text[:at] + digits + text[at:]; free(s) {
				return s
			}
			if at >= len(digits) {
				if s := text[:at-len(digits)] + digits + text[at:]; free(s) {
					return s
				}
			}
		}
	}
	return ""
}
