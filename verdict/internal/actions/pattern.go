package actions

import (
	"sort"
	"strings"
	"unsafe"

	"iamctl/policy"
	"iamctl/reference"
	"iamctl/verdict/internal/glob"
)

// Pattern is an action of a statement, with what it matches in a table. It does
// not change.
type Pattern struct {
	service, name         string // in lower case
	wildService, wildName bool
	// valid is false for a text that is not about any action.
	valid bool
	// index is the service of the table that is named, -1 for none; services are
	// those that a wildcard matches.
	index    int
	services []int
	// known says that the table has the action that is named.
	known                  bool
	serviceGlob, nameGlobs glob.Pattern
	ranges                 []Range // of the table
	steps                  int     // that it takes to find them
}

// Pattern returns the pattern of a text. What it takes to find what it matches is
// taken from the budget, also if that is known already; once it is spent, the
// pattern may match less.
func (t *Table) Pattern(text string, budget *int) *Pattern {
	p, ok := t.patterns.Get(text)
	if !ok {
		p = t.parse(strings.Clone(text), *budget)
	}
	if *budget -= p.steps; !ok && *budget >= 0 {
		t.patterns.Put(text, p, p.size())
	}
	return p
}

// size is about how many bytes a pattern takes.
func (p *Pattern) size() int {
	const element = 12
	return int(unsafe.Sizeof(*p)) + (2+element)*(len(p.service)+len(p.name)) + 8*(len(p.ranges)+len(p.services))
}

func (t *Table) parse(text string, budget int) *Pattern {
	p := &Pattern{index: -1}
	if strings.Trim(text, "*") == "" && text != "" {
		p.service, p.name, p.valid = "*", "*", true
	} else {
		p.service, p.name, p.valid = policy.SplitAction(policy.Fold(text))
	}
	p.wildService, p.wildName = wild(p.service), wild(p.name)
	if !p.valid {
		return p
	}
	if p.wildName {
		p.nameGlobs = glob.Parse(p.name, glob.Reading{Wildcards: true})
	}
	if p.wildService {
		t.findServices(p, budget)
	} else if i, ok := t.index[p.service]; ok {
		p.index = i
		t.findActions(p, i, budget)
		p.known = !p.wildName && len(p.ranges) > 0
	}
	return p
}

// perService is about how many steps it takes to match a name in a service.
const perService = 8

// findServices finds what a pattern with a wildcard in its service matches.
func (t *Table) findServices(p *Pattern, budget int) {
	p.serviceGlob = glob.Parse(p.service, glob.Reading{Wildcards: true})
	everything := p.service == "*" && p.name == "*"
	if !everything {
		p.steps += perService * len(t.prefixes)
	}
	for s, name := range t.folded {
		if p.steps > budget {
			return
		}
		if !p.serviceGlob.Match(name) {
			continue
		}
		p.services = append(p.services, s)
		if !everything {
			t.findActions(p, s, budget)
		}
	}
	if everything {
		p.ranges = []Range{{0, end}}
	}
}

// findActions finds the actions of a service that a pattern matches.
func (t *Table) findActions(p *Pattern, s, budget int) {
	if p.name == "*" {
		p.ranges = append(p.ranges, Range{position(s, 0), position(s+1, 0)})
		return
	}
	service := t.service(s)
	if !p.wildName {
		i, ok := sort.Find(len(service.Actions), func(i int) int { return policy.CompareFold(p.name, service.Actions[i].Name) })
		if ok {
			p.ranges = append(p.ranges, single(s, i))
		}
		return
	}
	literal := p.name[:strings.IndexAny(p.name, "*?")]
	from, to := prefixRange(service, literal)
	if p.name[len(literal):] == "*" {
		if from < to {
			p.ranges = append(p.ranges, Range{position(s, from), position(s, to)})
		}
		return
	}
	if p.steps += 4 * (to - from); p.steps > budget {
		return
	}
	names := t.lower(s)
	need := lettersOf(strings.NewReplacer("*", "", "?", "").Replace(p.name))
	for i := from; i < to; i++ {
		if need&^names[i].letters == 0 && p.nameGlobs.Match(names[i].text) {
			p.ranges = append(p.ranges, single(s, i))
		}
	}
}

// prefixRange returns the numbers of the actions whose names begin with a text
// in lower case.
func prefixRange(s *reference.Service, literal string) (from, to int) {
	n := len(s.Actions)
	from = sort.Search(n, func(i int) bool { return policy.CompareFold(s.Actions[i].Name, literal) >= 0 })
	to = from + sort.Search(n-from, func(i int) bool { return !hasPrefixFold(s.Actions[from+i].Name, literal) })
	return from, to
}

func hasPrefixFold(s, lower string) bool {
	return len(s) >= len(lower) && policy.CompareFold(s[:len(lower)], lower) == 0
}

func wild(s string) bool { return strings.IndexByte(s, '*') >= 0 || strings.IndexByte(s, '?') >= 0 }

// matchesName reports whether the pattern matches a name in lower case, of a
// service that it matches.
func (p *Pattern) matchesName(name string) bool {
	if !p.wildName {
		return p.name == name
	}
	return p.nameGlobs.Match(name)
}

// matchesService reports whether the pattern matches a service in lower case.
func (p *Pattern) matchesService(name string) bool {
	if !p.wildService {
		return p.service == name
	}
	return p.serviceGlob.Match(name)
}
