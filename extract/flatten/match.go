package flatten

import (
	"slices"
	"strings"

	"iamctl/policy"
	"iamctl/reference"
)

// match finds for every action of the part which of its resources it can
// use. Actions with the same resource types share one answer.
func (p *part) match() [][]bool {
	byTypes := map[string][]bool{}
	fits := map[*reference.ResourceType][]bool{}
	var all []bool
	out := make([][]bool, len(p.actions))
	for i, a := range p.actions {
		if !p.paired || a.types == "" {
			if all == nil {
				all = allTrue(len(p.resources))
			}
			out[i] = all
			continue
		}
		row, ok := byTypes[a.types]
		if !ok {
			row = p.matchTypes(a, fits)
			byTypes[a.types] = row
		}
		out[i] = row
	}
	return out
}

// matchTypes returns which resources the types of an action fit. What fits each type is kept in
// fits.
func (p *part) matchTypes(a *action, fits map[*reference.ResourceType][]bool) []bool {
	row := make([]bool, len(p.resources))
	for _, n := range a.known.ResourceTypes {
		t := &a.service.ResourceTypes[n]
		one, ok := fits[t]
		if !ok {
			one = p.fitting(t)
			fits[t] = one
		}
		for j, ok := range one {
			row[j] = row[j] || ok
		}
	}
	return row
}

// fitting returns which resources can match the type. Statements without a resource fit.
func (p *part) fitting(t *reference.ResourceType) []bool {
	shapes := t.Shapes()
	row := make([]bool, len(p.resources))
	for j, r := range p.resources {
		if r == "" || r == "*" {
			row[j] = true
			continue
		}
		pattern := policy.VariablesAsPattern(r)
		row[j] = slices.ContainsFunc(shapes, func(s policy.Shape) bool { return s.Intersects(pattern) })
	}
	return row
}

func (g *group) markMatches(p *part, matches [][]bool) {
	used := make([]bool, len(p.resources))
	for i := range p.actions {
		found := false
		for j, ok := range matches[i] {
			found = found || ok
			used[j] = used[j] || ok
		}
		if found {
			g.actions.set(p.actions[i].number, match)
		}
	}
	for j, r := range p.resources {
		if used[j] {
			g.resources[r] = match
		}
	}
}

// markMisfits pairs unmatched actions with unmatched resources of their service.
func (g *group) markMisfits(p *part) {
	if !p.paired {
		return
	}
	var left []string
	for _, r := range p.resources {
		if g.resources[r] != match {
			left = append(left, r)
		}
	}
	for _, a := range p.actions {
		if found, _ := g.actions.get(a.number); found == match {
			continue
		}
		for _, r := range left {
			if a.ofService(r) {
				g.actions.set(a.number, misfit)
				g.resources[r] = misfit
			}
		}
	}
}

// matchAll reports whether each of n resources matches one of the actions at least.
func matchAll(matches [][]bool, n int) bool {
	for j := range n {
		if !slices.ContainsFunc(matches, func(row []bool) bool { return row[j] }) {
			return false
		}
	}
	return true
}

func allTrue(n int) []bool {
	row := make([]bool, n)
	for i := range row {
		row[i] = true
	}
	return row
}

// typesKey returns what action.types is.
func typesKey(a *action) string {
	if a.known == nil || len(a.known.ResourceTypes) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString(a.service.Prefix)
	for _, t := range a.known.ResourceTypes {
		b.WriteByte(' ')
		b.WriteByte(byte(t))
		b.WriteByte(byte(t >> 8))
	}
	return b.String()
}
