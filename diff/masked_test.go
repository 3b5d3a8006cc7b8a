package diff_test

import (
	"fmt"
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

// TestDoubtfulNames: what rewriting made equal without knowing whose the values
// are is listed, each name and attribute once.
func TestDoubtfulNames(t *testing.T) {
	const get = `{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}`
	tagged := func(key, value string) *inventory.Account {
		a := withInline()
		a.Roles[0].Tags = []inventory.Tag{{Key: key, Value: value}}
		return a
	}
	named := func(name string) *inventory.Account {
		a := withInline()
		a.Roles[0].Name = name
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
		{"a policy's name", withInline(inline("p-dev", get)), withInline(inline("p-dev", get)), false, []string{"policy inline p-accountname: inline p-dev  | inline p-dev  (dev)"}},
		{"a role's name", named("r-dev"), named("r-dev"), false, []string{"rolename :  r-dev |  r-dev (dev)"}},
		{"a role's name, and the placeholder", named("r-dev"), named("r-accountname"), true, nil},
		{"a policy's ARN", withAttached("arn:aws:iam::333333333333:policy/dev/p"), withAttached("arn:aws:iam::333333333333:policy/dev/p"), false, []string{"policy managed p: managed p arn:aws:iam::333333333333:policy/dev/p | managed p arn:aws:iam::333333333333:policy/dev/p (dev)"}},
		{"a tag's key", tagged("k-dev", "v"), tagged("k-dev", "v"), false, []string{"tag k-accountname: k-dev v | k-dev v (dev)"}},
		{"a tag's value", tagged("k", "v-dev"), tagged("k", "v-dev"), false, []string{"tag k: k v-dev | k v-dev (dev)"}},
		{"both of a tag", tagged("k-dev", "v-dev"), tagged("k-dev", "v-dev"), false, []string{"tag k-accountname: k-dev v-dev | k-dev v-dev (dev)"}},
		{"both of a tag, by other values", tagged("k-dev", "v-qa"), tagged("k-dev", "v-qa"), false, []string{"tag k-accountname: k-dev v-qa | k-dev v-qa (dev; qa)"}},
		{"a tag that is the other one's in the other account", tagged("k", "dev"), tagged("k", "qa"), false, nil},
		{"two policies of one name, by its name and by an ARN", withAttached("arn:aws:iam::333333333333:policy/dev/p-dev", "arn:aws:iam::333333333333:policy/x/p-dev"), withAttached("arn:aws:iam::333333333333:policy/dev/p-dev", "arn:aws:iam::333333333333:policy/x/p-dev"), false, []string{
			"policy managed p-accountname: managed p-dev arn:aws:iam::333333333333:policy/dev/p-dev | managed p-dev arn:aws:iam::333333333333:policy/dev/p-dev (dev)",
			"policy managed p-accountname: managed p-dev arn:aws:iam::333333333333:policy/x/p-dev | managed p-dev arn:aws:iam::333333333333:policy/x/p-dev (dev)",
		}},
		{"the placeholder in a tag's key", tagged("k-dev", "v"), tagged("k-accountname", "v"), true, nil},
		{"the placeholder in a tag's value", tagged("k", "v-dev"), tagged("k", "v-accountname"), true, nil},
		{"the placeholder in a policy's ARN", withAttached("arn:aws:iam::333333333333:policy/dev/p"), withAttached("arn:aws:iam::333333333333:policy/accountname/p"), true, nil},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			c := compared(t, `{"accountname": ["dev", "qa"]}`, [2]string{"one", "two"}, tt.a, tt.b)
			if c.Drift() != tt.drift {
				t.Errorf("drift: %v, want %v", c.Drift(), tt.drift)
			}
			var got []string
			for i := range c.Common {
				for _, m := range c.Common[i].MaskedTexts {
					values := strings.Join(quotedIn(m.Reason), "; ")
					got = append(got, fmt.Sprintf("%s %s: %s %s | %s %s (%s)", m.Kind, m.Key, m.RawKey[0], m.Raw[0], m.RawKey[1], m.Raw[1], values))
				}
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
		})
	}
}

// TestEveryDoubtfulAttributeIsListed: however many they are, each is with its role.
func TestEveryDoubtfulAttributeIsListed(t *testing.T) {
	account := func() *inventory.Account {
		a := &inventory.Account{}
		for i := range 40 {
			r := withInline().Roles[0]
			r.Name, r.Tags = fmt.Sprintf("r%02d", i), []inventory.Tag{{Key: "env", Value: "dev"}}
			a.Roles = append(a.Roles, r)
		}
		a.Sort()
		return a
	}
	c := compared(t, `{"accountname": ["dev", "qa"]}`, [2]string{"one", "two"}, account(), account())
	for i := range c.Common {
		if p := &c.Common[i]; len(p.MaskedTexts) != 1 || p.MaskedTexts[0].Value != "dev" {
			t.Errorf("%s: %+v", p.Name, p.MaskedTexts)
		}
	}
	if n := c.Counts().MaskedAttributes; n != [2]int{40, 40} {
		t.Errorf("%v are counted", n)
	}
}

// quotedIn returns what is quoted in a text.
func quotedIn(text string) []string {
	var out []string
	for i, part := range strings.Split(text, `"`) {
		if i%2 == 1 {
			out = append(out, part)
		}
	}
	return out
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
