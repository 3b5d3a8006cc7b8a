package many_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/compare"
	"iamctl/compare/many"
	"iamctl/equivalency"
	"iamctl/inventory"
	"iamctl/result"
)

const teams = `{"version": 2, "equivalencies": [{"placeholder": "team", "values": {"account-0": "green", "account-1": ["red", "blue"], "account-2": "cyan"}}]}`

// teamed are accounts of which the second has two roles that normalise to one name.
func teamed() []*inventory.Account {
	var out []*inventory.Account
	for i, names := range [][]string{{"green-app"}, {"red-app", "blue-app"}, {"cyan-app"}} {
		a := account(i)
		for _, name := range names {
			r := a.Roles[0]
			r.Name, r.ARN, r.ID = name, "arn:aws:iam::"+a.ID+":role/"+name, "AROA"+name
			a.Roles = append(a.Roles, r)
		}
		out = append(out, a)
	}
	return out
}

// What cannot be told apart in an account is a gap, whichever account all are compared with,
// and that of a comparison of two.
func TestGapsOfReference(t *testing.T) {
	sides := sidesOf(t, teamed())
	d, err := equivalency.Parse("dictionary.json", []byte(teams))
	if err != nil {
		t.Fatal(err)
	}
	in := compare.Inputs{Dictionary: compare.Dictionary{Dictionary: d, Name: "dictionary.json"}, Reference: inputs().Reference}
	for _, against := range []string{"", "account-0", "account-1", "account-2"} {
		for _, n := range []int{2, 3} {
			if against == "account-2" && n == 2 {
				continue
			}
			m, err := many.Run(context.Background(), sides[:n], many.Options{Inputs: in, Reader: &compare.Reader{}, Against: against})
			if err != nil {
				t.Fatal(err)
			}
			two, err := compare.Run(context.Background(), [2]compare.Side(sides[:2]), compare.Options{Inputs: in, Reader: &compare.Reader{}})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(two.Result.Gaps, m.Gaps); diff != "" || len(m.Gaps) != 2 || m.ExitCode != result.ExitIncomplete {
				t.Errorf("%d accounts against %q: exit code %d (-two +many):\n%s", n, against, m.ExitCode, diff)
			}
		}
	}
}

// What is kept and not understood makes a run incomplete, be it alike in all accounts.
func TestNotUnderstoodAlike(t *testing.T) {
	for _, tt := range []struct{ statement, reason string }{
		{`{"Effect": "Permit", "Action": "s3:GetObject", "Resource": "*"}`, "an effect that is none"},
		{`{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", "Colour": "red"}`, "an element that nobody knows"},
	} {
		accounts := []*inventory.Account{account(0), account(1), account(2)}
		for _, a := range accounts {
			roleOf(a, "app-1-live").Inline[0].Document = policyOf(tt.statement)
		}
		m := run(t, many.Options{}, sidesOf(t, accounts)...)
		if len(said(m)) > 0 || len(m.Gaps) != 3 || !m.Incomplete || m.ExitCode != result.ExitIncomplete {
			t.Errorf("%s: exit code %d, gaps %+v, %v", tt.reason, m.ExitCode, m.Gaps, said(m))
		}
	}
}
