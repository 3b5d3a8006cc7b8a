package many

import (
	"math/rand/v2"
	"slices"
	"testing"

	"iamctl/compare"
	"iamctl/fleet"
	"iamctl/inventory"
)

// drawMembers returns accounts that have each role in one of a few forms or not at all, the
// first of them with the form that the others are compared with.
func drawMembers(r *rand.Rand) []*member {
	n, roles, forms := 2+r.IntN(40), 1+r.IntN(6), 1+r.IntN(4)
	all := make([]*member, n)
	for i := range all {
		m := &member{side: compare.Side{Tag: string(rune('A' + i))}, account: &inventory.Account{}}
		for key := range roles {
			switch f := r.IntN(forms + 2); {
			case i == 0 || f == 0:
				m.cells = append(m.cells, cell{key: uint32(key), form: same})
			case f > 1:
				m.cells = append(m.cells, cell{key: uint32(key), form: fleet.Form{byte(f)}})
			}
		}
		all[i] = m
	}
	return all
}

// TestClaims: whatever the order in which accounts are read, the first account of each form
// is in memory in the end, and none that is the first of no form.
func TestClaims(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		all := drawMembers(r)
		reference := all[0]
		var c claims
		order := slices.Clone(all[1:])
		r.Shuffle(len(order), func(i, k int) { order[i], order[k] = order[k], order[i] })
		for _, m := range order {
			c.take(m, reference)
		}
		needed := map[*member]bool{}
		for _, of := range reference.cells {
			seen := map[fleet.Form]bool{}
			for _, m := range all[1:] {
				form := fleet.Absent
				if i := slices.IndexFunc(m.cells, func(c cell) bool { return c.key == of.key }); i >= 0 {
					form = m.cells[i].form
				}
				needed[m] = needed[m] || !seen[form]
				seen[form] = true
			}
		}
		for _, m := range all[1:] {
			if (m.account != nil) != needed[m] {
				t.Fatalf("seed %d: %s in memory: %v, needed: %v", seed, m.side.Tag, m.account != nil, needed[m])
			}
		}
	}
}
