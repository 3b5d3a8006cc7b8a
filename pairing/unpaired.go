package pairing

import (
	"iamctl/equivalency"
)

// Unpaired are names of a kind of entities of which a tool may have made a part up, and that
// were not paired, though they may be one entity's.
type Unpaired struct {
	Kind equivalency.EntityKind
	// Plural is the kind in words, such as "roles".
	Plural string
	// Names are those of either account, one or more.
	Names [2][]string
	// Why says why they were not paired.
	Why string

	several bool
}

// unpaired lists what was not paired of the entities of a kind.
func unpaired(kind equivalency.EntityKind, plural string, lists [2][]entity, m *matched) []Unpaired {
	var out []Unpaired
	for _, c := range m.several {
		u := Unpaired{Kind: kind, Plural: plural, Why: "without " + c.tool + " several " + plural + " have the same name", several: true}
		for side, list := range c.members {
			for _, i := range list {
				u.Names[side] = append(u.Names[side], lists[side][i].name)
			}
		}
		out = append(out, u)
	}
	for _, p := range m.doubtful {
		out = append(out, Unpaired{
			Kind: kind, Plural: plural, Names: [2][]string{{lists[0][p.a].name}, {lists[1][p.b].name}},
			Why: "they differ in what may be " + p.reason + ", and do not look random enough; if they are one, say so in the dictionary",
		})
	}
	return out
}
