package pairing

import (
	"iamctl/pairing/randomname"
	"iamctl/policy"
)

// Made is a role that a tool may have named.
type Made struct {
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

// listMade lists what a tool may have named of a side.
func (m *matcher) listMade(side int) {
	exact := make(map[int]bool, len(m.out.exact))
	for _, p := range m.out.exact {
		exact[p[side]] = true
	}
	for i := range m.lists[side] {
		e := &m.lists[side][i]
		if !e.made || exact[i] {
			continue
		}
		m.out.made[side] = append(m.out.made[side], Made{
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
func (l *Made) stems() (out [2]string) {
	for i, s := range []string{l.Stem, l.Wide} {
		if !l.Several[i] {
			out[i] = policy.Fold(s)
		}
	}
	return out
}

// better reports whether a name speaks more for a tool than another one.
func (l *Made) better(than *Made) bool {
	if l.form.Evidence != than.form.Evidence {
		return l.form.Evidence > than.form.Evidence
	}
	return l.Name < than.Name
}
