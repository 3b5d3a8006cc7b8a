package flatten

import (
	"slices"
	"strings"

	"iamctl/inventory"
	"iamctl/policy"
	"iamctl/reference"
)

// group collects the parts of one effect and terms, and pairs their actions
// with their resources.
type group struct {
	parts []part
	// actions (folded) and resources say what was found for each.
	actions   map[inventory.Action]partner
	resources map[string]partner
	fits      map[fitKey]bool
}

// partner is what an action or a resource has found of the other kind in its
// group.
type partner int

const (
	// lone has found nothing.
	lone partner = iota
	// misfit has a partner of its own service that is lone too: a mistaken
	// ARN, most often.
	misfit
	// match has a partner that fits.
	match
)

type fitKey struct {
	resource string
	typ      *reference.ResourceType
}

func newGroup() *group {
	return &group{
		actions:   map[inventory.Action]partner{},
		resources: map[string]partner{},
		fits:      map[fitKey]bool{},
	}
}

func (g *group) add(p part) { g.parts = append(g.parts, p) }

// emit writes the group's items: the pairs that can be, the pairs of what
// found no partner but one like itself, and what is left alone.
func (g *group) emit(b *builder) {
	matches := make([][][]bool, len(g.parts))
	for i := range g.parts {
		matches[i] = g.match(&g.parts[i])
	}
	for i := range g.parts {
		g.markMatches(&g.parts[i], matches[i])
	}
	for i := range g.parts {
		g.markMisfits(&g.parts[i])
	}
	for i := range g.parts {
		g.emitPart(b, &g.parts[i], matches[i])
	}
}

// match finds for every action of the part which of its resources it can
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
			g.actions[p.actions[i].key] = match
		}
	}
	for j, r := range p.resources {
		if used[j] {
			g.resources[r] = match
		}
	}
}

// markMisfits pairs lone actions with lone resources of their service.
func (g *group) markMisfits(p *part) {
	if !p.paired {
		return
	}
	for i := range p.actions {
		a := &p.actions[i]
		if g.actions[a.key] == match {
			continue
		}
		for _, r := range p.resources {
			if g.resources[r] != match && a.ofService(r) {
				g.actions[a.key] = misfit
				g.resources[r] = misfit
			}
		}
	}
}

// emitPart writes the items of one part.
func (g *group) emitPart(b *builder, p *part, matches [][]bool) {
	e := newEmitter(b, p)
	state := make([]partner, len(p.resources))
	for j, r := range p.resources {
		state[j] = g.resources[r]
	}
	for i := range p.actions {
		a := &p.actions[i]
		found, number := g.actions[a.key], b.action(a)
		for j := range p.resources {
			switch {
			case matches[i][j]:
				e.row(number, e.resources[j], a.note)
			case found == misfit && state[j] == misfit && a.ofService(p.resources[j]):
				e.row(number, e.resources[j], noteMisfit)
			}
		}
		if found == lone {
			e.row(number, b.resource(""), noteNoResource)
		}
	}
	for j, r := range p.resources {
		if state[j] == lone && !g.needless(p, r) {
			e.row(b.action(&action{}), e.resources[j], noteNoAction)
		}
	}
}

// needless reports whether a statement of the group has the part's actions on a
// wider resource, so that naming this one too says nothing.
func (g *group) needless(p *part, resource string) bool {
	for i := range g.parts {
		q := &g.parts[i]
		if !q.paired || !slices.Equal(q.principals, p.principals) || !hasActions(q, p) {
			continue
		}
		for _, wide := range q.resources {
			if wide != resource && policy.CoversResource(wide, resource) {
				return true
			}
		}
	}
	return false
}

// hasActions reports whether part q has all the actions of p.
func hasActions(q, p *part) bool {
	has := make(map[inventory.Action]bool, len(q.actions))
	for i := range q.actions {
		has[q.actions[i].key] = true
	}
	return !slices.ContainsFunc(p.actions, func(a action) bool { return !has[a.key] })
}

// emitter writes rows of one part: of each of its principals.
type emitter struct {
	b                  *builder
	part               *part
	effect             uint32
	resources, persons []uint32
}

func newEmitter(b *builder, p *part) *emitter {
	e := &emitter{b: b, part: p, effect: b.effect(p.key.effect)}
	for _, r := range p.resources {
		e.resources = append(e.resources, b.resource(r))
	}
	for _, q := range p.principals {
		e.persons = append(e.persons, b.principal(q))
	}
	return e
}

func (e *emitter) row(action, resource uint32, note string) {
	for k, person := range e.persons {
		terms := e.b.terms(withNote(e.part.key.terms, note, e.part.principals[k]))
		e.b.row(inventory.Row{Effect: e.effect, Action: action, Resource: resource, Principal: person, Terms: terms})
	}
}

// withNote adds the row's notes to the terms of its statement.
func withNote(t inventory.Terms, note string, p inventory.Principal) inventory.Terms {
	t.Note = note
	if deleted(p) {
		t.Note = strings.Join(nonEmpty(note, noteDeleted), "; ")
	}
	return t
}

// deleted reports whether a principal no longer exists: AWS shows its unique id
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
