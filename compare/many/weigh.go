package many

import (
	"context"
	"slices"

	"iamctl/fleet"
	"iamctl/normalize"
)

// weighing looks for the parts of a role's form, that of the reference, which are left the same
// as most accounts are, or as the account is that all are held against.
type weighing struct {
	key string
	// left are parts that were held against none yet, of which the first is what others are
	// held against next.
	left []part
	// best are the parts that are left the same in most accounts.
	best []part
	// equal are those of left, by place, that are left the same as the first.
	equal []bool
}

// weigh finds of each role which accounts of the reference's form are the reference: those in
// which control policies leave the same to it.
func (m *run) weigh(ctx context.Context) error {
	m.alike = map[string][]part{}
	var open []*weighing
	for key := range m.bounds {
		if w := m.weighing(key); w != nil {
			open = append(open, w)
		}
	}
	for len(open) > 0 {
		if err := m.holdParts(ctx, open); err != nil {
			return err
		}
		open = slices.DeleteFunc(open, func(w *weighing) bool {
			w.close()
			if m.Against == "" && !w.decided() {
				return false
			}
			m.alike[w.key] = append(w.best, m.alike[w.key]...)
			return true
		})
	}
	return nil
}

// weighing returns the work on a role, nil if there is none. Parts of which it is not known what
// bounds them are as the reference is: a gap says so.
func (m *run) weighing(key string) *weighing {
	g := m.groups(key)[0]
	if g.Form == fleet.Absent {
		return nil
	}
	w := &weighing{key: key}
	for _, p := range m.partsOf(key, g.Accounts) {
		if m.controls.unknown[p.control] {
			m.alike[key] = append(m.alike[key], p)
		} else {
			w.left = append(w.left, p)
		}
	}
	slices.SortStableFunc(w.left, func(a, b part) int { return m.standing(key, a) - m.standing(key, b) })
	if i := slices.IndexFunc(w.left, func(p part) bool { return m.Against != "" && slices.Contains(p.accounts, m.against) }); i > 0 {
		w.left[0], w.left[i] = w.left[i], w.left[0]
	}
	if len(w.left) < 2 || slices.Contains(m.Ignore, normalize.KindEffective) {
		m.alike[key] = append(w.left, m.alike[key]...)
		return nil
	}
	return w
}

// standing orders those parts last of which every account is as the reference only where its own
// names count: no other is held against one of these, but for the last.
func (m *run) standing(key string, p part) int {
	if m.isOwn(m.oneOf(key, p.accounts), key) {
		return 1
	}
	return 0
}

// close takes the parts that are left the same as the first.
func (w *weighing) close() {
	var same, rest []part
	for i, p := range w.left {
		if i == 0 || w.equal[i] {
			same = append(same, p)
		} else {
			rest = append(rest, p)
		}
	}
	if beats(same, w.best) {
		w.best = same
	}
	w.left = rest
}

// decided reports whether the parts that are left over do not beat the best, if they are all
// left the same.
func (w *weighing) decided() bool { return !beats(w.left, w.best) }

// beats reports whether parts are of more accounts than others, or of as many with a lower one.
func beats(parts, others []part) bool {
	n, first := extent(parts)
	m, least := extent(others)
	return n > m || n == m && n > 0 && first < least
}

// extent returns how many accounts parts are of, and the lowest.
func extent(parts []part) (n, first int) {
	for i, p := range parts {
		if n += len(p.accounts); i == 0 || p.accounts[0] < first {
			first = p.accounts[0]
		}
	}
	return n, first
}
