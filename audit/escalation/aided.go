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
