package pairing

import (
	"iamctl/pairing/randomname"
	"iamctl/policy"
)

// Left is a role that no role of the other account is, and that a tool may have named.
type Left struct {
	// Name is the role's.
	Name string
	// Stem is the name as the dictionary leaves it, without the made-up part, and Wide
	// without all that may be made up.
	Stem, Wide string
	// Several says of the stem, and of the wider one, that another role of the account may
	// have it too, so that it does not tell which of them is meant.
	Several [2]bool
	form    randomname.Form
}

// listLeft lists what is left of a side.
func (m *matcher) listLeft(side int) {
	for _, i := range m.out.single[side] {
		e := &m.lists[side][i]
		if !e.made {
			continue
		}
		m.out.left[side] = append(m.out.left[side], Left{
			Name: e.name, Stem: e.spelled(e.form.Parts), Wide: e.spelled(e.widest()),
			Several: [2]bool{m.count[side][e.stem] > 1, m.count[side][e.wide] > 1}, form: e.form,
		})
	}
}

// matchTold matches names that are known to be one entity's, as far as they are equal without
// what a tool may have made up.
func (m *matcher) matchTold(told [][2]string) {
	if len(told) == 0 {
		return
	}
	var at [2]map[string]int
	for side := range at {
		at[side] = map[string]int{}
		m.rest(side, func(i int, e *entity) { at[side][e.name] = i })
	}
	for _, names := range told {
		i, ok := at[0][names[0]]
		j, also := at[1][names[1]]
		if !ok || !also || m.done[0][i] || m.done[1][j] {
			continue
		}
		a, b := &m.lists[0][i], &m.lists[1][j]
		switch {
		case a.stem == b.stem:
			m.pair(i, j, a.form.Parts, b.form.Parts)
		case a.wide == b.wide:
			m.pair(i, j, a.widest(), b.widest())
		}
	}
}

// stems returns both stems without regard to case, "" for one that tells nothing.
func (l *Left) stems() (out [2]string) {
	for i, s := range []string{l.Stem, l.Wide} {
		if !l.Several[i] {
			out[i] = policy.Fold(s)
		}
	}
	return out
}

// better reports whether a name speaks more for a tool than another one.
func (l *Left) better(than *Left) bool {
	if l.form.Evidence != than.form.Evidence {
		return l.form.Evidence > than.form.Evidence
	}
	return l.Name < than.Name
}
