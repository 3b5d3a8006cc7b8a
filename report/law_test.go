package report

import (
	"bytes"
	"encoding/csv"
	"iter"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"iamctl/internal/visible"
	"iamctl/internal/visible/visibletest"
	"iamctl/inventory"
	"iamctl/result/resulttest"
)

// TestHarvestLaw: whatever the items are, the fast writer writes what gocsv
// does, and what is read back is what was there, item by item, once the marks of
// Not- elements are off.
func TestHarvestLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		doc := resulttest.Document(rapid.SliceOfN(resulttest.AnyItem(), 0, 5).Draw(t, "items")...)
		f := &inventory.Flat{Account: &inventory.Account{}}
		for range rapid.IntRange(0, 3).Draw(t, "roles") {
			f.Roles = append(f.Roles, inventory.FlatRole{
				Role: &inventory.Role{Name: resulttest.AnyText().Draw(t, "role"), Path: resulttest.AnyText().Draw(t, "path")},
				Policies: []inventory.FlatPolicy{
					{Name: resulttest.AnyText().Draw(t, "policy"), Type: inventory.Inline, Items: doc},
					{Name: "other", Type: inventory.Managed, Items: resulttest.Document(resulttest.AnyItem().Draw(t, "item"))},
				},
			})
		}
		var fast, slow bytes.Buffer
		if err := Harvest(&fast, f); err != nil {
			t.Fatal(err)
		}
		if err := WriteTable(&slow, marked(f.Items())); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(slow.String(), fast.String()); d != "" {
			t.Fatalf("(-gocsv +ours):\n%s", d)
		}
		rows, err := csv.NewReader(&fast).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		var got []inventory.Item
		for _, row := range rows[1:] {
			for i := range row {
				row[i] = visibletest.Unescape(unguard(row[i]))
			}
			got = append(got, unmarked(inventory.Item{
				RoleName: row[0], Path: row[1], PolicyName: row[2], PolicyType: row[3], Effect: row[4], Service: row[5], Action: row[6],
				ARN: row[7], Principal: row[8], PrincipalType: row[9], Negated: row[10], Condition: row[11], Statement: row[12], Note: row[13],
			}))
		}
		if want := slices.Collect(f.Items()); !slices.Equal(got, want) {
			t.Fatal(cmp.Diff(want, got))
		}
	})
}

// TestFileSafeLaw: no tag leads out of the folder or hides its files.
func TestFileSafeLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := resulttest.AnyText().Draw(t, "tag")
		got := FileSafe(s)
		checkName(t, got)
		if again := FileSafe(got); again != got {
			t.Fatalf("%q becomes %q, and that %q", s, got, again)
		}
		name := HarvestName(s, resulttest.AnyText().Draw(t, "source"))
		if filepath.Base(name) != name || name[0] == '.' || name[0] == '-' {
			t.Fatalf("%q is no good name for a file", name)
		}
	})
}

func checkName(t *rapid.T, s string) {
	if s == "" || len(s) > nameLength {
		t.Fatalf("%q has %d bytes", s, len(s))
	}
	if visible.Escape(s) != s {
		t.Fatalf("%q is not plain", s)
	}
}

// marked yields the items as the item files have them.
func marked(items iter.Seq[inventory.Item]) iter.Seq[inventory.Item] {
	return func(yield func(inventory.Item) bool) {
		for it := range items {
			if !yield(it.Marked()) {
				return
			}
		}
	}
}

// unmarked undoes Item.Marked, as a reader of the files would.
func unmarked(it inventory.Item) inventory.Item {
	for element := range strings.FieldsSeq(it.Negated) {
		switch element {
		case "NotAction":
			it.Action = strings.TrimPrefix(it.Action, "NotAction ")
		case "NotResource":
			it.ARN = strings.TrimPrefix(it.ARN, "NotResource ")
		case "NotPrincipal":
			it.Principal = strings.TrimPrefix(it.Principal, "NotPrincipal ")
		}
	}
	return it
}
