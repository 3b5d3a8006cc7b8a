package documents

import (
	"slices"
	"strings"
)

// matchStatements returns, for each statement of a, the index of the one of b
// that it is compared with, -1 for none: first those that are equal, then those
// that have most in common.
func matchStatements(a, b []statement) []int {
	m := matching{partner: make([]int, len(a)), taken: make([]bool, len(b))}
	for i := range a {
		m.partner[i] = -1
	}
	m.equal(a, b)
	m.alike(a, b)
	m.last()
	return m.partner
}

// matching is which statement of B each of A has as its partner, -1 for none,
// and which of B are taken.
type matching struct {
	partner []int
	taken   []bool
}

func (m *matching) match(i, j int) { m.partner[i], m.taken[j] = j, true }

// equal matches the statements that are equal.
func (m *matching) equal(a, b []statement) {
	byMeaning := map[string][]int{}
	for j := range b {
		k := b[j].key()
		byMeaning[k] = append(byMeaning[k], j)
	}
	for i := range a {
		k := a[i].key()
		if list := byMeaning[k]; len(list) > 0 {
			m.match(i, list[0])
			byMeaning[k] = list[1:]
		}
	}
}

// key is what the statement means.
func (s *statement) key() string {
	var key []byte
	for i := range s.lines {
		key = append(append(key, s.lines[i].key...), '\n')
	}
	return string(key)
}

// likeness is how much two statements have in common.
type likeness struct{ score, i, j int }

// maxPairs limits how many pairs of statements are looked at for likeness.
const maxPairs = 10_000

// alike matches the statements that are left, those most alike first. Two that
// share nothing but their effect are not alike.
func (m *matching) alike(a, b []statement) {
	if len(a)*len(b) > maxPairs {
		return
	}
	var all []likeness
	for i := range a {
		for j := range b {
			if m.partner[i] >= 0 || m.taken[j] {
				continue
			}
			if score := a[i].likeness(&b[j]); score > 1 {
				all = append(all, likeness{score, i, j})
			}
		}
	}
	slices.SortStableFunc(all, func(x, y likeness) int { return y.score - x.score })
	for _, l := range all {
		if m.partner[l.i] < 0 && !m.taken[l.j] {
			m.match(l.i, l.j)
		}
	}
}

// last matches the statements that are left if each side has one.
func (m *matching) last() {
	i, j := slices.Index(m.partner, -1), slices.Index(m.taken, false)
	if i >= 0 && j >= 0 && !slices.Contains(m.partner[i+1:], -1) && !slices.Contains(m.taken[j+1:], false) {
		m.match(i, j)
	}
}

// likeness counts the lines with a value that two statements share, but for
// the Sid, the key of which has no value. One Sid weighs more than all of them.
func (s *statement) likeness(other *statement) int {
	score := 0
	if s.sid != "" && s.sid == other.sid {
		score = maxCells
	}
	has := make(map[string]int, len(s.lines))
	for i := range s.lines {
		has[s.lines[i].key]++
	}
	for i := range other.lines {
		k := other.lines[i].key
		if strings.HasSuffix(k, `"`) && !strings.HasSuffix(k, `""`) && has[k] > 0 {
			has[k]--
			score++
		}
	}
	return score
}
