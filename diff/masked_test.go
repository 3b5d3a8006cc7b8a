package diff_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/diff"
	"iamctl/equivalency"
	"iamctl/extract/flatten"
	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/reference"
)

// TestNotesOnDoubtfulNames: what rewriting made equal without knowing whose
// the values are is noted, each name once.
func TestNotesOnDoubtfulNames(t *testing.T) {
	const get = `{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}`
	tagged := func(key, value string) *inventory.Account {
		a := withInline()
		a.Roles[0].Tags = []inventory.Tag{{Key: key, Value: value}}
		return a
	}
	for _, tt := range []struct {
		reason string
		a, b   *inventory.Account
		drift  bool
		want   []string
	}{
		{"each side's own", tagged("k-dev", "v-dev"), tagged("k-qa", "v-qa"), false, nil},
		{"nothing is rewritten", tagged("k", "v"), tagged("k", "v"), false, nil},
		{"a policy's name", withInline(inline("p-dev", get)), withInline(inline("p-dev", get)), false, []string{"p-dev and p-dev"}},
		{"a policy's ARN", withAttached("arn:aws:iam::aws:policy/dev/p"), withAttached("arn:aws:iam::aws:policy/dev/p"), false, []string{"arn:aws:iam::aws:policy/dev/p and arn:aws:iam::aws:policy/dev/p"}},
		{"a tag's key", tagged("k-dev", "v"), tagged("k-dev", "v"), false, []string{"k-dev and k-dev"}},
		{"a tag's value", tagged("k", "v-dev"), tagged("k", "v-dev"), false, []string{"v-dev and v-dev"}},
		{"both of a tag", tagged("k-dev", "v-dev"), tagged("k-dev", "v-dev"), false, []string{"k-dev and k-dev", "v-dev and v-dev"}},
		{"the placeholder in a tag's key", tagged("k-dev", "v"), tagged("k-accountname", "v"), true, nil},
		{"the placeholder in a tag's value", tagged("k", "v-dev"), tagged("k", "v-accountname"), true, nil},
		{"the placeholder in a policy's ARN", withAttached("arn:aws:iam::aws:policy/dev/p"), withAttached("arn:aws:iam::aws:policy/accountname/p"), true, nil},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			c := compared(t, `{"accountname": ["dev", "qa"]}`, [2]string{"one", "two"}, tt.a, tt.b)
			if c.Drift() != tt.drift {
				t.Errorf("drift: %v, want %v", c.Drift(), tt.drift)
			}
			var got []string
			for _, note := range c.Notes {
				if names, _, doubtful := strings.Cut(note, " were taken for the same: "); doubtful {
					_, names, _ = strings.Cut(strings.TrimPrefix(names, "the "), " ")
					got = append(got, names)
				}
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
		})
	}
}

// TestItemsThatMightHideDrift: equal items are masked where rewriting is in
// doubt, and differ where a placeholder of one account is another's value.
func TestItemsThatMightHideDrift(t *testing.T) {
	on := func(names ...string) *inventory.Account {
		var statements []string
		for _, name := range names {
			statements = append(statements, `{"Effect":"Allow","Action":"sqs:SendMessage","Resource":"arn:aws:sqs:::`+name+`"}`)
		}
		return withInline(inline("p", strings.Join(statements, ",")))
	}
	for _, tt := range []struct {
		reason               string
		a, b                 *inventory.Account
		masked, onlyA, onlyB int
	}{
		{"each side's own", on("dev"), on("qa"), 0, 0, 0},
		{"nothing is rewritten", on("q"), on("q"), 0, 0, 0},
		{"the same value on both sides", on("dev"), on("dev"), 1, 0, 0},
		{"one item of three", on("dev", "q", "r"), on("dev", "q", "r"), 1, 0, 0},
		{"on one side alone", on("dev", "q"), on("q"), 0, 1, 0},
		{"the placeholder on one side", on("dev", "q"), on("accountname", "q"), 0, 1, 1},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			c := compared(t, `{"accountname": ["dev", "qa"]}`, [2]string{"one", "two"}, tt.a, tt.b)
			p := &c.Common[0]
			got, want := [3]int{len(p.Masked), len(p.OnlyA), len(p.OnlyB)}, [3]int{tt.masked, tt.onlyA, tt.onlyB}
			if got != want {
				t.Errorf("masked, of A alone and of B alone: %v, want %v", got, want)
			}
		})
	}
}

// compared compares two accounts of the tags by a dictionary.
func compared(t *testing.T, dictionary string, tags [2]string, a, b *inventory.Account) *diff.Changes {
	t.Helper()
	d, err := equivalency.Parse("d.json", []byte(dictionary))
	if err != nil {
		t.Fatal(err)
	}
	ids := [2]equivalency.Identity{{Tag: tags[0], ID: "111111111111"}, {Tag: tags[1], ID: "222222222222"}}
	var sides [2]*normalize.Account
	for i, account := range []*inventory.Account{a, b} {
		rules, err := d.Rules(ids[i], ids[1-i])
		if err != nil {
			t.Fatal(err)
		}
		sides[i], err = normalize.Apply(flatten.Account(account, reference.Embedded()), ids[i], rules)
		if err != nil {
			t.Fatal(err)
		}
	}
	return diff.Compare(sides[0], sides[1], diff.Options{})
}
