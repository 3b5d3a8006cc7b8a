package escalation

import "slices"

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
