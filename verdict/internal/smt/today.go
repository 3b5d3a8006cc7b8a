package smt

import (
	"maps"
	"slices"
	"strings"
)

// today declares which actions there are, one for all to which the same
// statements apply, and says which of them each statement is about.
func (e *encoder) today() term {
	all := e.existing()
	var statements []*statement
	e.eachStatement(func(s *statement) { statements = append(statements, s) })
	about := make([][]bool, len(statements)) // of each action whether it matches
	vague := make([][]bool, len(statements))
	for i, s := range statements {
		about[i], vague[i] = all.matching(s)
	}
	signature := make([]byte, 2*len(statements)+1)
	seen := map[string]bool{}
	sures, mays := make([][]term, len(statements)), make([][]term, len(statements))
	var one []term
	for n, action := range all.names {
		for i := range statements {
			signature[2*i], signature[2*i+1] = byte(bit(about[i][n])), byte(bit(vague[i][n]))
		}
		signature[2*len(statements)] = byte(bit(action == allBuckets))
		if seen[string(signature)] {
			continue
		}
		seen[string(signature)] = true
		is := equal("action", quote(action))
		one = append(one, is)
		for i := range statements {
			if about[i][n] {
				sures[i] = append(sures[i], is)
			}
			if about[i][n] || vague[i][n] {
				mays[i] = append(mays[i], is)
			}
		}
	}
	whole := func(list []term) term {
		if len(list) == len(one) {
			return yes
		}
		return or(list...)
	}
	for i, s := range statements {
		s.applies = pair{whole(sures[i]), whole(mays[i])}
	}
	return or(one...)
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

// existing are the actions of today, sorted, with where those of a service are.
type existing struct {
	names    []string
	services map[string][2]int
}

// existing returns the actions of the universe and those that policies name.
func (e *encoder) existing() *existing {
	named := map[string]map[string]bool{}
	e.eachStatement(func(s *statement) {
		list, _ := s.patterns()
		for _, text := range list {
			w := read(text)
			if w.all || w.none || w.service.has(star) || w.service.has(one) || w.name.has(star) || w.name.has(one) || len(w.name) == 0 || len(w.service) == 0 {
				continue
			}
			if service := w.service[0].text; !slices.Contains(e.universe.services[service], w.name[0].text) {
				if named[service] == nil {
					named[service] = map[string]bool{}
				}
				named[service][w.name[0].text] = true
			}
		}
	})
	out := &existing{services: map[string][2]int{}}
	services := slices.Sorted(maps.Keys(e.universe.services))
	for _, s := range slices.Sorted(maps.Keys(named)) {
		if e.universe.services[s] == nil {
			services = append(services, s)
		}
	}
	for _, s := range services {
		from := len(out.names)
		for _, n := range e.universe.services[s] {
			if !e.trust || s == "sts" && slices.Contains(assuming, n) {
				out.names = append(out.names, s+":"+n)
			}
		}
		for _, n := range slices.Sorted(maps.Keys(named[s])) {
			if !e.trust || s == "sts" {
				out.names = append(out.names, s+":"+n)
			}
		}
		out.services[s] = [2]int{from, len(out.names)}
	}
	return out
}

// matching returns of each action whether a statement is about it, and whether
// nobody can say.
func (x *existing) matching(s *statement) (about, vague []bool) {
	about, vague = make([]bool, len(x.names)), make([]bool, len(x.names))
	list, negated := s.patterns()
	for _, text := range list {
		x.mark(read(text), about, vague)
	}
	for i := range about {
		vague[i] = vague[i] && !about[i]
		if negated {
			about[i] = !about[i] && !vague[i]
		}
	}
	return about, vague
}

func (x *existing) mark(w written, about, vague []bool) {
	switch {
	case w.all:
		for i := range about {
			about[i] = true
		}
	case w.vague != nil:
		re := w.vague.expression()
		for i, n := range x.names {
			vague[i] = vague[i] || re.MatchString(n)
		}
	case w.none:
	case !w.service.has(star) && !w.service.has(one):
		if len(w.service) == 0 {
			return
		}
		r := x.services[w.service[0].text]
		w.markRange(x.names, r, about)
	default:
		re := w.service.expression()
		for service, r := range x.services {
			if re.MatchString(service) {
				w.markRange(x.names, r, about)
			}
		}
	}
}

// markRange marks the actions of one service whose names match.
func (w *written) markRange(names []string, r [2]int, about []bool) {
	prefix := ""
	if len(w.name) > 0 && w.name[0].kind == literal {
		prefix = w.name[0].text
	}
	re := w.name.expression()
	for i := r[0]; i < r[1]; i++ {
		_, name, _ := strings.Cut(names[i], ":")
		if !about[i] && strings.HasPrefix(name, prefix) && re.MatchString(name) {
			about[i] = true
		}
	}
}
