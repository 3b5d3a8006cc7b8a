package pairing_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"iamctl/internal/madenames"
	"iamctl/inventory"
)

// generated makes two accounts of roles whose names tools made, which name each other in
// every way, and which are in sync.
func generated(r *rand.Rand, n int) [2]*inventory.Account {
	var names [2][]madenames.Name
	accounts := [2]*inventory.Account{{ID: "111111111111", Partition: "aws"}, {ID: "222222222222", Partition: "aws"}}
	tools := madenames.Tools()
	for i := range n {
		tool := tools[r.IntN(len(tools))]
		for tool.Kind != "role" || strings.HasPrefix(tool.Name, "CDK bootstrap") {
			tool = tools[r.IntN(len(tools))]
		}
		x, y := tool.Pair(r, i)
		names[0], names[1] = append(names[0], x), append(names[1], y)
	}
	refs := make([]int, 4*n)
	for i := range refs {
		refs[i] = r.IntN(n)
	}
	for side, a := range accounts {
		arn := func(i int) string {
			return "arn:aws:iam::" + a.ID + ":role" + names[side][i].Path + names[side][i].Name
		}
		id := func(i int) string { return fmt.Sprintf("AROA%dUNIQUE%010d", side, i) }
		for i, name := range names[side] {
			k := refs[4*i:]
			role := inventory.Role{Name: name.Name, Path: name.Path, ARN: arn(i), ID: id(i)}
			role.Trust = inventory.Document(fmt.Sprintf(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":%q},"Action":"sts:AssumeRole"}]}`, arn(k[0])))
			role.Inline = []inventory.InlinePolicy{{Name: "p", Document: inventory.Document(fmt.Sprintf(
				`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:PassRole","Resource":%q},{"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"ArnNotEquals":{"aws:PrincipalArn":%q}}},{"Effect":"Deny","Action":"sqs:*","Resource":"*","Condition":{"StringNotLike":{"aws:userid":"%s:*"}}}]}`,
				arn(k[1]), arn(k[2]), id(k[3])))}}
			a.Roles = append(a.Roles, role)
		}
	}
	return accounts
}

// TestNoPlantedDriftIsSilent: accounts whose made-up names differ are in sync, but for
// names that happen to read like words; whatever is then changed in one of them is drift.
func TestNoPlantedDriftIsSilent(t *testing.T) {
	rounds := 60
	if os.Getenv("IAMCTL_LONG") != "" {
		rounds = 3000
	}
	r := rand.New(rand.NewPCG(3, 1))
	const n = 8
	silent, noisy := 0, 0
	for range rounds {
		accounts := generated(r, n)
		if compared(t, `{}`, accounts[0], accounts[1]).Drift() {
			noisy++
			continue
		}
		b := accounts[1]
		what := plant(r, b)
		if what == "" {
			continue
		}
		if !compared(t, `{}`, accounts[0], b).Drift() || !compared(t, `{}`, b, accounts[0]).Drift() {
			silent++
			t.Errorf("%s is silent", what)
		}
	}
	t.Logf("%d rounds of %d roles: %d not in sync at first, %d planted drifts silent", rounds, n, noisy, silent)
	if noisy*10 > rounds {
		t.Errorf("%d of %d accounts were not in sync", noisy, rounds)
	}
}

// plant changes one thing that matters in an account, and says what.
func plant(r *rand.Rand, a *inventory.Account) string {
	role := &a.Roles[r.IntN(len(a.Roles))]
	other := &a.Roles[r.IntN(len(a.Roles))]
	where := []*inventory.Document{&role.Trust, &role.Inline[0].Document}[r.IntN(2)]
	var old, with string
	for _, o := range a.Roles {
		if strings.Contains(string(*where), o.ARN+`"`) && o.ARN != other.ARN {
			old = o.ARN
		}
	}
	switch kind := r.IntN(6); {
	case kind == 0 && old != "":
		with = other.ARN
	case kind == 1 && old != "":
		with = strings.Replace(old, a.ID, "333333333333", 1)
	case kind == 2 && old != "":
		with = old + "x"
	case kind == 3:
		where, old, with = &role.Inline[0].Document, `"AROA`, `"AROX`
	case kind == 4:
		where, old, with = &role.Inline[0].Document, "s3:*", "s3:Get*"
	case kind == 5 && other != role:
		// The other's id in place of the one in the condition.
		where = &role.Inline[0].Document
		at := strings.Index(string(*where), `"AROA`) + 1
		old, with = string(*where)[at:at+len(other.ID)], other.ID
	}
	if old == "" || old == with || !strings.Contains(string(*where), old) {
		return ""
	}
	*where = inventory.Document(strings.Replace(string(*where), old, with, 1))
	return fmt.Sprintf("%s in place of %s in %s", with, old, role.Name)
}
