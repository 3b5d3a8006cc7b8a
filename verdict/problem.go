package verdict

import (
	"slices"

	"iamctl/verdict/internal/actions"
	"iamctl/verdict/internal/bits"
	"iamctl/verdict/internal/condition"
	"iamctl/verdict/internal/resource"
	"iamctl/verdict/internal/search"
)

// problem is the comparison for actions to which the same statements apply.
type problem struct {
	*comparison
	group  actions.Group
	sides  [2]stack
	bodies []int // of both sides
	// patterns are the resources of the bodies, without those that match
	// everything.
	patterns []int

	space *condition.Space
	names map[string]int // of dimensions that are yes or no
	// boxes are where the bodies apply, and where they may apply, nil for nowhere.
	boxes [2][]search.Box
	limit search.Space
	// variables are the resources with variables by their number, impossible the
	// points that they exclude.
	variables  map[int]*resourceText
	impossible []search.Box
	concretes  []concrete
	// formatKinds are how the resources, which are those of patterns, tell the ARNs of formats
	// apart.
	formatKinds map[*format]resource.Kind
	resources   []*resource.Pattern
	// callers are the kinds of principals of a question of trust.
	callers []caller
}

// stack is the bodies of a side by what they are for.
type stack struct {
	identity, deny []int
	// limits are those of each layer that bounds the side, which are layers.
	limits [][]int
	layers []layer
	// uncovered are the resources by bodies that were asked for: see problem.uncovered.
	uncovered map[int][]int
}

func (c *comparison) problem(g actions.Group) (*problem, error) {
	p := &problem{comparison: c, group: g, names: map[string]int{}}
	for side := range p.sides {
		p.sides[side] = c.stack(g.Slots[side], c.limits[side])
		p.bodies = append(append(p.bodies, p.sides[side].identity...), p.sides[side].deny...)
		for _, list := range p.sides[side].limits {
			p.bodies = append(p.bodies, list...)
		}
	}
	slices.Sort(p.bodies)
	p.bodies = slices.Compact(p.bodies)
	return p, p.prepare()
}

func (c *comparison) stack(slots bits.Set, layers []layer) stack {
	s := stack{layers: layers, limits: make([][]int, len(layers))}
	for i := slots.First(); i >= 0; i = slots.Next(i + 1) {
		b := c.slots[i].body
		if b < 0 {
			continue
		}
		switch l := c.slots[i].layer; l {
		case identityAllow:
			s.identity = append(s.identity, b)
		case deny:
			s.deny = append(s.deny, b)
		default:
			at := slices.Index(layers, l)
			s.limits[at] = append(s.limits[at], b)
		}
	}
	slices.Sort(s.identity)
	slices.Sort(s.deny)
	for _, list := range s.limits {
		slices.Sort(list)
	}
	// What has few conditions makes the simplest requests.
	slices.SortStableFunc(s.identity, func(a, b int) int { return len(c.bodies[a].conditions) - len(c.bodies[b].conditions) })
	return s
}

// prepare makes the space of the conditions, with a dimension for each doubt and
// each resource with variables.
func (p *problem) prepare() error {
	var conditions []*condition.Condition
	var names []string
	name := func(s string) {
		if _, ok := p.names[s]; !ok {
			p.names[s] = len(names)
			names = append(names, s)
		}
	}
	seen := make([]bool, len(p.known.list))
	for _, i := range p.bodies {
		b := p.comparison.bodies[i]
		conditions = append(conditions, b.conditions...)
		if b.doubt != "" {
			name(doubtName(i))
		}
		for _, who := range b.principals {
			name(principalName(who))
		}
		for _, r := range b.resources {
			if p.known.list[r].Variable {
				name(p.known.list[r].Text)
				p.addVariable(r)
			}
			if !p.known.list[r].Any() && !seen[r] {
				seen[r] = true
				p.patterns = append(p.patterns, r)
			}
		}
	}
	if p.budget -= len(conditions)/4 + 4*len(p.variables)*len(p.variables); p.budget < 0 {
		return search.ErrBudget
	}
	var err error
	q := condition.Query{Conditions: conditions, Keys: p.variableKeys(), Names: names, Single: p.single, Missing: p.missing, Examples: p.examples(), Kept: p.kept.keys}
	if p.space, err = q.Space(&p.budget); err != nil {
		return err
	}
	p.exclude()
	p.limit = search.Space{Full: p.space.Full(), Budget: &p.budget}
	p.findBoxes()
	if p.trust {
		p.callers, err = p.findCallers()
	}
	return err
}

func (p *problem) findBoxes() {
	everywhere := p.space.Any()
	for may := range p.boxes {
		p.boxes[may] = make([]search.Box, len(p.bodies))
		for n, i := range p.bodies {
			p.boxes[may][n] = everywhere
			if list := p.comparison.bodies[i].conditions; len(list) > 0 {
				p.boxes[may][n], _ = p.space.Box(list, may == 1)
			}
		}
	}
}

// box returns where a body applies or may apply.
func (p *problem) box(b int, reach reach) search.Box {
	n, _ := slices.BinarySearch(p.bodies, b)
	return p.boxes[reach][n]
}

func doubtName(body int) string { return "doubt\x00" + string(rune(body)) }
