package escalation

import "slices"

// aided looks for those who become an administrator because somebody whom they become gives
// permissions to them, or to another whom they become; and then for those who become one of
// these. Of each the shortest such chain counts, and one that is sure before others.
func (g *graph) aided() {
	any := g.shortest(g.aid())
	g.unsure = true
	any = g.shortest(g.aid()) || any
	g.unsure = false
	if any {
		g.solve(true)
	}
}

// shortest makes chains the steps of their holders, the shortest first, so that others come to
// these; it reports whether there are any.
func (g *graph) shortest(chains map[*node]*step) bool {
	any := len(chains) > 0
	for len(chains) > 0 {
		least := slices.Min(lengths(chains))
		for n, s := range chains {
			if s.n == least {
				n.step = s
			}
		}
		g.solve(false)
		for n := range chains {
			if n.step != nil {
				delete(chains, n)
			}
		}
	}
	return any
}

// counts reports whether what depends on something unknown is looked at.
func (g *graph) counts(unknown string) bool { return unknown == "" || g.unsure }

func lengths(chains map[*node]*step) []int {
	var out []int
	for _, s := range chains {
		out = append(out, s.n)
	}
	return out
}

// aid is who gives permissions to whom, and how these are become.
type aid struct {
	*graph
	offers map[*node]map[*node]offer
	// fronts are the givers, those whom they give permissions, and those between.
	fronts []*front
	nexts  map[*node][]*way
	left   int // ways that may be looked at
}

// maxAided is how many ways of an account are looked at by which somebody becomes a giver or
// one to whom it gives permissions.
var maxAided = 100_000

// minLooked is how many of these are looked at of every holder, of each kind, however many
// others have; maxReached how many others of one holder are.
const (
	minLooked  = 3
	maxReached = 300
)

// aid returns the chains of holders by whom they become.
func (g *graph) aid() map[*node]*step {
	givers := g.givers()
	if len(givers) == 0 {
		return nil
	}
	open := slices.DeleteFunc(slices.Clone(g.nodes), (*node).done)
	near := g.leading(givers, open)
	a := aid{graph: g, offers: map[*node]map[*node]offer{}, nexts: map[*node][]*way{}, left: maxAided}
	given := map[*node]bool{}
	for _, c := range givers {
		a.offers[c] = g.offers(c, near)
		for who := range a.offers[c] {
			given[who] = true
		}
	}
	some := func(of map[*node]bool) []*node {
		return slices.DeleteFunc(slices.Clone(open), func(n *node) bool { return !of[n] })
	}
	far := g.leading(some(given), open)
	between := slices.DeleteFunc(slices.Clone(open), func(n *node) bool { return !near[n] && !far[n] })
	a.fronts = []*front{g.front(givers), g.front(some(given)), g.front(between)}
	out := map[*node]*step{}
	for _, h := range between {
		if near[h] && far[h] {
			if s := a.chain(h); s != nil {
				out[h] = s
			}
		}
	}
	return out
}

// leading returns who of some becomes one of the goals in some steps, the goals among them.
func (g *graph) leading(goals, some []*node) map[*node]bool {
	out := map[*node]bool{}
	for _, t := range goals {
		out[t] = true
	}
	for len(goals) > 0 {
		f := g.front(goals)
		goals = nil
		for _, x := range some {
			if !out[x] && g.nearer(x, f, false, g.unsure) != nil {
				goals = append(goals, x)
			}
		}
		for _, x := range goals {
			out[x] = true
		}
	}
	return out
}

// chain returns the shortest chain of a holder that becomes a giver, and whom that gives
// permissions; nil if there is none.
func (a *aid) chain(h *node) *step {
	all, to := a.reach(h)
	var best []taken
	var end *node
	length := 0
	for _, c := range slices.DeleteFunc(slices.Clone(all), func(n *node) bool { return len(a.offers[n]) == 0 }) {
		for _, who := range all {
			n := len(to[c]) + 1 + len(to[who])
			if best != nil && n >= length {
				break // further ones are no nearer
			}
			o, ok := a.offers[c][who]
			if !ok {
				continue
			}
			if o.end != nil {
				n += o.end.step.n
			}
			if best == nil || n < length {
				best, end, length = slices.Concat(to[c], []taken{{c, o.way}}, to[who]), o.end, n
			}
		}
	}
	if best == nil {
		return nil
	}
	return chained(best, end)
}

// reach returns whom a holder becomes, itself first, each with the ways to it; of many the
// nearest.
func (a *aid) reach(h *node) (all []*node, to map[*node][]taken) {
	all, to = []*node{h}, map[*node][]taken{h: nil}
	for i := 0; i < len(all) && len(all) < maxReached; i++ {
		x := all[i]
		for _, w := range a.next(x) {
			if _, ok := to[w.to]; !ok {
				all, to[w.to] = append(all, w.to), append(slices.Clip(to[x]), taken{x, w})
			}
		}
	}
	return all, to
}

// next returns the ways of somebody to those whom it becomes in one step.
func (a *aid) next(x *node) []*way {
	out, ok := a.nexts[x]
	if ok {
		return out
	}
	seen := map[*node]bool{}
	for _, f := range a.fronts {
		most := len(out) + max(minLooked, min(maxMeant, a.left))
		a.ways(x, f, false, func(w *way) bool {
			if w.to != nil && a.counts(w.unknown) && !seen[w.to] {
				seen[w.to] = true
				out = append(out, w)
				a.left--
			}
			return len(out) < most
		})
	}
	a.nexts[x] = out
	return out
}

// taken is a way with who takes it.
type taken struct {
	by *node
	w  *way
}

// chained returns the steps of ways, one after the other, after which somebody is an
// administrator, or goes on as one at the end.
func chained(list []taken, end *node) *step {
	n := 0
	if end != nil {
		n = end.step.n
	}
	for _, t := range slices.Backward(list) {
		w := *t.w
		w.after, n = end, n+1
		end = &node{Holder: t.by.Holder, step: &step{&w, n, w.unknown == "" && (end == nil || end.step.sure)}}
	}
	return end.step
}
