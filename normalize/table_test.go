package normalize_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"iamctl/equivalency"
	"iamctl/inventory"
	"iamctl/normalize"
)

// itemsOf builds what flattening promises: sorted lists without duplicates.
func itemsOf(rows []inventory.Item) *inventory.Items {
	t := &inventory.Items{}
	for _, r := range rows {
		t.Effects = append(t.Effects, r.Effect)
		t.Actions = append(t.Actions, inventory.Action{Service: r.Service, Name: r.Action})
		t.Resources = append(t.Resources, r.ARN)
		t.Principals = append(t.Principals, inventory.Principal{Type: r.PrincipalType, Value: r.Principal})
		t.Terms = append(t.Terms, termsOf(r))
	}
	slices.Sort(t.Effects)
	t.Effects = slices.Compact(t.Effects)
	slices.SortFunc(t.Actions, inventory.Action.Compare)
	t.Actions = slices.Compact(t.Actions)
	slices.Sort(t.Resources)
	t.Resources = slices.Compact(t.Resources)
	slices.SortFunc(t.Principals, inventory.Principal.Compare)
	t.Principals = slices.Compact(t.Principals)
	slices.SortFunc(t.Terms, inventory.Terms.Compare)
	t.Terms = slices.Compact(t.Terms)
	for _, r := range rows {
		t.Rows = append(t.Rows, inventory.Row{
			Effect:    uint32(slices.Index(t.Effects, r.Effect)),
			Action:    uint32(slices.Index(t.Actions, inventory.Action{Service: r.Service, Name: r.Action})),
			Resource:  uint32(slices.Index(t.Resources, r.ARN)),
			Principal: uint32(slices.Index(t.Principals, inventory.Principal{Type: r.PrincipalType, Value: r.Principal})),
			Terms:     uint32(slices.Index(t.Terms, termsOf(r))),
		})
	}
	slices.SortFunc(t.Rows, inventory.Row.Compare)
	t.Rows = slices.Compact(t.Rows)
	return t
}

func termsOf(r inventory.Item) inventory.Terms {
	return inventory.Terms{Negated: r.Negated, Condition: r.Condition, Statement: r.Statement, Note: r.Note}
}

func tableOf(t testing.TB, items *inventory.Items, rules *equivalency.Rules, self equivalency.Identity) *normalize.Table {
	t.Helper()
	f := flatOf(inventory.Role{Name: "r"})
	f.Roles[0].Policies = []inventory.FlatPolicy{{Name: "p", Type: inventory.Inline, Items: items}}
	a, err := normalize.Apply(f, self, rules)
	if err != nil {
		t.Fatal(err)
	}
	return a.Roles[0].Policies[0].Table
}

var drawItem = rapid.Custom(func(t *rapid.T) inventory.Item {
	text := rapid.SampledFrom([]string{"", "dev", "qa", "a-dev", "z-dev", "dev-b", "P", "m", "prod", "a-prod", "123456789012", "dev.dev.x", "dev-P", "P-prod", "qam", "mprod"})
	condition := rapid.SampledFrom([]string{"", `{"S":{"k":["dev","x"]}}`, `{"S":{"k":["prod","x"]}}`, `{"S":{"k":["a"]}}`, `{"S":{"dev":["m","prod"]}}`, `{"S":{"k":["P","x"]}}`, `{"S":{"k":["P","x","dev"]}}`})
	return inventory.Item{
		Effect:        rapid.SampledFrom([]string{"Allow", "Deny"}).Draw(t, "effect"),
		Service:       "s3",
		Action:        rapid.SampledFrom([]string{"dev", "Get", "Put"}).Draw(t, "action"),
		ARN:           text.Draw(t, "arn"),
		Principal:     text.Draw(t, "principal"),
		PrincipalType: rapid.SampledFrom([]string{"AWS", "Service"}).Draw(t, "type"),
		Condition:     condition.Draw(t, "condition"),
		Statement:     rapid.SampledFrom([]string{"", `{"NotResource":["dev","z"]}`, `{"NotResource":["prod","z"]}`}).Draw(t, "statement"),
	}
})

// The table is what rewriting each row by itself would give.
func TestTableLaws(t *testing.T) {
	rules := rulesOf(t, `{"M": ["dev", "qa", "prod"]}`, dev, qa)
	r := normalize.NewRewriter(rules)
	one := func(it inventory.Item) inventory.Item {
		it.ARN, _ = r.Rewrite(normalize.FieldARN, it.ARN)
		// The first label of a service's name stays.
		if label, rest, _ := strings.Cut(it.Principal, "."); it.PrincipalType == "Service" {
			rest, _ = r.Rewrite(normalize.FieldPrincipal, rest)
			it.Principal = strings.TrimSuffix(label+"."+rest, ".")
		} else {
			it.Principal, _ = r.Rewrite(normalize.FieldPrincipal, it.Principal)
		}
		it.Condition, _ = r.Rewrite(normalize.FieldCondition, it.Condition)
		it.Statement, _ = r.Rewrite(normalize.FieldStatement, it.Statement)
		return it
	}
	rapid.Check(t, func(rt *rapid.T) {
		rows := rapid.SliceOfN(drawItem, 0, 12).Draw(rt, "rows")
		items := itemsOf(rows)
		spelled := fmt.Sprintf("%+v", items)
		got := tableOf(t, items, rules, dev)
		if fmt.Sprintf("%+v", items) != spelled {
			rt.Fatal("the items before were changed")
		}
		var after []inventory.Item
		for i := range items.Rows {
			after = append(after, one(items.Item(i)))
		}
		want := itemsOf(after)
		if diff := cmp.Diff(spell(want), spell(got.Items)); diff != "" {
			rt.Fatalf("-want +got:\n%s", diff)
		}
		if diff := cmp.Diff(want, got.Items); diff != "" {
			rt.Fatalf("the same rows, but not the same lists (-want +got):\n%s", diff)
		}
		if got.Items.Len() > items.Len() {
			rt.Fatalf("%d rows became %d", items.Len(), got.Items.Len())
		}
		checkOrigins(rt, got, one)
		if same := slices.Equal(after, spell(items)); same != (got.Items == items) {
			rt.Fatalf("nothing was rewritten: %v; the items are shared: %v", same, got.Items == items)
		}
		again := tableOf(t, got.Items, rules, dev)
		if again.Items != got.Items {
			rt.Fatal("rewriting twice changed something")
		}
	})
}

func spell(items *inventory.Items) []inventory.Item {
	var out []inventory.Item
	for i := range items.Rows {
		out = append(out, items.Item(i))
	}
	return out
}

// checkOrigins checks that each row before became the row that names it.
func checkOrigins(t *rapid.T, got *normalize.Table, one func(inventory.Item) inventory.Item) {
	seen := make([]int, len(got.Before.Rows))
	for i := range got.Items.Rows {
		origins := got.Origins(uint32(i))
		if len(origins) == 0 || !slices.IsSorted(origins) {
			t.Fatalf("row %d comes from %v", i, origins)
		}
		for _, o := range origins {
			seen[o]++
			if got, want := one(got.Before.Item(int(o))), got.Items.Item(i); got != want {
				t.Fatalf("row %d comes from row %d, which becomes %+v, not %+v", i, o, got, want)
			}
		}
	}
	for o, n := range seen {
		if n != 1 {
			t.Fatalf("row %d before is the origin of %d rows", o, n)
		}
	}
}

func product(actions, resources int, arn func(i int) string) *inventory.Items {
	t := &inventory.Items{Effects: []string{"Allow"}, Principals: []inventory.Principal{{}}, Terms: []inventory.Terms{{}}}
	for i := range actions {
		t.Actions = append(t.Actions, inventory.Action{Service: "s3", Name: fmt.Sprintf("Action%06d", i)})
	}
	for i := range resources {
		t.Resources = append(t.Resources, arn(i))
	}
	slices.Sort(t.Resources)
	for i := range actions {
		for j := range resources {
			t.Rows = append(t.Rows, inventory.Row{Action: uint32(i), Resource: uint32(j)})
		}
	}
	return t
}

// Run with: go test ./normalize -run xxx -bench . -benchmem
func BenchmarkApply(b *testing.B) {
	const id = "123456789012"
	for _, bb := range []struct {
		name string
		arn  func(i int) string
	}{
		{"ids that keep the order", func(i int) string { return fmt.Sprintf("arn:aws:sqs:eu-west-1:%s:queue-%d", id, i) }},
		{"names that change the order", func(i int) string { return fmt.Sprintf("arn:aws:s3:::%s-%d", [2]string{"dev", "data"}[i%2], i) }},
		{"names that become one", func(i int) string { return fmt.Sprintf("arn:aws:s3:::%s-%d", [2]string{"dev", "prod"}[i%2], i/2) }},
		{"nothing to rewrite", func(i int) string { return fmt.Sprintf("arn:aws:s3:::bucket-%d", i) }},
	} {
		items := product(1000, 600, bb.arn)
		rules := rulesOf(b, `{"accountname": ["dev", "qa", "prod"]}`, dev, qa)
		b.Run(bb.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				tableOf(b, items, rules, dev)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(items.Rows)), "ns/row")
		})
	}
}

func BenchmarkRewrite(b *testing.B) {
	r := rewriterOf(b, names)
	for _, bb := range []struct{ name, text string }{
		{"nothing to rewrite", "arn:aws:s3:::some-bucket/with/a/path/*"},
		{"an id and a name", "arn:aws:sqs:eu-west-1:123456789012:queue-dev"},
	} {
		b.Run(bb.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r.Rewrite(normalize.FieldARN, bb.text)
			}
		})
	}
}
