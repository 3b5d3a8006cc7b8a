package weigh_test

import (
	"iter"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"iamctl/equivalency"
	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/normalize/normalizetest"
	"iamctl/normalize/weigh"
)

var (
	owned   = [2]equivalency.Identity{normalizetest.Dev, normalizetest.QA}
	nobodys = [2]equivalency.Identity{{Tag: "one", ID: normalizetest.Dev.ID}, {Tag: "two", ID: normalizetest.QA.ID}}
)

func accountOf(t testing.TB, dictionary string, ids [2]equivalency.Identity, side int, items *inventory.Items) *normalize.Account {
	f := normalizetest.Flat(inventory.Role{Name: "r"})
	f.ID = ids[side].ID
	f.Roles[0].Policies = []inventory.FlatPolicy{{Name: "p", Type: inventory.Inline, Items: items}}
	return normalizetest.Apply(t, f, dictionary, ids[side], ids[1-side])
}

// equalRows yields the equal rows of two tables, the slow way.
func equalRows(a, b *normalize.Table) iter.Seq2[uint32, uint32] {
	return func(yield func(uint32, uint32) bool) {
		for i, x := range normalizetest.Rows(a.Items) {
			if j := slices.Index(normalizetest.Rows(b.Items), x); j >= 0 && !yield(uint32(i), uint32(j)) {
				return
			}
		}
	}
}

func item(arn string) []inventory.Item {
	return []inventory.Item{{Effect: "Allow", Service: "s3", Action: "Get", ARN: arn}}
}

func TestWeights(t *testing.T) {
	const (
		iamctl = `{"account": ["dev", "qa"], "team": ["red", "blue"]}`
		scoped = `{"version": 2, "equivalencies": [{"placeholder": "account", "values": {"dev": "dev", "qa": "qa"}},
			{"placeholder": "team", "values": {"dev": ["red", "blue"], "qa": ["green", "blue"]}}]}`
	)
	for _, tt := range []struct {
		reason     string
		dictionary string
		ids        [2]equivalency.Identity
		a, b       string
		want       []string // placeholders of what makes the two equal
	}{
		{"nothing was rewritten", iamctl, owned, "x", "x", nil},
		{"each side's own", iamctl, owned, "x-dev", "x-qa", []string{"account"}},
		{"the very same text needs no dictionary, whoever rewrote it", iamctl, nobodys, "x-dev", "x-dev", nil},
		{"what is the same on both sides beside it makes nothing equal", iamctl, owned, "dev-red", "qa-red", []string{"account"}},
		{"two entries, and both are needed", iamctl, owned, "dev-red", "qa-blue", []string{"account", "team"}},
		{"values of one entry in another order", iamctl, owned, "red-blue", "blue-red", []string{"team"}},
		{"in another order, and each before", iamctl, owned, "red-blue-red", "red-red-blue", []string{"team"}},
		{"several values of one side", scoped, owned, "red-x", "green-x", []string{"team"}},
		{"a value that both have", scoped, owned, "blue-x", "blue-x", nil},
		{"the accounts' own ids need no entry", iamctl, owned, normalizetest.Dev.ID, normalizetest.QA.ID, []string{"000000000000"}},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			a := accountOf(t, tt.dictionary, tt.ids, 0, normalizetest.Items(item(tt.a)))
			b := accountOf(t, tt.dictionary, tt.ids, 1, normalizetest.Items(item(tt.b)))
			s := weigh.New(a, b)
			x, y := a.Roles[0].Policies[0].Table, b.Roles[0].Policies[0].Table
			s.Rows(x, y, equalRows(x, y))
			s.Rows(x, y, equalRows(x, y))
			s.Name(weigh.Text{Field: normalize.FieldARN, A: tt.a, B: tt.b})
			s.Attribute(weigh.Text{Field: normalize.FieldARN, A: tt.a, B: tt.b}, weigh.Text{Field: normalize.FieldTag, A: tt.a, B: tt.b})
			var got []string
			for _, w := range s.Weights() {
				if w.Total() == 0 {
					continue
				}
				got = append(got, w.Placeholder)
				if w.Items != 2 || w.Names != 1 || w.Attributes != 1 {
					t.Errorf("%+v: want what was weighed: two rows, a name, an attribute", w)
				}
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("-want +got:\n%s", d)
			}
		})
	}
}

// Entries that apply are there, whether or not they make anything equal; others
// and the accounts' own ids are not.
func TestWeightsOfAllEntries(t *testing.T) {
	const dictionary = `{"version": 2, "equivalencies": [{"placeholder": "P", "values": {"prod": "p"}}, {"placeholder": "Q", "values": {"dev": "q"}}]}`
	a, b := accountOf(t, dictionary, owned, 0, &inventory.Items{}), accountOf(t, dictionary, owned, 1, &inventory.Items{})
	if d := cmp.Diff([]weigh.Weight{{Entry: 1, Placeholder: "Q"}}, weigh.New(a, b).Weights()); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}

// without returns the rules without those of an entry.
func without(rules *equivalency.Rules, entry int) *equivalency.Rules {
	out := *rules
	out.Rewrites = slices.DeleteFunc(slices.Clone(rules.Rewrites), func(r equivalency.Rule) bool { return r.Entry == entry })
	return &out
}

// TestWeightLaw: a row counts for an entry if and only if the accounts would not
// have it in common without the entry, and the same with the sides swapped.
func TestWeightLaw(t *testing.T) {
	dictionaries := []string{
		`{"P": ["dev", "qa", "prod"]}`, `{"P": ["dev", "qa"], "T": ["prod", "a"]}`,
		`{"version": 2, "equivalencies": [{"placeholder": "m", "values": {"dev": ["dev", "prod"], "qa": ["qa", "rod"]}, "match": "substring"}]}`,
	}
	rapid.Check(t, func(rt *rapid.T) {
		dictionary := rapid.SampledFrom(dictionaries).Draw(rt, "dictionary")
		ids := rapid.SampledFrom([][2]equivalency.Identity{owned, nobodys}).Draw(rt, "accounts")
		one := [2]inventory.Item{normalizetest.Item.Draw(rt, "a"), normalizetest.Item.Draw(rt, "b")}
		var accounts [2]*normalize.Account
		var tables [2]*normalize.Table
		for side := range 2 {
			accounts[side] = accountOf(t, dictionary, ids, side, normalizetest.Items(one[side:side+1]))
			tables[side] = accounts[side].Roles[0].Policies[0].Table
		}
		s, swapped := weigh.New(accounts[0], accounts[1]), weigh.New(accounts[1], accounts[0])
		s.Rows(tables[0], tables[1], equalRows(tables[0], tables[1]))
		swapped.Rows(tables[1], tables[0], equalRows(tables[1], tables[0]))
		if d := cmp.Diff(s.Weights(), swapped.Weights()); d != "" {
			rt.Fatalf("swapped:\n%s", d)
		}
		if tables[0].Items.Item(0) != tables[1].Items.Item(0) {
			return
		}
		for _, w := range s.Weights() {
			var rows [2]inventory.Item
			for side := range 2 {
				rules := without(normalizetest.Rules(t, dictionary, ids[side], ids[1-side]), w.Entry)
				rows[side] = normalizetest.Table(t, normalizetest.Items(one[side:side+1]), rules, ids[side]).Items.Item(0)
			}
			if needed := rows[0] != rows[1]; needed != (w.Items == 1) {
				rt.Fatalf("%s: counted %d, but without the entry\n%+v\n%+v", w.Placeholder, w.Items, rows[0], rows[1])
			}
		}
	})
}

// A part of a name that a tool made up is put aside by no entry: what is the same
// beside it needs none.
func TestMadeUpPartsNeedNoEntry(t *testing.T) {
	const dictionary = `{"account": ["dev", "qa"]}`
	for _, tt := range []struct {
		b    string
		want int
	}{{"dev-app-BBB222", 0}, {"qa-app-BBB222", 1}} {
		var accounts [2]*normalize.Account
		for side, name := range []string{"dev-app-AAA111", tt.b} {
			rules := normalizetest.Rules(t, dictionary, nobodys[side], nobodys[1-side])
			rules.Known = &equivalency.Known{Names: map[equivalency.EntityKind]map[string][]equivalency.Span{
				equivalency.Role: {name: {{From: len(name) - 6, To: len(name)}}},
			}}
			var err error
			if accounts[side], err = normalize.Apply(normalizetest.Flat(inventory.Role{Name: name}), nobodys[side], rules); err != nil {
				t.Fatal(err)
			}
		}
		s := weigh.New(accounts[0], accounts[1])
		s.Name(weigh.Text{Field: normalize.FieldRoleName, A: "dev-app-AAA111", B: tt.b})
		if got := s.Weights()[0].Names; accounts[0].Roles[0].Key != accounts[1].Roles[0].Key || got != tt.want {
			t.Errorf("%s: %d names, want %d; the roles are %s and %s", tt.b, got, tt.want, accounts[0].Roles[0].Key, accounts[1].Roles[0].Key)
		}
	}
}

// Rows that became one are weighed with all that they were.
func TestMergedRows(t *testing.T) {
	const dictionary = `{"account": ["dev", "qa"], "team": ["red", "blue"]}`
	items := func(arns ...string) *inventory.Items {
		var rows []inventory.Item
		for _, arn := range arns {
			rows = append(rows, item(arn)...)
		}
		return normalizetest.Items(rows)
	}
	for _, tt := range []struct {
		reason string
		a, b   *inventory.Items
		want   []int // of account and team
	}{
		{"the same two on both sides", items("dev-x", "qa-x"), items("dev-x", "qa-x"), []int{0, 0}},
		{"two, and one of them", items("dev-x", "qa-x"), items("dev-x"), []int{1, 0}},
		{"one, and two", items("qa-x"), items("dev-x", "qa-x"), []int{1, 0}},
		{"two of another entry, with the same beside", items("dev-red", "dev-blue"), items("dev-red"), []int{0, 1}},
		{"both entries", items("dev-red", "dev-blue"), items("qa-red"), []int{1, 1}},
	} {
		a, b := accountOf(t, dictionary, nobodys, 0, tt.a), accountOf(t, dictionary, nobodys, 1, tt.b)
		x, y := a.Roles[0].Policies[0].Table, b.Roles[0].Policies[0].Table
		s := weigh.New(a, b)
		s.Rows(x, y, equalRows(x, y))
		w := s.Weights()
		if got := []int{w[0].Items, w[1].Items}; !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.reason, got, tt.want)
		}
	}
}
