package doubt_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"iamctl/equivalency"
	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/normalize/doubt"
	"iamctl/normalize/normalizetest"
)

// unnamed have tags that are in no dictionary here, so that its values have
// no owner.
var (
	unnamedA = equivalency.Identity{Tag: "one", Source: "one", ID: normalizetest.Dev.ID}
	unnamedB = equivalency.Identity{Tag: "two", Source: "two", ID: normalizetest.QA.ID}
)

// bothOf are two accounts with one document each, and its tables.
func bothOf(t testing.TB, dictionary string, ids [2]equivalency.Identity, a, b *inventory.Items) (*doubt.Masker, *normalize.Table, *normalize.Table) {
	t.Helper()
	var accounts [2]*normalize.Account
	for i, items := range []*inventory.Items{a, b} {
		f := normalizetest.Flat(inventory.Role{Name: "r"})
		f.ID = ids[i].ID
		f.Roles[0].Policies = []inventory.FlatPolicy{{Name: "p", Type: inventory.Inline, Items: items}}
		accounts[i] = normalizetest.Apply(t, f, dictionary, ids[i], ids[1-i])
	}
	return doubt.NewMasker(accounts[0], accounts[1]), accounts[0].Roles[0].Policies[0].Table, accounts[1].Roles[0].Policies[0].Table
}

func row(arn string) inventory.Item {
	return inventory.Item{Effect: "Allow", Service: "s3", Action: "Get", ARN: arn}
}

var (
	owned   = [2]equivalency.Identity{normalizetest.Dev, normalizetest.QA}
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
			m, a, b := bothOf(t, tt.dictionary, tt.ids, normalizetest.Items([]inventory.Item{row(tt.rawA)}), normalizetest.Items([]inventory.Item{row(tt.rawB)}))
			if a.Items.Resources[0] != b.Items.Resources[0] {
				t.Fatalf("%q and %q are not equal", a.Items.Resources[0], b.Items.Resources[0])
			}
			check := func(what string, got doubt.Mask, ok bool) {
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
	type mask = doubt.Mask
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
		{"in a condition's key", nobodys, item("", "", `{"S":{"aws:resourcetag/dev":["x"]}}`, ""), item("", "", `{"S":{"aws:resourcetag/dev":["x"]}}`, ""), mask{Value: "dev"}},
		{"in a variable's default value", nobodys, item("${a:b, 'dev'}", "", "", ""), item("${a:b, 'dev'}", "", "", ""), mask{Value: "dev"}},
		{"in a variable's key", nobodys, item("${aws:principaltag/dev}", "", "", ""), item("${aws:principaltag/dev}", "", "", ""), mask{Value: "dev"}},
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
			m, a, b := bothOf(t, `{"accountname": ["dev", "qa"]}`, tt.ids, normalizetest.Items(tt.a), normalizetest.Items(tt.b))
			if diff := cmp.Diff(normalizetest.Rows(a.Items), normalizetest.Rows(b.Items)); diff != "" {
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

// A value that was put into a list is told from the same one that stood there.
func TestMaskedWithinAList(t *testing.T) {
	m, _, _ := bothOf(t, `{"zz": ["dev", "qa"]}`, owned, normalizetest.Items(nil), normalizetest.Items(nil))
	got, ok := m.Text(normalize.FieldCondition, `{"S":{"k":["dev","zz"]}}`, `{"S":{"k":["qa"]}}`)
	if !ok || !got.Certain {
		t.Errorf("A has zz besides: %+v, %v", got, ok)
	}
}

// Texts that did not become one are none of its business, but do no harm.
func TestMaskedTextsOfNoRewriting(t *testing.T) {
	m, _, _ := bothOf(t, `{}`, owned, normalizetest.Items(nil), normalizetest.Items(nil))
	if got, ok := m.Texts(normalize.FieldARN, []string{"x", "y"}, nil); ok {
		t.Errorf("got %+v", got)
	}
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
		m, x, y := bothOf(b, `{"accountname": ["dev", "qa", "prod"]}`, bb.ids, normalizetest.Product(1000, 600, bb.one), normalizetest.Product(1000, 600, bb.another))
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
