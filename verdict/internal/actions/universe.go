package actions

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"iamctl/policy"
	"iamctl/verdict/internal/glob"
)

// Universe is a table with what some policies add to it.
type Universe struct {
	table *Table
	// added are the services that the table does not have.
	added []string
	// extra are the actions that it does not have, by service, and symbols those
	// that stand for future ones; names in lower case.
	extra, symbols map[int][]string
	patterns       []pattern
	budget         *int
}

// pattern is an action of a statement.
type pattern struct {
	service, name string
	holder        int
}

// Mention is a pattern of actions of a statement. Holder is the same for
// statements that hold alike for all of their patterns.
type Mention struct {
	Text   string
	Holder int
}

// NewUniverse returns the universe of a table and policies that mention the
// patterns. Future actions are told apart in the services of the patterns in
// question; the others see none.
func (t *Table) NewUniverse(all []Mention, question []string, budget *int) (*Universe, error) {
	u := &Universe{table: t, budget: budget}
	for _, m := range all {
		p, ok := split(m.Text)
		if !ok {
			continue
		}
		p.holder = m.Holder
		u.patterns = append(u.patterns, p)
		if !wild(p.service) {
			u.mention(p)
		}
	}
	return u, u.addSymbols(question)
}

// split returns the parts of a pattern in lower case; it is false for one that
// is not about any action.
func split(text string) (pattern, bool) {
	if strings.Trim(text, "*") == "" && text != "" {
		return pattern{service: "*", name: "*"}, true
	}
	service, name, ok := policy.SplitAction(policy.Fold(text))
	return pattern{service: service, name: name}, ok
}

// mention adds what the table does not have of a pattern with a plain service.
func (u *Universe) mention(p pattern) {
	if strings.ContainsAny(p.service+p.name, " \t\n:") {
		return // no request has such an action
	}
	s, ok := u.serviceIndex(p.service)
	if !ok {
		s = len(u.table.prefixes) + len(u.added)
		u.added = append(u.added, p.service)
	}
	if wild(p.name) || p.name == "" || u.known(s, p.name) {
		return
	}
	if u.extra == nil {
		u.extra = map[int][]string{}
	}
	u.extra[s] = append(u.extra[s], p.name)
}

func (u *Universe) serviceIndex(folded string) (int, bool) {
	if i, ok := u.table.index[folded]; ok {
		return i, true
	}
	if i := slices.Index(u.added, folded); i >= 0 {
		return len(u.table.prefixes) + i, true
	}
	return 0, false
}

func (u *Universe) serviceCount() int { return len(u.table.prefixes) + len(u.added) }

func (u *Universe) serviceName(i int) string {
	if i < len(u.table.prefixes) {
		return u.table.prefixes[i]
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

// Ranges returns the positions that the patterns match or, if not is set, those
// that none of them matches; sorted, without overlap.
func (u *Universe) Ranges(patterns []string, not bool) []Range {
	out := make([]Range, 0, len(patterns)+1)
	for _, text := range patterns {
		if p, ok := split(text); ok {
			out = u.appendRanges(out, p)
		}
	}
	out = merge(out)
	if not {
		return complement(out)
	}
	return out
}

func (u *Universe) appendRanges(out []Range, p pattern) []Range {
	if p.service == "*" && p.name == "*" {
		return append(out, Range{0, end})
	}
	if !wild(p.service) {
		if s, ok := u.serviceIndex(p.service); ok {
			return u.appendService(out, s, p.name)
		}
		return out
	}
	services := glob.Parse(p.service, glob.Reading{Wildcards: true})
	*u.budget -= perService * u.serviceCount()
	for s := range u.serviceCount() {
		if *u.budget < 0 {
			return out // whoever asks looks at the budget
		}
		if services.Match(policy.Fold(u.serviceName(s))) {
			out = u.appendService(out, s, p.name)
		}
	}
	return out
}

// perService is about how many steps it takes to match a name in a service.
const perService = 8

// appendService appends the actions of a service whose names match.
func (u *Universe) appendService(out []Range, s int, name string) []Range {
	if name == "*" {
		return append(out, Range{position(s, 0), position(s+1, 0)})
	}
	literal, rest := name, ""
	if i := strings.IndexAny(name, "*?"); i >= 0 {
		literal, rest = name[:i], name[i:]
	}
	names := glob.Parse(name, glob.Reading{Wildcards: true})
	if s < len(u.table.prefixes) {
		out = u.appendKnown(out, s, literal, rest, names)
	}
	known := u.knownCount(s)
	for i, n := range u.extra[s] {
		if names.Match(n) {
			out = append(out, single(s, known+i))
		}
	}
	for i, n := range u.symbols[s] {
		if names.Match(n) {
			out = append(out, single(s, firstSymbol+i))
		}
	}
	return out
}

func (u *Universe) appendKnown(out []Range, s int, literal, rest string, names glob.Pattern) []Range {
	service := u.table.service(s)
	if rest == "" {
		i, ok := sort.Find(len(service.Actions), func(i int) int { return policy.CompareFold(literal, service.Actions[i].Name) })
		if ok {
			out = append(out, single(s, i))
		}
		return out
	}
	from, to := prefixRange(service, literal)
	if rest == "*" {
		if from < to {
			out = append(out, Range{position(s, from), position(s, to)})
		}
		return out
	}
	*u.budget -= 4 * (to - from)
	for i := from; i < to && *u.budget >= 0; i++ {
		if names.Match(policy.Fold(service.Actions[i].Name)) {
			out = append(out, single(s, i))
		}
	}
	return out
}

func (u *Universe) knownCount(s int) int {
	if s < len(u.table.prefixes) {
		return len(u.table.service(s).Actions)
	}
	return 0
}

func single(s, i int) Range { return Range{position(s, i), position(s, i) + 1} }

func merge(list []Range) []Range {
	slices.SortFunc(list, func(a, b Range) int { return cmp.Compare(a.From, b.From) })
	out := list[:0]
	for _, r := range list {
		if n := len(out); n > 0 && r.From <= out[n-1].To {
			out[n-1].To = max(out[n-1].To, r.To)
			continue
		}
		out = append(out, r)
	}
	return out
}

func complement(list []Range) []Range {
	out := make([]Range, 0, len(list)+1)
	at := Position(0)
	for _, r := range list {
		if at < r.From {
			out = append(out, Range{at, r.From})
		}
		at = r.To
	}
	if at < end {
		out = append(out, Range{at, end})
	}
	return out
}
