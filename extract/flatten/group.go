package flatten

import (
	"slices"

	"iamctl/policy"
)

// group collects the parts of one effect and terms, and pairs their actions
// with their resources.
type group struct {
	parts []part
	// actions (by number) and resources say what was found for each.
	actions   *numbered[partner]
	resources map[string]partner
}

// partner is what an action or a resource has found of the other kind in its
// group.
type partner int

const (
	// unmatched has found nothing.
	unmatched partner = iota
	// misfit has a partner of its own service that is unmatched too: a mistaken
	// ARN, most often.
	misfit
	// match has a partner that fits.
	match
)

func newGroup() *group {
	return &group{resources: map[string]partner{}}
}

func (g *group) add(p part) { g.parts = append(g.parts, p) }

// emit writes the group's items: the pairs that can be, the pairs of what
// found no partner but one like itself, and what is left alone.
func (g *group) emit(b *builder) {
	g.actions = &b.found
	g.actions.clear()
	matches := make([][][]bool, len(g.parts))
	for i := range g.parts {
		matches[i] = g.parts[i].match()
	}
	for i := range g.parts {
		g.markMatches(&g.parts[i], matches[i])
	}
	for i := range g.parts {
		g.markMisfits(&g.parts[i])
	}
	for i := range g.parts {
		g.emitPart(b, &g.parts[i], matches[i])
		b.written(&g.parts[i], matches[i])
	}
}

// emitPart writes the items of one part.
func (g *group) emitPart(b *builder, p *part, matches [][]bool) {
	e := newEmitter(b, p)
	state := make([]partner, len(p.resources))
	for j, r := range p.resources {
		state[j] = g.resources[r]
	}
	for i, a := range p.actions {
		found, _ := g.actions.get(a.number)
		number := b.action(a)
		for j := range p.resources {
			switch {
			case matches[i][j]:
				e.row(number, e.resources[j], a.note)
			case found == misfit && state[j] == misfit && a.ofService(p.resources[j]):
				e.row(number, e.resources[j], noteMisfit)
			}
		}
		if found == unmatched {
			e.row(number, b.resource(""), noteNoResource)
		}
	}
	for j, r := range p.resources {
		if state[j] == unmatched && !g.needless(p, r) {
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
	has := make(map[uint32]bool, len(q.actions))
	for _, a := range q.actions {
		has[a.number] = true
	}
	return !slices.ContainsFunc(p.actions, func(a *action) bool { return !has[a.number] })
}
