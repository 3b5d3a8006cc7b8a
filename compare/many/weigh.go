package many

import (
	"cmp"
	"context"
	"runtime"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"iamctl/fleet"
	"iamctl/meaning"
	"iamctl/normalize"
)

// part are accounts in which a role has one form and is bound by the same.
type part struct {
	control  uint32
	accounts []int
}

// partsOf returns accounts by what bounds a role in them, the largest part first; of two alike
// that of the lower account.
func (m *run) partsOf(key string, accounts []int) []part {
	var out []part
	at := map[uint32]int{}
	for _, i := range accounts {
		var n uint32
		if of := m.bounds[key]; of != nil {
			n = of[i]
		}
		k, ok := at[n]
		if !ok {
			k = len(out)
			at[n] = k
			out = append(out, part{control: n})
		}
		out[k].accounts = append(out[k].accounts, i)
	}
	slices.SortFunc(out, func(a, b part) int {
		return cmp.Or(cmp.Compare(len(b.accounts), len(a.accounts)), cmp.Compare(a.accounts[0], b.accounts[0]))
	})
	return out
}

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
	if i := slices.IndexFunc(w.left, func(p part) bool { return m.Against != "" && slices.Contains(p.accounts, m.against) }); i > 0 {
		w.left[0], w.left[i] = w.left[i], w.left[0]
	}
	if len(w.left) < 2 || slices.Contains(m.Ignore, normalize.KindEffective) {
		m.alike[key] = append(w.left, m.alike[key]...)
		return nil
	}
	return w
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

// heldPart is a part of a role that is held against the first.
type heldPart struct {
	of    *weighing
	place int
}

// holdParts holds the parts of roles against the first of each.
func (m *run) holdParts(ctx context.Context, open []*weighing) error {
	work := map[two]map[string]heldPart{}
	for _, w := range open {
		w.equal = make([]bool, len(w.left))
		for i, p := range w.left[1:] {
			of := m.parts(w.key, w.left[0], p)
			if work[of] == nil {
				work[of] = map[string]heldPart{}
			}
			work[of][w.key] = heldPart{w, i + 1}
		}
	}
	var mu sync.Mutex
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for of, roles := range work {
		g.Go(func() error {
			equal, err := m.leftTheSame(ctx, of, roles)
			mu.Lock()
			defer mu.Unlock()
			for key := range equal {
				roles[key].of.equal[roles[key].place] = true
			}
			return err
		})
	}
	return g.Wait()
}

// parts returns accounts that stand for two parts of a role's form. What is an account's own is
// rewritten on both sides for the second one alone.
func (m *run) parts(key string, first, other part) two {
	of := two{reference: m.oneOf(key, first.accounts), other: m.oneOf(key, other.accounts)}
	if m.isOwn(of.reference, key) {
		of.reference, of.other = of.other, of.reference
	}
	return m.asOwn(of, key)
}

// leftTheSame returns the roles of two accounts, of one form each, that control policies leave
// the same.
func (m *run) leftTheSame(ctx context.Context, of two, roles map[string]heldPart) (map[string]bool, error) {
	keys := make([]string, 0, len(roles))
	for key := range roles {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	h, err := m.hold(ctx, of, keys)
	if err != nil {
		return nil, err
	}
	j := m.within(meaning.NewJudge(h.changes, m.Options.Reference), of)
	out := map[string]bool{}
	for i := range h.changes.Common {
		p := &h.changes.Common[i]
		// What the second one calls a role by itself may be another key.
		if key, ok := h.keyOf[0][p.A.Raw.Name]; ok && len(j.Effective(p).Changes) == 0 {
			out[key] = true
		}
	}
	return out, ctx.Err()
}
