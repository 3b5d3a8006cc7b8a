package many_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/compare/many"
	"iamctl/inventory"
	"iamctl/result/matrix"
)

// prints returns the outliers by their fingerprints: the role and the account.
func prints(m *matrix.Matrix) map[string]string {
	out := map[string]string{}
	for f := range m.Outliers() {
		out[f.Outlier.Fingerprint] = f.Role.Name + " " + f.Key
	}
	return out
}

// TestFingerprints: each outlier has its own, which stays when the accounts come in another
// order, when there is one more like the others, and when one is held against another of the
// reference; that of a missing role also when the others change it.
func TestFingerprints(t *testing.T) {
	accounts := planted()
	m := run(t, many.Options{}, sidesOf(t, accounts)...)
	want := prints(m)
	if n := m.Counts.Outliers; n == 0 || len(want) != n {
		t.Fatalf("%d outliers have %d fingerprints", n, len(want))
	}
	back := sidesOf(t, accounts)
	slices.Reverse(back)
	more := sidesOf(t, append(planted(), account(7), account(8)))
	for reason, got := range map[string]*matrix.Matrix{"in another order": run(t, many.Options{}, back...), "with equal accounts": run(t, many.Options{}, more...)} {
		now := prints(got)
		maps.DeleteFunc(now, func(_, at string) bool { return strings.HasPrefix(at, "app-3-live") }) // the new ones have it
		was := maps.Clone(want)
		maps.DeleteFunc(was, func(_, at string) bool { return strings.HasPrefix(at, "app-3-live") })
		if d := cmp.Diff(was, now); d != "" {
			t.Errorf("%s (-want +got):\n%s", reason, d)
		}
	}
	changed := planted()
	for _, a := range changed {
		if slices.ContainsFunc(a.Roles, func(r inventory.Role) bool { return r.Name == "app-2-live" }) {
			broadened(a, "app-2-live", "sqs:DeleteQueue")
		}
	}
	missing := func(m *matrix.Matrix) (out []string) {
		for f := range m.Outliers() {
			if f.Kind == matrix.Missing {
				out = append(out, f.Outlier.Fingerprint)
			}
		}
		return out
	}
	if a, b := missing(m), missing(run(t, many.Options{}, sidesOf(t, changed)...)); len(a) == 0 || !slices.Equal(a, b) {
		t.Errorf("a missing role is %v, and %v when the others change it", a, b)
	}
}

// TestMembers: what an organisation says of an account is in the matrix.
func TestMembers(t *testing.T) {
	sides := sidesOf(t, []*inventory.Account{account(0), account(1)})
	sides[0].Member = &inventory.Member{ID: "123456789000", Name: "Payments", Path: "Root/Prod"}
	m := run(t, many.Options{}, sides...)
	if a := m.Accounts[0]; a.Name != "Payments" || a.Path != "Root/Prod" || m.Accounts[1].Path != "" {
		t.Errorf("%+v", m.Accounts)
	}
}
