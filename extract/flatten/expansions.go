package flatten

import (
	"sync"

	"iamctl/inventory"
	"iamctl/policy"
	"iamctl/reference"
)

// maxExpanded is how many actions of patterns are kept to be used again: accounts
// have few patterns, again and again, but for one that was made to have many.
const maxExpanded = 100_000

// expansions expands patterns, each once as long as they are few. It is safe for
// concurrent use.
type expansions struct {
	ref *reference.Reference
	mu  sync.Mutex
	// done are those of patterns, and of negated ones, which stay as they are.
	done, negated map[string][]action
	kept          int
	// numbers are those of folded actions and patterns.
	numbers map[inventory.Action]uint32
}

func newExpansions(ref *reference.Reference) *expansions {
	return &expansions{ref: ref, done: map[string][]action{}, negated: map[string][]action{}, numbers: map[inventory.Action]uint32{{}: 0}}
}

// of returns the actions of a list of patterns, which must not be changed; one empty
// action for an empty list, so that the statement's other elements still reach an item.
func (x *expansions) of(patterns []string, negated bool) []*action {
	if len(patterns) == 0 {
		return []*action{{}}
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	lists, n := make([][]action, len(patterns)), 0
	for i, p := range patterns {
		lists[i] = x.pattern(p, negated)
		n += len(lists[i])
	}
	out := make([]*action, 0, n)
	for _, list := range lists {
		for i := range list {
			out = append(out, &list[i])
		}
	}
	return out
}

func (x *expansions) pattern(p string, negated bool) []action {
	done := x.done
	if negated {
		done = x.negated
	}
	out, ok := done[p]
	if !ok {
		if x.kept > maxExpanded {
			clear(x.done)
			clear(x.negated)
			x.kept = 0
		}
		out = expand(p, x.ref, negated)
		for i := range out {
			out[i].number, out[i].patternNumber = x.number(out[i].Action), x.number(out[i].pattern)
		}
		done[p] = out
		x.kept += len(out)
	}
	return out
}

// number numbers an action or a pattern, without regard to case.
func (x *expansions) number(a inventory.Action) uint32 {
	key := inventory.Action{Service: policy.Fold(a.Service), Name: policy.Fold(a.Name)}
	n, ok := x.numbers[key]
	if !ok {
		n = uint32(len(x.numbers))
		x.numbers[key] = n
	}
	return n
}
