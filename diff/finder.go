package diff

import (
	"slices"
	"strings"

	"iamctl/inventory"
	"iamctl/policy"
)

// finder finds what the statements of a document in say about the spots of a
// document of. Both may be one.
type finder struct {
	of, in *document
	tr     *translation
	cover  *policy.ResourceCover
	// resources are the resources of in that cover one of of, and actions the
	// actions of of that a pattern of in covers, as far as they were asked for.
	resources map[uint32][]uint32
	actions   map[uint32]bits
	// patterns are likewise the patterns of of that a pattern of in covers.
	patterns map[uint32]bits
	// principals are those of in that are one of of, or everyone, likewise.
	principals map[uint32][]uint32
}

func newFinder(of, in *document) *finder {
	return &finder{
		of: of, in: in, tr: newTranslation(of.Items, in.Items), cover: policy.NewResourceCover(in.Resources),
		resources: map[uint32][]uint32{}, actions: map[uint32]bits{}, patterns: map[uint32]bits{}, principals: map[uint32][]uint32{},
	}
}

// add adds the actions that a statement of f.in has on a spot of f.of, or on
// something that is wider, unless exact asks for the spot alone. In one and the same
// document the spot itself does not count.
func (f *finder) add(has bits, s spot, exact bool) {
	f.statements(s, exact, func(w *inventory.Written) {
		for _, p := range w.Patterns {
			has.or(f.patternActions(p))
		}
	})
}

// statements calls see with the statements of f.in on a spot, as add has them.
func (f *finder) statements(s spot, exact bool, see func(*inventory.Written)) {
	effect := f.tr.effects[s.effect]
	if effect == missing {
		return
	}
	for _, r := range f.covering(s.resource) {
		for _, i := range f.in.byResource[r] {
			if w := &f.in.Written[i]; w.Effect == effect && (!exact || f.same(s, w, r)) && f.wider(s, w, r) {
				see(w)
			}
		}
	}
}

// wider reports whether what a statement of f.in says of a resource that covers
// the spot's covers the spot. Of two that cover each other in one document, the
// first does.
func (f *finder) wider(s spot, w *inventory.Written, resource uint32) bool {
	if !f.in.cond.covers(w.Terms, f.of.cond, s.terms) {
		return false
	}
	who, same := f.someone(s, w)
	if !who || f.of != f.in || !same {
		return who
	}
	if resource == s.resource && w.Terms == s.terms {
		return false
	}
	back := f.in.cond.covers(s.terms, f.in.cond, w.Terms) && (resource == s.resource || slices.Contains(f.covering(resource), s.resource))
	return !back || resource < s.resource || resource == s.resource && w.Terms < s.terms
}

// same reports whether a statement of f.in on a resource is about the very spot.
func (f *finder) same(s spot, w *inventory.Written, resource uint32) bool {
	return resource == f.tr.resources[s.resource] && w.Terms == f.tr.terms[s.terms] && slices.Contains(w.Principals, f.tr.principals[s.principal])
}

// someone reports whether a statement of f.in is for the spot's principal or for
// everyone, and whether it is for the very same one alone.
func (f *finder) someone(s spot, w *inventory.Written) (ok, same bool) {
	principal := f.tr.principals[s.principal]
	if strings.Contains(f.in.Terms[w.Terms].Negated, "NotPrincipal") {
		ok = principal != missing && slices.Contains(w.Principals, principal)
		return ok, true
	}
	for _, q := range f.coveringPrincipals(s.principal) {
		if slices.Contains(w.Principals, q) {
			return true, false
		}
	}
	return principal != missing && slices.Contains(w.Principals, principal), true
}

// coveringPrincipals returns the principals of f.in that are everyone, with the
// one of f.of with an index among them.
func (f *finder) coveringPrincipals(principal uint32) []uint32 {
	out, ok := f.principals[principal]
	if !ok {
		for i, p := range f.in.Principals {
			if coversPrincipal(p, f.of.Principals[principal]) {
				out = append(out, uint32(i))
			}
		}
		f.principals[principal] = out
	}
	return out
}

func coversPrincipal(p, q inventory.Principal) bool {
	return policy.CoversPrincipal(policy.Principal(p), policy.Principal(q))
}

// covering returns the resources of f.in that are that of f.of with an index, or
// cover it.
func (f *finder) covering(resource uint32) []uint32 {
	out, ok := f.resources[resource]
	if ok {
		return out
	}
	if same := f.tr.resources[resource]; same != missing {
		out = append(out, same)
	}
	for _, i := range f.cover.Of(f.of.Resources[resource]) {
		out = append(out, uint32(i))
	}
	f.resources[resource] = out
	return out
}

// patternActions returns the actions of f.of that a pattern of f.in covers.
func (f *finder) patternActions(pattern uint32) bits {
	out, ok := f.actions[pattern]
	if ok {
		return out
	}
	out = newBits(len(f.of.Actions))
	p := f.in.patterns[pattern]
	from, to := 0, len(f.of.Actions)
	if !strings.ContainsAny(p.Service, "*?") {
		from, to = serviceRange(f.of.Actions, p.Service)
	}
	actions := f.of.actions()
	for i := from; i < to; i++ {
		if coversAction(p, actions[i]) {
			out.set(uint32(i))
		}
	}
	f.actions[pattern] = out
	return out
}

// widerPattern reports whether another pattern on the entry's own spot covers the
// entry's pattern and has the action.
func (f *finder) widerPattern(e entry, action uint32) bool {
	return slices.ContainsFunc(f.in.at(e.spot()), func(x entry) bool {
		return f.in.widerThan(x.pattern, e.pattern) && f.patternActions(x.pattern).has(action)
	})
}

// widerThan reports whether a pattern covers another one. Of two that cover each other
// the first does.
func (d *document) widerThan(p, q uint32) bool {
	return p != q && coversAction(d.patterns[p], d.patterns[q]) && (p < q || !coversAction(d.patterns[q], d.patterns[p]))
}

// serviceRange returns where the actions of a folded service are in a sorted list.
func serviceRange(actions []inventory.Action, service string) (from, to int) {
	compare := func(a inventory.Action, s string) int { return policy.CompareFold(a.Service, s) }
	from, _ = slices.BinarySearchFunc(actions, service, compare)
	to = from
	for to < len(actions) && policy.CompareFold(actions[to].Service, service) == 0 {
		to++
	}
	return from, to
}

// coversAction reports whether a folded pattern covers a folded action or pattern.
// Of what is no action, everything alone covers it; what is absent nothing does.
func coversAction(p, a inventory.Action) bool {
	if p == a || a.Name != "" && p == (inventory.Action{Service: "*", Name: "*"}) {
		return true
	}
	return p.Service != "" && a.Service != "" && a.Name != "" && beginsAlike(p.Name, a.Name) && beginsAlike(p.Service, a.Service) &&
		policy.Covers(p.Service, a.Service) && policy.Covers(p.Name, a.Name)
}

// beginsAlike reports whether a text begins as all that a pattern covers does; a
// pattern without a wildcard covers itself alone.
func beginsAlike(pattern, s string) bool {
	i := strings.IndexAny(pattern, "*?")
	if i < 0 {
		return pattern == s
	}
	return strings.HasPrefix(s, pattern[:i])
}

func folded(a inventory.Action) inventory.Action {
	return inventory.Action{Service: policy.Fold(a.Service), Name: policy.Fold(a.Name)}
}

// bits is a set of small numbers.
type bits []uint64

func newBits(n int) bits { return make(bits, (n+63)/64) }

func (b bits) set(i uint32)      { b[i/64] |= 1 << (i % 64) }
func (b bits) has(i uint32) bool { return b[i/64]&(1<<(i%64)) != 0 }

func (b bits) or(c bits) {
	for i := range c {
		b[i] |= c[i]
	}
}
