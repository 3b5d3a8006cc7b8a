package many

import "iamctl/fleet"

// part are accounts in which a role has one form and is bound by the same.
type part struct {
	control  uint32
	accounts []int
}

// partsOf returns accounts by what bounds a role in them, the largest part first; of two alike
// that of the lower account.
func (m *run) partsOf(key string, accounts []int) []part {
	of := m.bounds[key]
	control := func(account int) uint32 {
		if of == nil {
			return 0
		}
		return of[account]
	}
	var out []part
	for _, list := range fleet.Alike(func(yield func(int, uint32) bool) {
		for _, i := range accounts {
			if !yield(i, control(i)) {
				return
			}
		}
	}) {
		out = append(out, part{control(list[0]), list})
	}
	return out
}
