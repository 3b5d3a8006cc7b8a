package doubt_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/equivalency"
	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/normalize/doubt"
	"iamctl/normalize/normalizetest"
)

// A value without owner is doubtful where the other side uses it anywhere.
func TestMaskedByAValueElsewhere(t *testing.T) {
	const iamctl = `{"accountname": ["dev", "qa"]}`
	one := [2]equivalency.Identity{normalizetest.Dev, {Tag: "new", ID: normalizetest.Dev.ID}}
	rows := func(arns ...string) (out []inventory.Item) {
		for i, arn := range arns {
			r := row(arn)
			r.Action = string(rune('a' + i)) // each row stands for itself
			out = append(out, r)
		}
		return out
	}
	for _, tt := range []struct {
		reason     string
		dictionary string
		ids        [2]equivalency.Identity
		a, b       []inventory.Item
		// more is the description of a role of each side.
		moreA, moreB string
		want         []string // of each row, "" where nothing is masked
		because      string
	}{
		{"a clean pair", iamctl, nobodys, rows("dev-x", "y", "dev-z"), rows("qa-x", "y", "qa-z"), "of dev", "of qa", []string{"", "", ""}, ""},
		{"swapped", iamctl, nobodys, rows("dev/a", "qa/x"), rows("qa/a", "dev/x"), "", "", []string{"dev", "qa"}, `stands elsewhere in two too, and the dictionary does not say whose it is`},
		{"swapped, but each has an owner", iamctl, owned, rows("dev/a"), rows("qa/a"), "", "and dev", []string{""}, ""},
		{"anywhere in the other account", iamctl, nobodys, rows("dev-x", "y"), rows("qa-x", "y"), "", "made by dev", []string{"dev", ""}, "stands elsewhere in two too"},
		{"anywhere in this account", iamctl, nobodys, rows("dev-x", "y"), rows("qa-x", "y"), "like qa", "", []string{"qa", ""}, "stands elsewhere in one too"},
		{"not inside a longer word there", iamctl, nobodys, rows("dev-x"), rows("qa-x"), "", "developers", []string{""}, ""},
		{"both here and elsewhere", iamctl, nobodys, rows("dev-x", "dev-y"), rows("dev-x", "qa-y"), "", "", []string{"dev", "dev"}, "two too|stands on both sides"},
		{"one account: nothing is rewritten that two texts could share", iamctl, one, rows("qa-x", "dev-x"), rows("qa-x", "dev-x"), "qa", "dev", []string{"", ""}, ""},
		{"one account's own id", iamctl, one, rows("123456789012", "dev"), rows("123456789012", "dev"), "a", "b", []string{"", ""}, ""},
		{"accounts without ids are two", iamctl, [2]equivalency.Identity{{Tag: "one"}, {Tag: "two"}}, rows("dev-x"), rows("dev-x"), "", "", []string{"dev"}, "does not say whose it is"},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			var accounts [2]*normalize.Account
			for i, items := range [][]inventory.Item{tt.a, tt.b} {
				f := normalizetest.Flat(inventory.Role{Name: "r"}, inventory.Role{Name: "s", Description: new([]string{tt.moreA, tt.moreB}[i])})
				f.ID = tt.ids[i].ID
				f.Roles[0].Policies = []inventory.FlatPolicy{{Name: "p", Type: inventory.Inline, Items: normalizetest.Items(items)}}
				accounts[i] = normalizetest.Apply(t, f, tt.dictionary, tt.ids[i], tt.ids[1-i])
			}
			m := doubt.NewMasker(accounts[0], accounts[1])
			a, b := accounts[0].Roles[0].Policies[0].Table, accounts[1].Roles[0].Policies[0].Table
			if diff := cmp.Diff(normalizetest.Rows(a.Items), normalizetest.Rows(b.Items)); diff != "" {
				t.Fatalf("the rows are not equal:\n%s", diff)
			}
			var got []string
			for i := range a.Items.Rows {
				mask, _ := m.Rows(a, uint32(i), b, uint32(i))
				got = append(got, mask.Value)
				if mask.Value != "" && (!regexp.MustCompile(tt.because).MatchString(mask.Reason) || mask.Certain) {
					t.Errorf("row %d: %+v", i, mask)
				}
				text, _ := m.Text(normalize.FieldARN, tt.a[i].ARN, tt.b[i].ARN)
				if diff := cmp.Diff(mask, text); diff != "" {
					t.Errorf("row %d and its text (-row +text):\n%s", i, diff)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if masked := strings.Join(got, "") != ""; masked != m.May(a, b) && (masked || tt.ids == nobodys) {
				t.Errorf("masked: %v, May: %v", masked, m.May(a, b))
			}
		})
	}
}
