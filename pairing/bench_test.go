package pairing_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"iamctl/equivalency"
	"iamctl/internal/madenames"
	"iamctl/inventory"
	"iamctl/pairing"
)

// BenchmarkFind pairs accounts in which every role and policy has a made-up part, and
// whose names begin alike. The time for a role is to be the same for either size.
func BenchmarkFind(b *testing.B) {
	for _, n := range []int{1000, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			r := rand.New(rand.NewPCG(1, 2))
			accounts := [2]*inventory.Account{{ID: "111111111111"}, {ID: "222222222222"}}
			tools := madenames.Tools()
			for i := range n {
				names := [2]madenames.Name{}
				names[0], names[1] = tools[i%3].Pair(r, i)
				p, q := tools[3].Pair(r, i)
				for side, a := range accounts {
					add(a, names[side])
					role := &a.Roles[i]
					for _, policy := range []madenames.Name{p, q}[side : side+1] {
						role.Attached = append(role.Attached, inventory.PolicyRef{Name: policy.Name, ARN: "arn:aws:iam::" + a.ID + ":policy/" + policy.Name})
					}
				}
			}
			for b.Loop() {
				if found := pairing.Find(accounts, [2]*equivalency.Rules{}); len(found.Pairs) < 2*n*99/100 {
					b.Fatalf("%d pairs", len(found.Pairs))
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(n), "µs/role")
		})
	}
}
