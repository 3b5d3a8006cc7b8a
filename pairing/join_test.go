package pairing_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"iamctl/equivalency"
	"iamctl/inventory"
	"iamctl/pairing"
)

// made returns what is made of accounts that have roles of these names, and that are held
// against one which has the first of them alone.
func made(there string, accounts ...[]string) [][]pairing.Made {
	of := func(id string, names ...string) *inventory.Account {
		a := &inventory.Account{ID: id}
		for _, n := range names {
			a.Roles = append(a.Roles, inventory.Role{Name: n, Path: "/", ARN: "arn:aws:iam::" + id + ":role/" + n})
		}
		return a
	}
	var out [][]pairing.Made
	for i, names := range accounts {
		pair := [2]*inventory.Account{of("111111111111", there), of(fmt.Sprintf("%012d", i), names...)}
		out = append(out, pairing.Find(pair, [2]*equivalency.Rules{}).Made[1])
	}
	return out
}

// rowsByName returns a row for each name, and the names, in the order given by order.
func rowsByName(accounts [][]pairing.Made, order []int) ([]pairing.Row, []string) {
	var rows []pairing.Row
	var names []string
	for _, a := range order {
		for _, l := range accounts[a] {
			i := slices.Index(names, l.Name)
			if i < 0 {
				i = len(names)
				names, rows = append(names, l.Name), append(rows, pairing.Row{})
			}
			rows[i].Accounts = append(rows[i].Accounts, a)
			rows[i].Add(l)
		}
	}
	return rows, names
}

// joined returns what Join makes of rows, as the names of each role, sorted.
func joined(rows []pairing.Row, names []string) []string {
	out := []string{}
	for _, j := range pairing.Join(rows) {
		var of []string
		for _, i := range j.Rows {
			of = append(of, names[i])
		}
		slices.Sort(of)
		out = append(out, fmt.Sprint(j.Name, " = ", of))
	}
	slices.Sort(out)
	return out
}

// The first two suffixes do not show by themselves that they were drawn, the third does.
const (
	weak, weaker, strong = "LPFNByenn6sj", "tVel9tGacUjq", "9aQ0Xr7LwZ3k"
	// word and number are names that somebody gave, and alike ones.
	word, number = "PaymentTeam2", "PaymentTeam7"
)

func TestJoin(t *testing.T) {
	for _, tt := range []struct {
		accounts [][]string
		want     []string
		reason   string
	}{
		{[][]string{{"st-Role-" + weak}, {"st-Role-" + weaker}, {"st-Role-" + strong}}, []string{"st-Role-<random> = [st-Role-" + strong + " st-Role-" + weak + " st-Role-" + weaker + "]"}, "three names of one role"},
		{[][]string{{"st-Role-" + weak}, {"ST-role-" + weaker}}, []string{"st-Role-<random> = [ST-role-" + weaker + " st-Role-" + weak + "]"}, "without regard to case"},
		{[][]string{{"st-Role-" + weak}, {"st-Rule-" + weaker}}, []string{}, "two roles"},
		{[][]string{{"st-Role-" + weak}}, []string{}, "one alone"},
		{[][]string{{"st-Role-" + weak}, {"st-Role-" + weak}, {"st-Role-" + weaker}}, []string{"st-Role-<random> = [st-Role-" + weak + " st-Role-" + weaker + "]"}, "one name in two accounts"},
		{[][]string{{"st-Role-" + weak, "st-Role-" + strong}, {"st-Role-" + weaker}}, []string{}, "two of one account may be meant"},
		{
			[][]string{{"st-Role-" + weak, "st-Role-" + strong}, {"st-Role-" + weaker}, {"st-Role-q7RzX0bT4mLd"}},
			[]string{"st-Role-<random> = [st-Role-q7RzX0bT4mLd st-Role-" + weaker + "]"},
			"and the others' are one",
		},
		{[][]string{{"st-Role-" + weak, "there-Role-" + strong}, {"there-Role-" + weaker}}, []string{}, "the first one has a role that both accounts have"},
		{[][]string{{"st-Role-" + word}, {"st-Role-" + number}}, []string{}, "names that somebody gave"},
		{
			[][]string{{"st-RoleDB3C51F9-" + weak}, {"st-Role0AC73E85-" + weaker}},
			[]string{"st-Role<random>-<random> = [st-Role0AC73E85-" + weaker + " st-RoleDB3C51F9-" + weak + "]"},
			"the CDK's hash differs too",
		},
		{
			[][]string{{"st-RoleDB3C51F9-" + weak}, {"st-RoleDB3C51F9-" + weaker, "st-Role0AC73E85-" + strong}},
			[]string{"st-RoleDB3C51F9-<random> = [st-RoleDB3C51F9-" + weak + " st-RoleDB3C51F9-" + weaker + "]"},
			"the CDK's hash tells two apart",
		},
	} {
		accounts := made("there-Role-"+strong, tt.accounts...)
		order := []int{}
		for i := range accounts {
			order = append(order, i)
		}
		rapid.Check(t, func(rt *rapid.T) {
			if d := cmp.Diff(tt.want, joined(rowsByName(accounts, rapid.Permutation(order).Draw(rt, "order")))); d != "" {
				rt.Fatalf("%s (-want +got):\n%s", tt.reason, d)
			}
		})
	}
}

// TestTold: names of which it is known that they are one role's pair, unless more than what a
// tool may have made up differs.
func TestTold(t *testing.T) {
	const more = "st-Rule-" + strong
	accounts := [2]*inventory.Account{
		{ID: "111111111111", Roles: []inventory.Role{{Name: "st-Role-" + weak, Path: "/"}, {Name: "st-Role-" + strong, Path: "/"}}},
		{ID: "222222222222", Roles: []inventory.Role{{Name: "st-Role-" + weaker, Path: "/"}, {Name: more, Path: "/"}}},
	}
	for _, tt := range []struct {
		told   [][2]string
		want   []string
		reason string
	}{
		{nil, nil, "two of one account may be meant"},
		{[][2]string{{"st-Role-" + strong, "st-Role-" + weaker}}, []string{"st-Role-" + strong + " st-Role-" + weaker}, "it is known which of them is"},
		{[][2]string{{"st-Role-" + strong, more}}, nil, "the logical id differs"},
		{[][2]string{{"st-Role-none", more}, {"st-Role-" + weak, "none"}}, nil, "no such names"},
	} {
		var got []string
		for _, p := range pairing.Find(accounts, [2]*equivalency.Rules{}, tt.told...).Pairs {
			got = append(got, p.A+" "+p.B)
		}
		if d := cmp.Diff(tt.want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", tt.reason, d)
		}
	}
}
