package many_test

import (
	"slices"
	"strings"
	"testing"

	"iamctl/compare/many"
	"iamctl/inventory"
)

// Where both of two accounts name what is of one of them, that is said whichever they are held
// against, as a comparison of two does.
func TestTwoNameOne(t *testing.T) {
	accounts := []*inventory.Account{account(0), account(1)}
	for _, a := range accounts {
		a.Roles = slices.Clone(a.Roles)
		a.Roles[0].Inline = []inventory.InlinePolicy{{Name: "key", Document: inventory.Document(`{"Version": "2012-10-17", "Statement": [
			{"Effect": "Allow", "Action": "kms:GenerateDataKey", "Resource": "arn:aws:kms:eu-west-1:` + accounts[1].ID + `:key/k1"}]}`)}}
	}
	sides := sidesOf(t, accounts)
	for _, against := range []string{"account-0", "account-1"} {
		m := run(t, many.Options{Against: against}, sides...)
		if said := said(m); len(said) != 1 || !strings.HasSuffix(said[0], " high") {
			t.Errorf("against %s: %q", against, said)
		}
		for _, r := range m.Roles {
			if len(r.Forms) > 1 && !strings.Contains(r.Forms[1].Difference.What, "names account-1's ") {
				t.Errorf("against %s: %q", against, r.Forms[1].Difference.What)
			}
		}
	}
}
