package doubt_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/equivalency"
	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/normalize/normalizetest"
)

// Texts that differ may have become one, and hide that a side has more.
func TestMaskedByMerging(t *testing.T) {
	const dictionary = `{"version": 2, "equivalencies": [{"placeholder": "team", "values": {"a": ["red", "blue"], "b": ["green", "lime"]}}]}`
	ids := [2]equivalency.Identity{{Tag: "a", ID: normalizetest.Dev.ID}, {Tag: "b", ID: normalizetest.QA.ID}}
	trusts := func(roles ...string) (out []inventory.Item) {
		for _, r := range roles {
			out = append(out, inventory.Item{Effect: "Allow", Service: "sts", Action: "AssumeRole", Principal: "arn:aws:iam::111111111111:role/" + r, PrincipalType: "AWS"})
		}
		return out
	}
	condition := func(values ...string) (out []inventory.Item) {
		for _, v := range values {
			out = append(out, inventory.Item{Effect: "Allow", Service: "s3", Action: "Get", Condition: `{"S":{"k":[` + v + `]}}`})
		}
		return out
	}
	for _, tt := range []struct {
		reason string
		a, b   []inventory.Item
		want   string // the reason given, "" where nothing is masked
	}{
		{"one for one", trusts("red"), trusts("green"), ""},
		{"two for two", trusts("red", "blue"), trusts("green", "lime"), ""},
		{"two for one", trusts("red", "blue"), trusts("green"), `"blue" and "red" became one in a, where b has "green" alone: a may have more than b`},
		{"one for two", trusts("blue"), trusts("lime", "green"), `"green" and "lime" became one in b, where a has "blue" alone: b may have more than a`},
		{"two for two of one list", condition(`"blue","red"`), condition(`"green","lime"`), ""},
		{"two for one of a list", condition(`"blue","red","x"`), condition(`"green","x"`), `"blue" and "red" became one in a, where b has "green" alone: a may have more than b`},
		{"one for two of a list", condition(`"red"`), condition(`"green","lime"`), `"green" and "lime" became one in b, where a has "red" alone: b may have more than a`},
		{"two rows for one, of lists", condition(`"blue"`, `"red"`), condition(`"green"`), `"blue" and "red" became one in a, where b has "green" alone: a may have more than b`},
		{"a list of two for two rows", condition(`"blue","red"`), condition(`"green"`, `"lime"`), `texts with "green" and "lime" became one in b, where a has others: one of them may have more`},
		{
			"more texts of the same values", trusts("red-blue", "blue-red", "red-red"), trusts("green-lime", "lime-green"),
			`texts with "blue" and "red" became one in a, where b has others: one of them may have more`,
		},
		{"what was the same already", trusts("x"), trusts("x"), ""},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			m, a, b := bothOf(t, dictionary, ids, normalizetest.Items(tt.a), normalizetest.Items(tt.b))
			if diff := cmp.Diff(normalizetest.Rows(a.Items), normalizetest.Rows(b.Items)); diff != "" || a.Items.Len() != 1 {
				t.Fatalf("the rows are not one:\n%s", diff)
			}
			got, ok := m.Rows(a, 0, b, 0)
			if ok != (tt.want != "") || got.Reason != tt.want || got.Certain {
				t.Errorf("%v, got %+v, want %s", ok, got, tt.want)
			}
			if ok && (got.Value != "team" || !m.May(a, b)) {
				t.Errorf("the value is %q; May says %v", got.Value, m.May(a, b))
			}
			raw := func(items []inventory.Item) (field normalize.Field, out []string) {
				field = normalize.FieldPrincipal
				for _, it := range items {
					if it.Condition != "" {
						field = normalize.FieldCondition
					}
					out = append(out, it.Principal+it.Condition)
				}
				return field, append(out, out...)
			}
			field, rawA := raw(tt.a)
			_, rawB := raw(tt.b)
			texts, _ := m.Texts(field, rawA, rawB)
			if diff := cmp.Diff(got, texts); diff != "" {
				t.Errorf("the row and its texts (-row +texts):\n%s", diff)
			}
		})
	}
}
