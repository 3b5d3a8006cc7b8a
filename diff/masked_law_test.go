package diff_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"iamctl/inventory"
)

// TestMaskedAttributesLaw: of the attributes that both accounts have by a value
// without owner, all those are listed whose value the other account has too, here or
// anywhere else, and no others; the same with the sides swapped.
func TestMaskedAttributesLaw(tt *testing.T) {
	const dictionary = `{"accountname": ["dev", "qa"]}`
	tried, listed := 0, 0
	rapid.Check(tt, func(t *rapid.T) {
		value := rapid.SampledFrom([]string{"x", "dev", "qa", "x-dev", "x-qa", "devops"})
		n := rapid.IntRange(1, 14).Draw(t, "roles")
		account := func() *inventory.Account {
			a := &inventory.Account{}
			for i := range n {
				r := withInline().Roles[0]
				r.Name = fmt.Sprintf("r%02d", i)
				r.Tags = []inventory.Tag{{Key: "k", Value: value.Draw(t, "tag")}}
				r.Description = new(value.Draw(t, "description"))
				a.Roles = append(a.Roles, r)
			}
			return a
		}
		a, b := account(), account()
		has := [2]map[string]bool{valuesOf(a), valuesOf(b)}
		var want []string
		for i := range a.Roles {
			for _, text := range []struct{ kind, a, b string }{
				{"tag", a.Roles[i].Tags[0].Value, b.Roles[i].Tags[0].Value},
				{"description", *a.Roles[i].Description, *b.Roles[i].Description},
			} {
				v, w := valueIn(text.a), valueIn(text.b)
				if v == "" || w == "" || strings.TrimSuffix(text.a, v) != strings.TrimSuffix(text.b, w) {
					continue
				}
				tried++
				if has[1][v] || has[0][w] {
					listed++
					want = append(want, a.Roles[i].Name+" "+text.kind)
				}
			}
		}
		for _, sides := range [2][2]*inventory.Account{{a, b}, {b, a}} {
			c := compared(tt, dictionary, [2]string{"one", "two"}, sides[0], sides[1])
			var got []string
			for i := range c.Common {
				for _, m := range c.Common[i].MaskedTexts {
					got = append(got, c.Common[i].Name+" "+string(m.Kind))
				}
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Fatalf("-want +got:\n%s", d)
			}
		}
	})
	tt.Logf("%d attributes were equal by a value without owner, %d of them in doubt", tried, listed)
}

// valueIn returns the value of the dictionary that ends a text, "" for none.
func valueIn(text string) string {
	words := strings.Split(text, "-")
	if last := words[len(words)-1]; slices.Contains([]string{"dev", "qa"}, last) {
		return last
	}
	return ""
}

// valuesOf returns the values that an account has anywhere.
func valuesOf(a *inventory.Account) map[string]bool {
	out := map[string]bool{}
	for i := range a.Roles {
		out[valueIn(a.Roles[i].Tags[0].Value)] = true
		out[valueIn(*a.Roles[i].Description)] = true
	}
	return out
}
