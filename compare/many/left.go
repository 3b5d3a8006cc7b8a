package many

import (
	"context"
	"runtime"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"iamctl/meaning"
)

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
