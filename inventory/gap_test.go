package inventory_test

import (
	"testing"

	"pgregory.net/rapid"

	"iamctl/inventory"
)

func TestGapCompare(t *testing.T) {
	// Each gap differs from the one before in the field of its reason.
	gaps := []struct {
		reason string
		gap    inventory.Gap
	}{
		{"the least of all", inventory.Gap{}},
		{"blind after not blind", inventory.Gap{Blind: true}},
		{"the raw text before blindness", inventory.Gap{Raw: "a"}},
		{"the reason before the raw text", inventory.Gap{Reason: "a"}},
		{"the kind before the reason", inventory.Gap{Kind: inventory.GapParse, Reason: "a"}},
		{"kinds by name", inventory.Gap{Kind: inventory.GapRead}},
		{"the policy before the kind", inventory.Gap{PolicyName: "a"}},
		{"the part before the policy", inventory.Gap{Part: inventory.PartInline}},
		{"parts by name", inventory.Gap{Part: inventory.PartTrust}},
		{"the name before the part", inventory.Gap{Name: "a"}},
		{"the entity before the name", inventory.Gap{Entity: inventory.EntityAccount}},
		{"entities by name", inventory.Gap{Entity: inventory.EntityRole}},
		{"the account first", inventory.Gap{Account: "dev"}},
		{"upper case first", inventory.Gap{Account: "devs"}},
	}
	for i, x := range gaps {
		for j, y := range gaps {
			if got, want := x.gap.Compare(y.gap), sign(i-j); sign(got) != want {
				t.Errorf("%q against %q is %d, want %d", x.reason, y.reason, got, want)
			}
		}
	}
}

func TestGapCompareLaws(t *testing.T) {
	text := rapid.SampledFrom([]string{"", "a", "b", "B"})
	gap := rapid.Custom(func(t *rapid.T) inventory.Gap {
		return inventory.Gap{
			Account: text.Draw(t, "account"), Kind: inventory.GapKind(text.Draw(t, "kind")), Entity: inventory.Entity(text.Draw(t, "entity")),
			Name: text.Draw(t, "name"), Part: inventory.Part(text.Draw(t, "part")), PolicyName: text.Draw(t, "policy"),
			Blind: rapid.Bool().Draw(t, "blind"), Reason: text.Draw(t, "reason"), Raw: text.Draw(t, "raw"),
		}
	})
	checkOrder(t, gap, inventory.Gap.Compare, func(a, b inventory.Gap) bool { return a == b })
}

// TestGapWords holds the words that files and reports have for gaps.
func TestGapWords(t *testing.T) {
	for got, want := range map[string]string{
		string(inventory.GapRead): "read", string(inventory.GapParse): "parse", string(inventory.GapLimit): "limit",
		string(inventory.EntityAccount): "account", string(inventory.EntityRole): "role", string(inventory.EntityPolicy): "policy",
		string(inventory.EntityUser): "user", string(inventory.EntityGroup): "group",
		string(inventory.PartInline): "inline", string(inventory.PartManaged): "managed", string(inventory.PartTrust): "trust",
		string(inventory.PartBoundary): "boundary", string(inventory.PartDescription): "description",
		string(inventory.PartMaxSessionDuration): "maxsessionduration", string(inventory.PartTag): "tag",
		string(inventory.PartInstanceProfile): "instanceprofile",
	} {
		if got != want {
			t.Errorf("%q is written, want %q", got, want)
		}
	}
	if inventory.PartGroup != "group" {
		t.Errorf("a user's groups are %q", inventory.PartGroup)
	}
}

// checkOrder checks that compare is an order, and 0 exactly for what is equal.
func checkOrder[T any](t *testing.T, values *rapid.Generator[T], compare func(a, b T) int, equal func(a, b T) bool) {
	t.Helper()
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := values.Draw(t, "a"), values.Draw(t, "b"), values.Draw(t, "c")
		if rapid.Bool().Draw(t, "same") {
			b = a
		}
		if (compare(a, b) == 0) != equal(a, b) {
			t.Errorf("%v against %v is %d", a, b, compare(a, b))
		}
		if sign(compare(a, b)) != -sign(compare(b, a)) {
			t.Errorf("%v against %v is %d, and back %d", a, b, compare(a, b), compare(b, a))
		}
		if compare(a, b) <= 0 && compare(b, c) <= 0 && compare(a, c) > 0 {
			t.Errorf("%v, %v and %v go round in a circle", a, b, c)
		}
	})
}

func sign(n int) int { return min(max(n, -1), 1) }
