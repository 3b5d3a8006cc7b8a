package report

import (
	"bytes"
	"encoding/csv"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"iamctl/inventory"
)

// anyText is text as AWS, or somebody who means ill, might write it.
func anyText() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.SampledFrom(hostile), rapid.String(), rapid.StringN(0, 4, 8),
		rapid.Map(rapid.SliceOfN(rapid.Byte(), 0, 6), func(b []byte) string { return string(b) }),
	)
}

func anyItem() *rapid.Generator[inventory.Item] {
	return rapid.Custom(func(t *rapid.T) inventory.Item {
		s := func(name string) string { return anyText().Draw(t, name) }
		return inventory.Item{
			Effect: s("effect"), Service: s("service"), Action: s("action"), ARN: s("arn"), Principal: s("principal"),
			PrincipalType: s("principaltype"), Negated: s("negated"), Condition: s("condition"), Statement: s("statement"), Note: s("note"),
		}
	})
}

// TestHarvestLaw: whatever the items are, the fast writer writes what gocsv
// does, and what is read back is what was there, item by item.
func TestHarvestLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		doc := document(rapid.SliceOfN(anyItem(), 0, 5).Draw(t, "items")...)
		f := &inventory.Flat{Account: &inventory.Account{}}
		for range rapid.IntRange(0, 3).Draw(t, "roles") {
			f.Roles = append(f.Roles, inventory.FlatRole{
				Role: &inventory.Role{Name: anyText().Draw(t, "role"), Path: anyText().Draw(t, "path")},
				Policies: []inventory.FlatPolicy{
					{Name: anyText().Draw(t, "policy"), Type: inventory.Inline, Items: doc},
					{Name: "other", Type: inventory.Managed, Items: document(anyItem().Draw(t, "item"))},
				},
			})
		}
		var fast, slow bytes.Buffer
		if err := Harvest(&fast, f); err != nil {
			t.Fatal(err)
		}
		if err := writeTable(&slow, f.Items()); err != nil {
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
				row[i] = unescape(unguard(row[i]))
			}
			got = append(got, inventory.Item{
				RoleName: row[0], Path: row[1], PolicyName: row[2], PolicyType: row[3], Effect: row[4], Service: row[5], Action: row[6],
				ARN: row[7], Principal: row[8], PrincipalType: row[9], Negated: row[10], Condition: row[11], Statement: row[12], Note: row[13],
			})
		}
		if want := slices.Collect(f.Items()); !slices.Equal(got, want) {
			t.Fatal(cmp.Diff(want, got))
		}
	})
}

// TestFileSafeLaw: no tag leads out of the folder or hides its files.
func TestFileSafeLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anyText().Draw(t, "tag")
		got := fileSafe(s)
		checkName(t, got)
		if again := fileSafe(got); again != got {
			t.Fatalf("%q becomes %q, and that %q", s, got, again)
		}
		name := HarvestName(s, anyText().Draw(t, "source"))
		if filepath.Base(name) != name || name[0] == '.' || name[0] == '-' {
			t.Fatalf("%q is no good name for a file", name)
		}
	})
}

func checkName(t *rapid.T, s string) {
	if s == "" || len(s) > nameLength {
		t.Fatalf("%q has %d bytes", s, len(s))
	}
	if Escape(s) != s {
		t.Fatalf("%q is not plain", s)
	}
}
