package pairing

import (
	"maps"
	"slices"
	"strings"

	"iamctl/equivalency"
	"iamctl/pairing/randomname"
)

// matched is what became of the entities of one kind, by their indexes in the lists of
// both accounts.
type matched struct {
	exact [][2]int
	pairs []pair
	// single are those of one account alone.
	single [2][]int
	// made are those that a tool may have named, but for those of exact.
	made [2][]Made
	// parts are the made-up parts of those that are known by their stems.
	parts [2]map[int][]equivalency.Span
	// several are names that fit several, doubtful are two that fit each other and
	// do not look random enough.
	several  []crowd
	doubtful []pair
}

// pair is two names of one entity.
type pair struct {
	a, b   int
	reason string
}

// crowd are names that are equal without what tool made up.
type crowd struct {
	tool    string
	members [2][]int
}

// match matches the entities of two accounts.
func match(lists [2][]entity, told ...[2]string) *matched {
	m := &matcher{lists: lists, out: &matched{parts: [2]map[int][]equivalency.Span{{}, {}}}, count: [2]map[string]int{{}, {}}, doubted: map[pair]bool{}}
	m.matchExact()
	m.countStems()
	m.matchTold(told)
	m.matchStems(func(e *entity) string { return e.stem }, func(e *entity) []equivalency.Span { return e.form.Parts })
	m.matchStems(func(e *entity) string { return e.wide }, (*entity).widest)
	m.matchCut()
	m.keepAlone()
	return m.out
}

type matcher struct {
	lists [2][]entity
	out   *matched
	// done are those that are paired, or that fit several.
	done [2]map[int]bool
	// taken are the keys and stems of names that are equal on both sides.
	taken map[string]bool
	// count is how many names of each side have a key or stem.
	count   [2]map[string]int
	doubted map[pair]bool
}

// matchExact matches the names that are equal by the dictionary.
func (m *matcher) matchExact() {
	m.done = [2]map[int]bool{{}, {}}
	m.taken = map[string]bool{}
	at := make(map[string]int, len(m.lists[1]))
	for i := range m.lists[1] {
		at[m.lists[1][i].key] = i
	}
	for i := range m.lists[0] {
		e := &m.lists[0][i]
		j, ok := at[e.key]
		if !ok || m.done[1][j] {
			continue
		}
		m.out.exact = append(m.out.exact, [2]int{i, j})
		m.done[0][i], m.done[1][j] = true, true
		m.taken[e.key] = true
		for _, x := range []*entity{e, &m.lists[1][j]} {
			if x.made {
				m.taken[x.stem], m.taken[x.wide] = true, true
			}
		}
	}
}

func (m *matcher) countStems() {
	for side := range m.lists {
		for i := range m.lists[side] {
			e := &m.lists[side][i]
			m.count[side][e.key]++
			if e.made {
				m.count[side][e.stem]++
				if e.wide != e.stem {
					m.count[side][e.wide]++
				}
			}
		}
	}
}

// rest yields the made-up names of a side that are not done.
func (m *matcher) rest(side int, yield func(int, *entity)) {
	for i := range m.lists[side] {
		if e := &m.lists[side][i]; e.made && !m.done[side][i] {
			yield(i, e)
		}
	}
}

// matchStems matches what is left by stems.
func (m *matcher) matchStems(stem func(*entity) string, parts func(*entity) []equivalency.Span) {
	groups := map[string]*[2][]int{}
	for side := range m.lists {
		m.rest(side, func(i int, e *entity) {
			g := groups[stem(e)]
			if g == nil {
				g = &[2][]int{}
				groups[stem(e)] = g
			}
			g[side] = append(g[side], i)
		})
	}
	for _, s := range slices.Sorted(maps.Keys(groups)) {
		if g := groups[s]; len(g[0]) > 0 && len(g[1]) > 0 && !m.taken[s] {
			m.matchGroup(g, parts)
		}
	}
}

// matchGroup matches the names with one stem.
func (m *matcher) matchGroup(g *[2][]int, parts func(*entity) []equivalency.Span) {
	a, b := &m.lists[0][g[0][0]], &m.lists[1][g[1][0]]
	switch {
	case len(g[0]) > 1 || len(g[1]) > 1:
		m.crowd(a.form.Tool, *g)
	case !randomname.Same(a.form, b.form):
		if p := (pair{g[0][0], g[1][0], a.form.Tool}); !m.doubted[p] {
			m.doubted[p] = true
			m.out.doubtful = append(m.out.doubtful, p)
		}
	default:
		m.pair(g[0][0], g[1][0], parts(a), parts(b))
	}
}

// crowd leaves names alone that fit several.
func (m *matcher) crowd(tool string, members [2][]int) {
	m.out.several = append(m.out.several, crowd{tool, members})
	for side, list := range members {
		for _, i := range list {
			m.done[side][i] = true
			m.taken[m.lists[side][i].stem], m.taken[m.lists[side][i].wide] = true, true
			m.out.single[side] = append(m.out.single[side], i)
		}
	}
}

// pair pairs two names by what is left of them without parts.
func (m *matcher) pair(i, j int, a, b []equivalency.Span) {
	reason := "by the name without " + m.lists[0][i].form.Tool
	if len(a) > len(m.lists[0][i].form.Parts) || len(b) > len(m.lists[1][j].form.Parts) {
		reason += " and what else may be made up in it"
	}
	m.out.pairs = append(m.out.pairs, pair{i, j, reason})
	m.out.parts[0][i], m.out.parts[1][j] = a, b
	m.done[0][i], m.done[1][j] = true, true
}

// keepAlone keeps the stems of names that no other name comes near, and lists all
// that one account alone has.
func (m *matcher) keepAlone() {
	for side := range m.lists {
		m.rest(side, func(i int, e *entity) {
			switch {
			case !e.form.Alone():
			case m.count[0][e.wide]+m.count[1][e.wide] == 1:
				m.out.parts[side][i] = e.widest()
			case m.count[0][e.stem]+m.count[1][e.stem] == 1:
				m.out.parts[side][i] = e.form.Parts
			}
		})
		for i := range m.lists[side] {
			if !m.done[side][i] {
				m.out.single[side] = append(m.out.single[side], i)
			}
		}
		slices.Sort(m.out.single[side])
		m.listMade(side)
	}
	slices.SortFunc(m.out.pairs, func(x, y pair) int { return strings.Compare(m.lists[0][x.a].key, m.lists[0][y.a].key) })
}
