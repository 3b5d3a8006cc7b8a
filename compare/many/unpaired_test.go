package many_test

import (
	"fmt"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"iamctl/compare/many"
	"iamctl/inventory"
)

// TestNamesThatWereNotPaired: of the names that may be those of the reference it is said once for
// all accounts, and nothing where those of the other accounts make them one.
func TestNamesThatWereNotPaired(t *testing.T) {
	for _, tt := range []struct {
		accounts int
		add      func(i int, a *inventory.Account)
		want     []string
		reason   string
	}{
		{3, func(int, *inventory.Account) {}, nil, "equal accounts"},
		{
			3, func(i int, a *inventory.Account) { named(a, []string{"app-4829173", "app-9917352", "app-5512127"}[i]) },
			[]string{"the roles app-4829173 of account-0 and app-9917352 of account-1 were not paired: they differ in what may be Pulumi's random part, and do not look random enough; if they are one, say so in the dictionary (and so in 1 more account)"},
			"names that do not look random enough, told once",
		},
		{2, func(i int, a *inventory.Account) {
			if i == 0 {
				named(a, "stack-Role-1AB2DEF3HIJKL")
				named(a, "stack-Role-9QW2XZ7PLM4K")
			} else {
				named(a, "stack-Role-ZYX9WU7SRQPO")
			}
		}, []string{"the roles stack-Role-1AB2DEF3HIJKL, stack-Role-9QW2XZ7PLM4K of account-0 and stack-Role-ZYX9WU7SRQPO of account-1 were not paired: without CloudFormation's random part several roles have the same name"}, "a name that fits several"},
	} {
		var accounts []*inventory.Account
		for i := range tt.accounts {
			a := account(i)
			tt.add(i, a)
			accounts = append(accounts, a)
		}
		sides := sidesOf(t, accounts)
		m := run(t, many.Options{Against: "account-0"}, sides...)
		if d := gocmp.Diff(tt.want, m.Unpaired); d != "" {
			t.Errorf("%s (-want +got):\n%s", tt.reason, d)
		}
		slices.Reverse(sides)
		if d := gocmp.Diff(m.Unpaired, run(t, many.Options{Against: "account-0"}, sides...).Unpaired); d != "" {
			t.Errorf("%s: the order of the sources counts (-want +got):\n%s", tt.reason, d)
		}
	}
}

// TestNamesThatWereNotPairedAreFew: of many the first are written out, and the others counted.
func TestNamesThatWereNotPairedAreFew(t *testing.T) {
	var accounts []*inventory.Account
	for i := range 3 {
		a := account(i)
		for n := range 25 {
			named(a, fmt.Sprintf("app%c-%07d", 'a'+n, []int{4829173, 9917352, 5512127}[i]))
		}
		accounts = append(accounts, a)
	}
	m := run(t, many.Options{Against: "account-0"}, sidesOf(t, accounts)...)
	if n := len(m.Unpaired); n != 21 || m.Unpaired[20] != "5 more names look as if a part were made up, and were not paired" {
		t.Errorf("%d notes: %q", n, m.Unpaired)
	}
}

// TestNamesThatOthersMakeOne: two names that do not pair with each other are one role where that of
// a third account pairs with both, and no note says otherwise.
func TestNamesThatOthersMakeOne(t *testing.T) {
	suffix := suffixes(7, 4)
	accounts := []*inventory.Account{account(0), account(1), account(2), account(3)}
	twoUnlike(accounts, suffix)
	sides := sidesOf(t, accounts)
	if m := run(t, many.Options{Against: "account-0"}, sides...); len(m.Unpaired) > 0 {
		t.Errorf("%q, and the rows are %q", m.Unpaired, rowsOf(m, "stack-Role"))
	}
	if m := run(t, many.Options{Against: "account-0"}, sides[:2]...); len(m.Unpaired) != 1 {
		t.Errorf("of the two alone: %q", m.Unpaired)
	}
}
