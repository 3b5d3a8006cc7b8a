package actions

import (
	"cmp"
	"slices"
)

// Everything returns all positions.
func Everything() []Range { return []Range{{0, end}} }

// Ranges returns the positions that the patterns match or, if not is set, those
// that none of them matches; sorted, without overlap.
func (u *Universe) Ranges(patterns []Mention, not bool) []Range {
	out := make([]Range, 0, len(patterns)+1)
	for _, p := range patterns {
		if p.valid {
			out = u.appendRanges(out, p.Pattern)
		}
	}
	out = merge(out)
	if not {
		return complement(out)
	}
	return out
}

// appendRanges appends what a pattern matches in the table, and of that what is
// not in the table.
func (u *Universe) appendRanges(out []Range, p *Pattern) []Range {
	out = append(out, p.ranges...)
	if p.service == "*" && p.name == "*" {
		return out
	}
	if !p.wildService {
		if s, ok := u.indexOf(p); ok {
			return u.appendAdded(out, s, p)
		}
		return out
	}
	for _, s := range p.services {
		out = u.appendAdded(out, s, p)
	}
	for i, name := range u.added {
		if p.serviceGlob.Match(name) {
			out = u.appendAdded(out, len(u.table.prefixes)+i, p)
		}
	}
	return out
}

// appendAdded appends the actions of a service that the table does not have.
func (u *Universe) appendAdded(out []Range, s int, p *Pattern) []Range {
	if p.name == "*" {
		if s < len(u.table.prefixes) {
			return out // it has the whole service
		}
		return append(out, Range{position(s, 0), position(s+1, 0)})
	}
	if len(u.extra[s])+len(u.symbols[s]) == 0 {
		return out
	}
	known := u.knownCount(s)
	for i, n := range u.extra[s] {
		if p.matchesName(n) {
			out = append(out, single(s, known+i))
		}
	}
	for i, n := range u.symbols[s] {
		if p.matchesName(n) {
			out = append(out, single(s, firstSymbol+i))
		}
	}
	return out
}

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
