package flatten

import (
	"slices"
	"strings"

	"iamctl/policy"
	"iamctl/reference"
)

type fitKey struct {
	resource string
	typ      *reference.ResourceType
}

// match finds for every action of the part which of its resources it can
// use. Actions with the same resource types share one answer.
func (g *group) match(p *part) [][]bool {
	byTypes := map[string][]bool{}
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
			row = g.matchTypes(a, p.resources)
			byTypes[a.types] = row
		}
		out[i] = row
	}
	return out
}

func (g *group) matchTypes(a *action, resources []string) []bool {
	row := make([]bool, len(resources))
	for j, r := range resources {
		for _, t := range a.known.ResourceTypes {
			if g.fit(r, &a.service.ResourceTypes[t]) {
				row[j] = true
				break
			}
		}
	}
	return row
}

// fit reports whether a resource of the type can match the pattern. Statements
// without a resource fit.
func (g *group) fit(resource string, t *reference.ResourceType) bool {
	if resource == "" || resource == "*" {
		return true
	}
	key := fitKey{resource, t}
	fits, ok := g.fits[key]
	if !ok {
		pattern := policy.VariablesAsPattern(resource)
		for _, shape := range t.Shapes() {
			if shape.Intersects(pattern) {
				fits = true
				break
			}
		}
		g.fits[key] = fits
	}
	return fits
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
			g.actions[p.actions[i].number] = match
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
	for _, a := range p.actions {
		if g.actions[a.number] == match {
			continue
		}
		for _, r := range p.resources {
			if g.resources[r] != match && a.ofService(r) {
				g.actions[a.number] = misfit
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
