package many

import (
	"cmp"
	"slices"
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
