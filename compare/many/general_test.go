package many_test

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// TestWordsHoldForEach: what is said of accounts that differ in the same way names nothing that is
// one's own, and is the same whichever of them stands for the others.
func TestWordsHoldForEach(t *testing.T) {
	names, ids := []string{"alpha-shop", "beta-shop"}, []string{"700000000001", "700000000002"}
	said := 0
	for seed := range seeds(1, 20) {
		draw := rand.New(rand.NewPCG(seed, 3))
		for k, at := range spots {
			for turn, p := range drawn(draw, k) {
				n := drawNested(draw)
				n.names, n.ids = append(n.names, names...), append(n.ids, ids...)
				first, second := len(n.ids)-2, len(n.ids)-1
				dictionaries := n.dictionaries()
				hows := slices.Sorted(maps.Keys(dictionaries))
				if seeds(0, 1) == 0 {
					hows = hows[(k+turn)%len(hows):][:1] // one of them in turn
				}
				for _, how := range hows {
					d := dictionaries[how]
					words := n.wordsOf(t, at, p, d, first, second)
					for _, what := range words {
						said++
						if one := func(s string) bool { return strings.Contains(what, s) }; slices.ContainsFunc(names, one) || slices.ContainsFunc(ids, one) {
							t.Errorf("seed %d, %s, %s, %s: it is said of several accounts: %s", seed, at.reason, p.reason, how, what)
						}
					}
					swapped := *n
					swapped.names = slices.Clone(n.names)
					swapped.names[first], swapped.names[second] = n.names[second], n.names[first]
					if other := swapped.wordsOf(t, at, p, swapped.dictionaries()[how], first, second); !slices.Equal(words, other) {
						t.Errorf("seed %d, %s, %s, %s: %q, and %q where the other one is first", seed, at.reason, p.reason, how, words, other)
					}
				}
			}
		}
	}
	if said == 0 {
		t.Error("nothing is said of several accounts")
	}
}

// wordsOf returns what is said of the forms that several accounts have, where two have what is planted.
func (n *nested) wordsOf(t *testing.T, at spot, p plant, dictionary string, outliers ...int) (out []string) {
	as := *n
	as.outlier = outliers[0]
	sides := as.sides(t, at, p)
	for _, i := range outliers[1:] {
		as.outlier = i
		sides[i] = as.sides(t, at, p)[i]
	}
	for _, r := range matrixBy(t, dictionary, sides...).Roles {
		for _, f := range r.Forms[1:] {
			if len(f.Accounts) > 1 {
				out = append(out, f.Difference.What)
			}
		}
	}
	return out
}
