package flatten

import (
	"strings"

	"iamctl/inventory"
	"iamctl/policy"
	"iamctl/reference"
)

// group collects the parts of one effect and terms, and pairs their actions
// with their resources.
type group struct {
	parts []part
	// usable tells of an action (folded) or resource that it has a partner.
	usedAction   map[inventory.Action]bool
	usedResource map[string]bool
	fits         map[fitKey]bool
}

type fitKey struct {
	resource string
	typ      *reference.ResourceType
}

func newGroup() *group {
	return &group{
		usedAction:   map[inventory.Action]bool{},
		usedResource: map[string]bool{},
		fits:         map[fitKey]bool{},
	}
}

func (g *group) add(p part) { g.parts = append(g.parts, p) }

// emit writes the group's items: first all pairs that can be, then those of
// actions and resources that found no partner in the whole group.
func (g *group) emit(b *builder) {
	matches := make([][][]bool, len(g.parts))
	for i := range g.parts {
		matches[i] = g.match(&g.parts[i])
		g.markUsed(&g.parts[i], matches[i])
	}
	for i := range g.parts {
		g.emitPart(b, &g.parts[i], matches[i])
	}
}

// match tells for every action of the part which of its resources it can
// use. Actions with the same resource types share one answer.
func (g *group) match(p *part) [][]bool {
	byTypes := map[string][]bool{}
	var all []bool
	out := make([][]bool, len(p.actions))
	for i := range p.actions {
		a := &p.actions[i]
		if !p.paired || a.known == nil || len(a.known.ResourceTypes) == 0 {
			if all == nil {
				all = allTrue(len(p.resources))
			}
			out[i] = all
			continue
		}
		key := typesKey(a)
		row, ok := byTypes[key]
		if !ok {
			row = g.matchTypes(a, p.resources)
			byTypes[key] = row
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

// fit tells whether a resource of the type can match the pattern. Statements
// without a resource fit.
func (g *group) fit(resource string, t *reference.ResourceType) bool {
	if resource == "" || resource == "*" {
		return true
	}
	key := fitKey{resource, t}
	fits, ok := g.fits[key]
	if !ok {
		pattern := policy.VariablesAsPattern(resource)
		for _, format := range t.Patterns() {
			if policy.IntersectsARN(pattern, format) {
				fits = true
				break
			}
		}
		g.fits[key] = fits
	}
	return fits
}

func (g *group) markUsed(p *part, matches [][]bool) {
	for i := range p.actions {
		used := false
		for j, ok := range matches[i] {
			if ok {
				used = true
				g.usedResource[p.resources[j]] = true
			}
		}
		if used {
			g.usedAction[folded(p.actions[i].Action)] = true
		}
	}
}

func (g *group) emitPart(b *builder, p *part, matches [][]bool) {
	effect := b.effect(p.key.effect)
	people := make([]uint32, len(p.principals))
	for k, q := range p.principals {
		people[k] = b.principal(q)
	}
	resources := make([]uint32, len(p.resources))
	loneResource := make([]bool, len(p.resources))
	for j, r := range p.resources {
		resources[j] = b.resource(r)
		loneResource[j] = !g.usedResource[r]
	}
	for i := range p.actions {
		a := &p.actions[i]
		loneAction := !g.usedAction[folded(a.Action)]
		act := b.action(a.Action)
		for j := range resources {
			if !matches[i][j] && !loneAction && !loneResource[j] {
				continue
			}
			note := a.note
			if !matches[i][j] {
				note = unmatchedNote(loneResource[j])
			}
			for k, person := range people {
				terms := b.terms(withNote(p.key.terms, note, p.principals[k]))
				b.row(inventory.Row{Effect: effect, Action: act, Resource: resources[j], Principal: person, Terms: terms})
			}
		}
	}
}

func unmatchedNote(loneResource bool) string {
	if loneResource {
		return noteUnmatched
	}
	return noteNoResource
}

// withNote adds the row's notes to the terms of its statement.
func withNote(t inventory.Terms, note string, p inventory.Principal) inventory.Terms {
	t.Note = note
	if deleted(p) {
		t.Note = strings.Join(nonEmpty(note, noteDeleted), "; ")
	}
	return t
}

// deleted tells a principal that no longer exists: AWS shows its unique id
// in place of the ARN (IAM User Guide, "AWS JSON policy elements: Principal").
func deleted(p inventory.Principal) bool {
	v := p.Value
	return p.Type == "AWS" && len(v) >= 16 && len(v) <= 128 && v[0] == 'A' &&
		(strings.HasPrefix(v, "AROA") || strings.HasPrefix(v, "AIDA")) && !strings.ContainsAny(v, ":/*")
}

func allTrue(n int) []bool {
	row := make([]bool, n)
	for i := range row {
		row[i] = true
	}
	return row
}

func folded(a inventory.Action) inventory.Action {
	return inventory.Action{Service: policy.Fold(a.Service), Name: policy.Fold(a.Name)}
}

func typesKey(a *action) string {
	var b strings.Builder
	b.WriteString(a.service.Prefix)
	for _, t := range a.known.ResourceTypes {
		b.WriteByte(' ')
		b.WriteByte(byte(t))
		b.WriteByte(byte(t >> 8))
	}
	return b.String()
}
