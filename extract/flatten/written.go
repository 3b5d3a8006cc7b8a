package flatten

import "iamctl/inventory"

// written records the part as it is written: with the pairs of an action and a
// resource that leave no row. matches are those that leave one.
func (b *builder) written(p *part, matches [][]bool) {
	if !p.paired && !p.beyond {
		return
	}
	w := inventory.Written{
		Effect: b.effect(p.key.effect), Terms: b.terms(p.key.terms),
		Resources: make([]uint32, 0, len(p.resources)), Principals: make([]uint32, 0, len(p.principals)),
	}
	for _, r := range p.resources {
		w.Resources = append(w.Resources, b.resource(r))
	}
	for _, q := range p.principals {
		w.Principals = append(w.Principals, b.principal(q))
	}
	for i := 0; i < len(p.actions); {
		end := i + 1
		for end < len(p.actions) && p.actions[end].pattern == p.actions[i].pattern {
			end++
		}
		w.Patterns = append(w.Patterns, b.pattern(p.actions[i:end]))
		b.impossible = b.impossible || p.paired && !matchAll(matches[i:end], len(p.resources))
		i = end
	}
	if p.beyond {
		b.beyond = append(b.beyond, w)
		return
	}
	b.writtenList = append(b.writtenList, w)
}

// pattern interns a pattern by its expansion.
func (b *builder) pattern(expanded []*action) uint32 {
	n := b.patterns.index(expanded[0].patternNumber, inventory.Pattern{Action: expanded[0].pattern})
	if p := &b.patterns.values[n]; p.Actions == nil {
		p.Actions = make([]uint32, 0, len(expanded))
		for _, a := range expanded {
			p.Actions = append(p.Actions, b.action(a))
		}
	}
	return n
}

// rerank turns the numbers of what was written from the order of arrival to that
// of the sorted lists.
func (b *builder) rerank(effects, actions, resources, principals, terms []uint32) {
	for i := range b.patterns.values {
		renumber(b.patterns.values[i].Actions, actions)
	}
	for _, list := range [][]inventory.Written{b.writtenList, b.beyond} {
		for i := range list {
			w := &list[i]
			w.Effect, w.Terms = effects[w.Effect], terms[w.Terms]
			renumber(w.Resources, resources)
			renumber(w.Principals, principals)
		}
	}
}

func renumber(list, rank []uint32) {
	for i, n := range list {
		list[i] = rank[n]
	}
}
