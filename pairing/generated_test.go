package pairing_test

import (
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"iamctl/equivalency"
	"iamctl/internal/madenames"
	"iamctl/inventory"
	"iamctl/pairing"
)

// TestGeneratedNames pairs names as tools make them, and near misses. IAMCTL_LONG=1
// makes 10,000 of either for each tool; -v prints what paired.
func TestGeneratedNames(t *testing.T) {
	n := 1000
	if os.Getenv("IAMCTL_LONG") != "" {
		n = 10_000
	}
	for _, tool := range madenames.Tools() {
		t.Run(tool.Name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(7, uint64(len(tool.Name))))
			paired, wrong := pairNames(n, func(i int) (a, b madenames.Name) { return tool.Pair(r, i) })
			nearPaired, _ := pairNames(n, func(i int) (a, b madenames.Name) { return tool.NearMiss(r, i) })
			t.Logf("%d of %d pairs paired, %d unpaired, %d wrong; of %d near misses %d paired", paired, n, n-paired-wrong, wrong, n, nearPaired)
			unpaired, near := allowed(tool.Name)
			if (n-paired)*1000 > n*unpaired || wrong > 0 {
				t.Errorf("%d of %d unpaired and %d wrong", n-paired, n, wrong)
			}
			if nearPaired*1000 > n*near {
				t.Errorf("%d near misses paired", nearPaired)
			}
		})
	}
}

// allowed is how many of a thousand pairs may stay unpaired, and of a thousand near
// misses may pair. What was drawn reads like words, numbers and shortened words now and
// then, the more often the fewer characters were drawn; such pairs are left to people.
func allowed(tool string) (unpaired, near int) {
	switch {
	case tool == "Pulumi":
		return 10, 1
	case strings.Contains(tool, "console, path /"):
		return 25, 1
	case strings.Contains(tool, "console"):
		return 10, 1
	}
	return 5, 1
}

// pairNames pairs the names of two accounts, and returns how many paired with their
// own partner, and how many with another.
func pairNames(n int, next func(i int) (a, b madenames.Name)) (right, wrong int) {
	partner := map[string]string{}
	var accounts [2]*inventory.Account
	for i := range accounts {
		accounts[i] = &inventory.Account{ID: strings.Repeat([]string{"1", "2"}[i], 12), Partition: "aws"}
	}
	for i := range n {
		a, b := next(i)
		partner[a.Name] = b.Name
		add(accounts[0], a)
		add(accounts[1], b)
	}
	for _, p := range pairing.Find(accounts, [2]*equivalency.Rules{}).Pairs {
		if partner[p.A] == p.B {
			right++
		} else {
			wrong++
		}
	}
	return right, wrong
}

func add(a *inventory.Account, n madenames.Name) {
	arn := "arn:aws:iam::" + a.ID + ":" + n.Kind + n.Path + n.Name
	if n.Kind == "policy" {
		a.Policies = append(a.Policies, inventory.Policy{Name: n.Name, ARN: arn, Path: n.Path})
		return
	}
	a.Roles = append(a.Roles, inventory.Role{Name: n.Name, ARN: arn, Path: n.Path})
}
