package diff_test

import (
	"fmt"
	"strings"
	"testing"

	"iamctl/diff"
	"iamctl/inventory"
)

// wildcards are policies with thousands of wildcards, far more than AWS accepts,
// by what makes them slow.
var wildcards = []struct {
	name     string
	resource func(i int) string
}{
	{"distinct", func(i int) string { return fmt.Sprintf("arn:aws:s3:::bucket-%04d-*/x*", i) }},
	{"alike", func(i int) string { return fmt.Sprintf("arn:aws:s3:::*-%04d-*/x", i) }},
	{"nested", func(i int) string { return "arn:aws:s3:::" + strings.Repeat("a", i%100+1) + fmt.Sprintf("/%d*", i/100) }},
	{"covered", func(i int) string { return "arn:aws:s3:::" + fmt.Sprintf("%04d*/x", i)[:1+i%4] + "*" }},
}

// manyWildcards returns an account of one role with n such resources in one
// statement.
func manyWildcards(n int, effect string, resource func(i int) string) *inventory.Account {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf("%q", resource(i))
	}
	return withInline(inline("p", fmt.Sprintf(`{"Effect":%q,"Action":["s3:GetObject","s3:PutObject"],"Resource":[%s]}`, effect, strings.Join(list, ","))))
}

// BenchmarkWildcards compares a policy of 4,000 wildcard resources with one that
// has none of its items.
func BenchmarkWildcards(b *testing.B) {
	for _, w := range wildcards {
		b.Run(w.name, func(b *testing.B) {
			x, y := normalized(b, "x", manyWildcards(4000, "Allow", w.resource)), normalized(b, "y", manyWildcards(4000, "Deny", w.resource))
			for b.Loop() {
				diff.Compare(x, y, diff.Options{})
			}
		})
	}
}

// TestManyWildcardsAreBounded: what was not worked out is a difference, with a note.
func TestManyWildcardsAreBounded(t *testing.T) {
	for _, w := range wildcards {
		t.Run(w.name, func(t *testing.T) {
			n := 1000
			if w.name == "alike" {
				n = 3000
			}
			x, y := normalized(t, "x", manyWildcards(n, "Allow", w.resource)), normalized(t, "y", manyWildcards(1, "Deny", w.resource))
			c := diff.Compare(x, y, diff.Options{})
			noted := strings.Contains(strings.Join(c.Notes, "\n"), "too many wildcards")
			if got := len(c.Common[0].OnlyA); noted != (w.name == "alike") || got == 0 || noted && got != 2*n {
				t.Errorf("noted %v, %d differences", noted, got)
			}
		})
	}
}
