package normalize_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	_ "iamctl/internal/raced"
	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/normalize/normalizetest"
	"iamctl/normalize/rewrite"
)

// The table is what rewriting each row by itself would give.
func TestTableLaws(t *testing.T) {
	rules := normalizetest.Rules(t, `{"M": ["dev", "qa", "prod"]}`, normalizetest.Dev, normalizetest.QA)
	r := rewrite.New(rules)
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
		rows := rapid.SliceOfN(normalizetest.Item, 0, 12).Draw(rt, "rows")
		items := normalizetest.Items(rows)
		spelled := fmt.Sprintf("%+v", items)
		got := normalizetest.Table(t, items, rules, normalizetest.Dev)
		if fmt.Sprintf("%+v", items) != spelled {
			rt.Fatal("the items before were changed")
		}
		var after []inventory.Item
		for i := range items.Rows {
			after = append(after, one(items.Item(i)))
		}
		want := normalizetest.Items(after)
		if diff := cmp.Diff(normalizetest.Rows(want), normalizetest.Rows(got.Items)); diff != "" {
			rt.Fatalf("-want +got:\n%s", diff)
		}
		if diff := cmp.Diff(want, got.Items); diff != "" {
			rt.Fatalf("the same rows, but not the same lists (-want +got):\n%s", diff)
		}
		if got.Items.Len() > items.Len() {
			rt.Fatalf("%d rows became %d", items.Len(), got.Items.Len())
		}
		checkOrigins(rt, got, one)
		if same := slices.Equal(after, normalizetest.Rows(items)); same != (got.Items == items) {
			rt.Fatalf("nothing was rewritten: %v; the items are shared: %v", same, got.Items == items)
		}
		again := normalizetest.Table(t, got.Items, rules, normalizetest.Dev)
		if again.Items != got.Items {
			rt.Fatal("rewriting twice changed something")
		}
	})
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
		items := normalizetest.Product(1000, 600, bb.arn)
		rules := normalizetest.Rules(b, `{"accountname": ["dev", "qa", "prod"]}`, normalizetest.Dev, normalizetest.QA)
		b.Run(bb.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				normalizetest.Table(b, items, rules, normalizetest.Dev)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(items.Rows)), "ns/row")
		})
	}
}
