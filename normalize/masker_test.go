package normalize_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"iamctl/equivalency"
	"iamctl/inventory"
	"iamctl/normalize"
)

// unnamed have tags that are in no dictionary here, so that its values have
// no owner.
var (
	unnamedA = equivalency.Identity{Tag: "one", Source: "one", ID: dev.ID}
	unnamedB = equivalency.Identity{Tag: "two", Source: "two", ID: qa.ID}
)

// bothOf are two accounts with one document each, and its tables.
func bothOf(t testing.TB, dictionary string, ids [2]equivalency.Identity, a, b *inventory.Items) (*normalize.Masker, *normalize.Table, *normalize.Table) {
	t.Helper()
	var accounts [2]*normalize.Account
	for i, items := range []*inventory.Items{a, b} {
		f := flatOf(inventory.Role{Name: "r"})
		f.ID = ids[i].ID
		f.Roles[0].Policies = []inventory.FlatPolicy{{Name: "p", Type: inventory.Inline, Items: items}}
		accounts[i] = apply(t, f, dictionary, ids[i], ids[1-i])
	}
	return normalize.NewMasker(accounts[0], accounts[1]), accounts[0].Roles[0].Policies[0].Table, accounts[1].Roles[0].Policies[0].Table
}

func row(arn string) inventory.Item {
	return inventory.Item{Effect: "Allow", Service: "s3", Action: "Get", ARN: arn}
}

var (
	owned   = [2]equivalency.Identity{dev, qa}
	nobodys = [2]equivalency.Identity{unnamedA, unnamedB}
)

func TestMaskedTexts(t *testing.T) {
	const iamctl = `{"accountname": ["dev", "qa"]}`
	const inWords = `{"version": 2, "equivalencies": [{"placeholder": "team", "values": {"dev": "red", "qa": "green"}, "match": "substring"}]}`
	for _, tt := range []struct {
		reason     string
		dictionary string
		ids        [2]equivalency.Identity
		rawA, rawB string
		value      string // "" where nothing is masked
		because    string
		certain    bool
	}{
		{"each side's own value", iamctl, owned, "x-dev", "x-qa", "", "", false},
		{"without owners, but each side has another value", iamctl, nobodys, "x-dev", "x-qa", "", "", false},
		{"without owners, and both sides have the same", iamctl, nobodys, "x-dev", "x-dev", "dev", "does not say whose it is", false},
		{"one value on both sides among others", iamctl, nobodys, "dev-qa", "dev-dev", "dev", "does not say whose it is", false},
		{"the placeholder stands on the other side", iamctl, owned, "x-dev", "x-accountname", "accountname", "stands on one side as it is", true},
		{"and the other way round", iamctl, owned, "x-accountname", "x-qa", "accountname", "stands on one side as it is", true},
		{"the placeholder of ids, without a dictionary", `{}`, owned, "123456789012", "000000000000", "000000000000", "stands on one side as it is", true},
		{"the placeholder on both sides, and nothing rewritten", iamctl, owned, "x-accountname", "x-accountname", "", "", false},
		{"the placeholder on both sides beside what is rewritten", iamctl, owned, "accountname-dev", "accountname-qa", "", "", false},
		{"the placeholder on both sides, but not at one place", iamctl, owned, "accountname-dev", "qa-accountname", "accountname", "stands on one side as it is", true},
		{"certain goes before doubtful", iamctl, nobodys, "dev-dev", "dev-accountname", "accountname", "stands on one side as it is", true},
		{"a value that begins with its placeholder is not the placeholder", `{"app": ["app1", "app2"]}`, nobodys, "app1-x", "app2-x", "", "", false},
		{"the placeholder inside a longer word of both", `{"app": ["one", "two"]}`, nobodys, "one-apple", "two-apple", "", "", false},
		{"the placeholder inside a longer word, and put in there on the other side", inWords, owned, "scoreddata", "scoteamdata", "team", "stands on one side as it is", true},
		{
			"a placeholder that comes together from another one and what stands beside it",
			`{"version": 2, "equivalencies": [{"placeholder": "x-y", "values": {"dev": "one", "qa": "n"}}, {"placeholder": "x", "values": {"dev": "m", "qa": "two"}}]}`,
			owned, "one", "two-y", "x", "stands on one side as it is", true,
		},
		{"a placeholder where nothing is rewritten", `{"s3": ["dev", "qa"]}`, owned, "arn:aws:s3:::dev", "arn:aws:s3:::qa", "", "", false},
		{"a third account's value", `{"accountname": ["dev", "qa", "prod"]}`, owned, "prod-x", "qa-x", "prod", "third account's", false},
		{"a third account's value, on the other side", `{"accountname": ["dev", "qa", "prod"]}`, owned, "dev-x", "prod-x", "prod", "third account's", false},
		{"a third account's value on both sides", `{"accountname": ["dev", "qa", "prod"]}`, owned, "prod-x", "prod-x", "prod", "does not say whose it is", false},
		{"nothing rewritten at all", iamctl, owned, "x", "x", "", "", false},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			m, a, b := bothOf(t, tt.dictionary, tt.ids, itemsOf([]inventory.Item{row(tt.rawA)}), itemsOf([]inventory.Item{row(tt.rawB)}))
			if a.Items.Resources[0] != b.Items.Resources[0] {
				t.Fatalf("%q and %q are not equal", a.Items.Resources[0], b.Items.Resources[0])
			}
			check := func(what string, got normalize.Mask, ok bool) {
				t.Helper()
				if ok != (tt.value != "") || got.Value != tt.value || !strings.Contains(got.Reason, tt.because) || got.Certain != tt.certain {
					t.Errorf("%s: %+v, %v", what, got, ok)
				}
				if got.OnlyA != tt.certain || got.OnlyB != tt.certain {
					t.Errorf("%s: each side has what the other has not: %v, but %v and %v", what, tt.certain, got.OnlyA, got.OnlyB)
				}
			}
			got, ok := m.Text(normalize.FieldARN, tt.rawA, tt.rawB)
			check("the texts", got, ok)
			got, ok = m.Rows(a, 0, b, 0)
			check("the rows", got, ok)
			if ok && !m.May(a, b) {
				t.Error("May denies it")
			}
			m, b, a = bothOf(t, tt.dictionary, [2]equivalency.Identity{tt.ids[1], tt.ids[0]}, b.Before, a.Before)
			got, ok = m.Rows(b, 0, a, 0)
			check("the sides swapped", got, ok)
		})
	}
}

func TestMaskedRows(t *testing.T) {
	item := func(arn, principal, condition, statement string) []inventory.Item {
		return []inventory.Item{{
			Effect: "Allow", Service: "s3", Action: "Get", ARN: arn, Principal: principal, Condition: condition, Statement: statement,
		}}
	}
	condition := func(values string) []inventory.Item { return item("", "", `{"S":{"k":[`+values+`]}}`, "") }
	rows := func(arns ...string) (out []inventory.Item) {
		for _, arn := range arns {
			out = append(out, row(arn))
		}
		return out
	}
	type mask = normalize.Mask
	certain := mask{Value: "accountname", Certain: true, OnlyA: true, OnlyB: true}
	for _, tt := range []struct {
		reason string
		ids    [2]equivalency.Identity
		a, b   []inventory.Item
		want   mask // without its reason
	}{
		{"nothing", nobodys, item("x", "y", "", ""), item("x", "y", "", ""), mask{}},
		{"each its own", nobodys, item("dev", "", "", ""), item("qa", "", "", ""), mask{}},
		{"in the resource", nobodys, item("dev", "", "", ""), item("dev", "", "", ""), mask{Value: "dev"}},
		{"in the principal", nobodys, item("", "qa", "", ""), item("", "qa", "", ""), mask{Value: "qa"}},
		{"in the condition", nobodys, condition(`"dev"`), condition(`"dev"`), mask{Value: "dev"}},
		{"in the statement", nobodys, item("", "", "", `{"NotResource":["dev"]}`), item("", "", "", `{"NotResource":["dev"]}`), mask{Value: "dev"}},
		{
			"in the condition, beside something in the statement", nobodys, item("", "", `{"S":{"k":["dev"]}}`, `{"NotResource":["dev"]}`),
			item("", "", `{"S":{"k":["dev"]}}`, `{"NotResource":["qa"]}`),
			mask{Value: "dev"},
		},
		{"a placeholder", nobodys, item("accountname", "", "", ""), item("qa", "", "", ""), certain},
		{"a placeholder in the principal", owned, item("", "accountname", "", ""), item("", "qa", "", ""), certain},
		{"a placeholder in a condition", owned, condition(`"a","accountname"`), condition(`"a","qa"`), certain},
		{"a placeholder in a statement", owned, item("", "", "", `{"NotResource":["accountname"]}`), item("", "", "", `{"NotResource":["qa"]}`), certain},
		{"a placeholder in a condition that is no JSON", owned, item("", "", "{accountname", ""), item("", "", "{qa", ""), certain},
		{"a placeholder in a condition's key is no value", owned, item("", "", `{"S":{"accountname":["dev"]}}`, ""), item("", "", `{"S":{"accountname":["qa"]}}`, ""), mask{}},
		{
			"a placeholder in a list where the other side's value becomes it too", owned,
			condition(`"accountname","dev"`), condition(`"qa"`),
			mask{Value: "accountname", Certain: true, OnlyA: true, OnlyB: true},
		},
		{"the same on both sides", owned, condition(`"accountname","dev"`), condition(`"accountname","qa"`), mask{}},
		{"a placeholder that stands in one row, and was put into another", owned, rows("x-accountname", "x-dev"), rows("x-accountname", "x-qa"), mask{}},
		{"one side alone has the row where it stands", owned, rows("x-accountname", "x-dev"), rows("x-qa"), mask{Value: "accountname", Certain: true, OnlyA: true}},
		{"one side alone has the row where it was put in", owned, rows("x-accountname"), rows("x-accountname", "x-qa"), mask{Value: "accountname", Certain: true, OnlyB: true}},
		{"both sides name dev and qa, one of them once more", nobodys, rows("dev", "qa"), rows("qa"), mask{Value: "qa"}},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			m, a, b := bothOf(t, `{"accountname": ["dev", "qa"]}`, tt.ids, itemsOf(tt.a), itemsOf(tt.b))
			if diff := cmp.Diff(spell(a.Items), spell(b.Items)); diff != "" {
				t.Fatalf("the rows are not equal:\n%s", diff)
			}
			got, ok := m.Rows(a, 0, b, 0)
			if diff := cmp.Diff(tt.want, got, cmpopts.IgnoreFields(mask{}, "Reason")); diff != "" || ok != (tt.want != mask{}) {
				t.Errorf("%v (-want +got):\n%s", ok, diff)
			}
			if ok && !m.May(a, b) {
				t.Error("May denies it")
			}
		})
	}
}

// A value without owner is doubtful where the other side uses it anywhere.
func TestMaskedByAValueElsewhere(t *testing.T) {
	const (
		iamctl = `{"accountname": ["dev", "qa"]}`
		twins  = `{"version": 2, "equivalencies": [{"placeholder": "P", "values": {"one": ["dev", "dev-eu"], "qa": "qa"}}]}`
	)
	one := [2]equivalency.Identity{{Tag: "one", ID: dev.ID}, {Tag: "two", ID: dev.ID}}
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
		{"one account, and nothing changed", twins, one, rows("dev-x", "dev-eu-y", "qa"), rows("dev-x", "dev-eu-y", "qa"), "a", "b", []string{"", "", ""}, ""},
		{"one account, and one text changed", twins, one, rows("dev-x", "dev-y"), rows("dev-x", "dev-eu-y"), "", "", []string{"", "dev"}, "one account, so that the text was changed"},
		{"one account, and a text that names another", iamctl, [2]equivalency.Identity{dev, {Tag: "new", ID: dev.ID}}, rows("qa-x"), rows("qa-x"), "a", "b", []string{""}, ""},
		{"one account, and a text that names another now", iamctl, [2]equivalency.Identity{dev, {Tag: "new", ID: dev.ID}}, rows("dev-x"), rows("qa-x"), "", "", []string{"qa"}, "third account's"},
		{"one account's id", twins, one, rows("123456789012", "dev"), rows("123456789012", "dev"), "a", "b", []string{"", ""}, ""},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			var accounts [2]*normalize.Account
			for i, items := range [][]inventory.Item{tt.a, tt.b} {
				f := flatOf(inventory.Role{Name: "r"}, inventory.Role{Name: "s", Description: pointer([]string{tt.moreA, tt.moreB}[i])})
				f.ID = tt.ids[i].ID
				f.Roles[0].Policies = []inventory.FlatPolicy{{Name: "p", Type: inventory.Inline, Items: itemsOf(items)}}
				accounts[i] = apply(t, f, tt.dictionary, tt.ids[i], tt.ids[1-i])
			}
			m := normalize.NewMasker(accounts[0], accounts[1])
			a, b := accounts[0].Roles[0].Policies[0].Table, accounts[1].Roles[0].Policies[0].Table
			if diff := cmp.Diff(spell(a.Items), spell(b.Items)); diff != "" {
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

// Texts that differ may have become one, and hide that a side has more.
func TestMaskedByMerging(t *testing.T) {
	const dictionary = `{"version": 2, "equivalencies": [{"placeholder": "team", "values": {"a": ["red", "blue"], "b": ["green", "lime"]}}]}`
	ids := [2]equivalency.Identity{{Tag: "a", ID: dev.ID}, {Tag: "b", ID: qa.ID}}
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
			m, a, b := bothOf(t, dictionary, ids, itemsOf(tt.a), itemsOf(tt.b))
			if diff := cmp.Diff(spell(a.Items), spell(b.Items)); diff != "" || a.Items.Len() != 1 {
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

// A value that was put into a list is told from the same one that stood there.
func TestMaskedWithinAList(t *testing.T) {
	m, _, _ := bothOf(t, `{"zz": ["dev", "qa"]}`, owned, itemsOf(nil), itemsOf(nil))
	got, ok := m.Text(normalize.FieldCondition, `{"S":{"k":["dev","zz"]}}`, `{"S":{"k":["qa"]}}`)
	if !ok || !got.Certain {
		t.Errorf("A has zz besides: %+v, %v", got, ok)
	}
}

// Texts that did not become one are none of its business, but do no harm.
func TestMaskedTextsOfNoRewriting(t *testing.T) {
	m, _, _ := bothOf(t, `{}`, owned, itemsOf(nil), itemsOf(nil))
	if got, ok := m.Texts(normalize.FieldARN, []string{"x", "y"}, nil); ok {
		t.Errorf("got %+v", got)
	}
}

// symbols are the rules with placeholders that stand in no text, so that what
// was put in is told from what stood there.
func symbols(rules *equivalency.Rules) *equivalency.Rules {
	out := *rules
	out.Rewrites = slices.Clone(rules.Rewrites)
	for i := range out.Rewrites {
		out.Rewrites[i].Placeholder = "\ue000" + out.Rewrites[i].Placeholder + "\ue001"
	}
	return &out
}

// originalsOf counts what became row i, rewritten by the rules.
func originalsOf(t *testing.T, table *normalize.Table, i int, rules *equivalency.Rules, self equivalency.Identity) map[inventory.Item]int {
	out := map[inventory.Item]int{}
	for _, o := range table.Origins(uint32(i)) {
		one := tableOf(t, itemsOf([]inventory.Item{table.Before.Item(int(o))}), rules, self)
		out[one.Items.Item(0)]++
	}
	return out
}

// Rows are certain to differ if and only if they would not be equal with
// placeholders that nobody has, and suspect if another number of them would
// be. May never denies what Rows finds, and both
// are the same with the sides swapped.
func TestMaskerLaws(t *testing.T) {
	dictionaries := []string{
		`{"P": ["dev", "qa", "prod"]}`,
		`{"version": 2, "equivalencies": [{"placeholder": "m", "values": {"dev": ["dev", "prod"], "qa": ["qa", "rod"]}, "match": "substring"}]}`,
	}
	rapid.Check(t, func(rt *rapid.T) {
		dictionary := rapid.SampledFrom(dictionaries).Draw(rt, "dictionary")
		ids := rapid.SampledFrom([][2]equivalency.Identity{owned, nobodys, {dev, {Tag: "qa", ID: dev.ID}}}).Draw(rt, "accounts")
		itemsA := itemsOf(rapid.SliceOfN(drawItem, 0, 6).Draw(rt, "a"))
		itemsB := itemsOf(rapid.SliceOfN(drawItem, 0, 6).Draw(rt, "b"))
		m, a, b := bothOf(t, dictionary, ids, itemsA, itemsB)
		swapped, b2, a2 := bothOf(t, dictionary, [2]equivalency.Identity{ids[1], ids[0]}, itemsB, itemsA)
		if m.May(a, b) != swapped.May(b2, a2) {
			rt.Fatal("May depends on the order")
		}
		rulesA, rulesB := symbols(rulesOf(t, dictionary, ids[0], ids[1])), symbols(rulesOf(t, dictionary, ids[1], ids[0]))
		for i, x := range spell(a.Items) {
			for j, y := range spell(b.Items) {
				if x != y {
					continue
				}
				mask, ok := m.Rows(a, uint32(i), b, uint32(j))
				back, okBack := swapped.Rows(b2, uint32(j), a2, uint32(i))
				if ok && !m.May(a, b) || ok != okBack || mask.Certain != back.Certain || mask.OnlyA != back.OnlyB || mask.OnlyB != back.OnlyA {
					rt.Fatalf("%+v: %+v, swapped %+v, May %v", x, mask, back, m.May(a, b))
				}
				inA, inB := originalsOf(t, a, i, rulesA, ids[0]), originalsOf(t, b, j, rulesB, ids[1])
				either := func(int, int) bool { return true }
				if want := !maps.EqualFunc(inA, inB, either); mask.Certain != want || !ok && !maps.Equal(inA, inB) {
					rt.Fatalf("%+v: %+v\nA: %+v\nB: %+v", x, mask, inA, inB)
				}
			}
		}
	})
}

func BenchmarkMasker(b *testing.B) {
	arns := func(names ...string) func(i int) string {
		return func(i int) string { return fmt.Sprintf("arn:aws:s3:::%s-%d", names[i%len(names)], i/2) }
	}
	for _, bb := range []struct {
		name         string
		ids          [2]equivalency.Identity
		one, another func(i int) string
	}{
		{"nothing to say", owned, arns("dev", "x"), arns("qa", "x")},
		{"values of nobody in every row", nobodys, arns("dev", "prod"), arns("dev", "prod")},
		{"a placeholder in every row", owned, arns("dev", "x"), arns("accountname", "x")},
		{"two rows became one", owned, arns("dev", "accountname"), arns("qa", "accountname")},
	} {
		m, x, y := bothOf(b, `{"accountname": ["dev", "qa", "prod"]}`, bb.ids, product(1000, 600, bb.one), product(1000, 600, bb.another))
		b.Run(bb.name, func(b *testing.B) {
			b.ReportAllocs()
			found := 0
			for b.Loop() {
				found = 0
				if !m.May(x, y) {
					continue
				}
				for i := range x.Items.Rows {
					if _, ok := m.Rows(x, uint32(i), y, uint32(i)); ok {
						found++
					}
				}
			}
			b.ReportMetric(float64(found), "found")
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(x.Items.Rows)), "ns/row")
		})
	}
}
