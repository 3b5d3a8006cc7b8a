package many_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"iamctl/compare"
	"iamctl/compare/many"
	"iamctl/inventory"
)

// Of two snapshots of one account one counts, and the other is a gap that names it.
func TestOneAccountTwice(t *testing.T) {
	copied := account(1)
	copied.Roles = copied.Roles[1:]
	sides := sidesOf(t, []*inventory.Account{account(0), account(1), account(2), copied})
	for _, tt := range []struct {
		against        string
		same           bool
		accounts, gaps int
		reason         string
	}{
		{"", false, 3, 1, "the first counts"},
		{sides[3].Tag, false, 3, 1, "the one that all are held against counts"},
		{"", true, 4, 0, "it is meant"},
	} {
		m, err := many.Run(context.Background(), sides, many.Options{Inputs: inputs(), Reader: &compare.Reader{SameAccount: tt.same}, Against: tt.against})
		if err != nil {
			t.Fatal(err)
		}
		if len(m.Accounts) != tt.accounts || len(m.Gaps) != tt.gaps {
			t.Errorf("%s: %d accounts, gaps %v", tt.reason, len(m.Accounts), m.Gaps)
		}
		for _, g := range m.Gaps {
			if !g.Blind || !strings.Contains(g.Reason, "it is account "+copied.ID) || (g.Account == sides[3].Tag) != (tt.against == "") {
				t.Errorf("%s: the gap %+v", tt.reason, g)
			}
		}
	}
	_, err := many.Run(context.Background(), []compare.Side{sides[1], sides[3]}, many.Options{Inputs: inputs(), Reader: &compare.Reader{}})
	if !errors.Is(err, compare.ErrOneAccount) {
		t.Errorf("two snapshots of one account alone: %v", err)
	}
}
