package actions

import (
	"encoding/binary"
	"slices"

	"iamctl/verdict/internal/glob"
)

// addNames adds the symbols of one service.
func (u *Universe) addNames(s int, by services) error {
	q := u.names(s, by)
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

// services are the mentions that are about future names of services, by number:
// those that name them, and those with a wildcard there.
type services struct {
	named map[int][]int
	wild  []int
}

func (u *Universe) byService() services {
	by := services{named: map[int][]int{}}
	for i, m := range u.mentions {
		switch {
		case !m.valid:
		case m.wildService:
			by.wild = append(by.wild, i)
		case m.wildName:
			// A plain name is known by now: it is in the table or an extra.
			if s, ok := u.indexOf(m.Pattern); ok {
				by.named[s] = append(by.named[s], i)
			}
		}
	}
	return by
}

// of returns the mentions that are about future names of a service, sorted.
func (u *Universe) of(s int, by services) []int {
	out := slices.Clone(by.named[s])
	name := u.folded(s)
	for _, i := range by.wild {
		// A plain name that some service or other may get is one of the future's too.
		if m := u.mentions[i]; m.matchesService(name) && (m.wildName || !u.known(s, m.name)) {
			out = append(out, i)
		}
	}
	slices.Sort(out)
	return out
}

// names returns the question which names of future actions of a service the
// patterns tell apart, those that the same statements have being a family.
func (u *Universe) names(s int, by services) *glob.Query {
	holders := map[string][]int{}
	var names []string
	patterns := map[string]glob.Pattern{}
	for _, i := range u.of(s, by) {
		m := u.mentions[i]
		list, seen := holders[m.name]
		if !seen {
			names = append(names, m.name)
			patterns[m.name] = m.nameGlob()
		}
		if !slices.Contains(list, m.Holder) {
			holders[m.name] = append(list, m.Holder)
		}
	}
	q := &glob.Query{Prefer: []string{"newaction"}, Family: []int{}}
	families := map[string]int{}
	var key []byte
	for _, name := range names {
		list := holders[name]
		slices.Sort(list)
		key = key[:0]
		for _, h := range list {
			key = binary.AppendVarint(key, int64(h))
		}
		n, ok := families[string(key)]
		if !ok {
			n = len(families)
			families[string(key)] = n
		}
		q.Patterns, q.Family = append(q.Patterns, patterns[name]), append(q.Family, n)
	}
	return q
}

// nameGlob returns the pattern of names.
func (p *Pattern) nameGlob() glob.Pattern {
	if p.wildName {
		return p.nameGlobs
	}
	return glob.Parse(p.name, glob.Reading{Wildcards: true})
}
