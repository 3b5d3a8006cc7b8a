package inventory_test

import (
	"cmp"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"iamctl/inventory"
	"iamctl/policy"
)

// words are values that sort differently by case, by length and as numbers.
var words = rapid.SampledFrom([]string{"", "a", "B", "b", "ab", "*", "10", "9", "é"})

var (
	actions = rapid.Custom(func(t *rapid.T) inventory.Action {
		return inventory.Action{Service: words.Draw(t, "service"), Name: words.Draw(t, "name")}
	})
	principals = rapid.Custom(func(t *rapid.T) inventory.Principal {
		return inventory.Principal{Type: words.Draw(t, "type"), Value: words.Draw(t, "value")}
	})
	terms = rapid.Custom(func(t *rapid.T) inventory.Terms {
		return inventory.Terms{
			Negated: words.Draw(t, "negated"), Condition: words.Draw(t, "condition"),
			Statement: words.Draw(t, "statement"), Note: words.Draw(t, "note"),
		}
	})
)

func TestCompareLaws(t *testing.T) {
	t.Run("actions", func(t *testing.T) {
		checkOrder(t, actions, inventory.Action.Compare, func(a, b inventory.Action) bool {
			return policy.Fold(a.Service) == policy.Fold(b.Service) && policy.Fold(a.Name) == policy.Fold(b.Name)
		})
	})
	t.Run("principals", func(t *testing.T) {
		checkOrder(t, principals, inventory.Principal.Compare, func(a, b inventory.Principal) bool { return a == b })
	})
	t.Run("terms", func(t *testing.T) {
		checkOrder(t, terms, inventory.Terms.Compare, func(a, b inventory.Terms) bool { return a == b })
	})
	t.Run("rows", func(t *testing.T) {
		n := rapid.Uint32Max(1)
		row := rapid.Custom(func(t *rapid.T) inventory.Row {
			return inventory.Row{
				Effect: n.Draw(t, "effect"), Action: n.Draw(t, "action"), Resource: n.Draw(t, "resource"),
				Principal: n.Draw(t, "principal"), Terms: n.Draw(t, "terms"),
			}
		})
		checkOrder(t, row, inventory.Row.Compare, func(a, b inventory.Row) bool { return a == b })
	})
}

func TestCompareOrder(t *testing.T) {
	for _, tt := range []struct {
		reason string
		got    int
	}{
		{"the service comes before the name", inventory.Action{Service: "a", Name: "z"}.Compare(inventory.Action{Service: "b", Name: "a"})},
		{"case does not count", inventory.Action{Service: "S3", Name: "A"}.Compare(inventory.Action{Service: "s3", Name: "b"})},
		{"a name before its continuation", inventory.Action{Name: "Get"}.Compare(inventory.Action{Name: "getObject"})},
		{"a principal's value comes before its type", inventory.Principal{Type: "Service", Value: "a"}.Compare(inventory.Principal{Type: "AWS", Value: "b"})},
		{"then the type", inventory.Principal{Type: "AWS", Value: "a"}.Compare(inventory.Principal{Type: "Service", Value: "a"})},
		{"negated before the condition", inventory.Terms{Negated: "a", Condition: "b"}.Compare(inventory.Terms{Negated: "b", Condition: "a"})},
		{"the condition before the statement", inventory.Terms{Condition: "a", Statement: "b"}.Compare(inventory.Terms{Condition: "b", Statement: "a"})},
		{"the statement before the note", inventory.Terms{Statement: "a", Note: "b"}.Compare(inventory.Terms{Statement: "b", Note: "a"})},
		{"the effect before the action", inventory.Row{Effect: 0, Action: 1}.Compare(inventory.Row{Effect: 1, Action: 0})},
		{"the action before the resource", inventory.Row{Action: 0, Resource: 1}.Compare(inventory.Row{Action: 1, Resource: 0})},
		{"the resource before the principal", inventory.Row{Resource: 0, Principal: 1}.Compare(inventory.Row{Resource: 1, Principal: 0})},
		{"the principal before the terms", inventory.Row{Principal: 0, Terms: 1}.Compare(inventory.Row{Principal: 1, Terms: 0})},
	} {
		if tt.got >= 0 {
			t.Errorf("%s: %d", tt.reason, tt.got)
		}
	}
}

// set sorts values and drops those that are equal.
func set[T any](list []T, compare func(a, b T) int) []T {
	slices.SortFunc(list, compare)
	return slices.CompactFunc(list, func(a, b T) bool { return compare(a, b) == 0 })
}

// items builds an Items as its comment promises it: sorted sets all through.
var items = rapid.Custom(func(t *rapid.T) *inventory.Items {
	x := &inventory.Items{
		Effects:    set(rapid.SliceOfN(rapid.SampledFrom([]string{"Allow", "Deny"}), 1, 2).Draw(t, "effects"), strings.Compare),
		Actions:    set(rapid.SliceOfN(actions, 1, 4).Draw(t, "actions"), inventory.Action.Compare),
		Resources:  set(rapid.SliceOfN(words, 1, 4).Draw(t, "resources"), strings.Compare),
		Principals: set(rapid.SliceOfN(principals, 1, 4).Draw(t, "principals"), inventory.Principal.Compare),
		Terms:      set(rapid.SliceOfN(terms, 1, 4).Draw(t, "terms"), inventory.Terms.Compare),
	}
	index := func(n int) uint32 { return uint32(rapid.IntRange(0, n-1).Draw(t, "index")) }
	for range rapid.IntRange(0, 12).Draw(t, "rows") {
		x.Rows = append(x.Rows, inventory.Row{
			Effect: index(len(x.Effects)), Action: index(len(x.Actions)), Resource: index(len(x.Resources)),
			Principal: index(len(x.Principals)), Terms: index(len(x.Terms)),
		})
	}
	x.Rows = set(x.Rows, inventory.Row.Compare)
	return x
})

// columns orders items by the columns that come from a document, as the item
// files have them.
func columns(a, b inventory.Item) int {
	return cmp.Or(
		cmp.Compare(a.Effect, b.Effect),
		cmp.Compare(policy.Fold(a.Service), policy.Fold(b.Service)), cmp.Compare(policy.Fold(a.Action), policy.Fold(b.Action)),
		cmp.Compare(a.ARN, b.ARN),
		cmp.Compare(a.Principal, b.Principal), cmp.Compare(a.PrincipalType, b.PrincipalType),
		cmp.Compare(a.Negated, b.Negated), cmp.Compare(a.Condition, b.Condition),
		cmp.Compare(a.Statement, b.Statement), cmp.Compare(a.Note, b.Note),
	)
}

// TestRowsAreInTheOrderOfTheirColumns: that the rows are sorted as numbers
// sorts the items as texts.
func TestRowsAreInTheOrderOfTheirColumns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := items.Draw(t, "items")
		for i := 1; i < x.Len(); i++ {
			if a, b := x.Item(i-1), x.Item(i); columns(a, b) >= 0 {
				t.Fatalf("item %d is not after the one before:\n%+v\n%+v", i, a, b)
			}
		}
	})
}

func TestItem(t *testing.T) {
	x := &inventory.Items{
		Effects:    []string{"Allow", "Deny"},
		Actions:    []inventory.Action{{Service: "s3", Name: "GetObject"}, {Service: "sns", Name: "Publish"}},
		Resources:  []string{"", "arn:aws:s3:::b"},
		Principals: []inventory.Principal{{}, {Type: "AWS", Value: "123456789012"}},
		Terms:      []inventory.Terms{{}, {Negated: "NotResource", Condition: "{}", Statement: "[]", Note: "look"}},
		Rows:       []inventory.Row{{}, {Effect: 1}, {Action: 1}, {Resource: 1}, {Principal: 1}, {Terms: 1}, {Effect: 1, Action: 1, Resource: 1, Principal: 1, Terms: 1}},
	}
	plain := inventory.Item{Effect: "Allow", Service: "s3", Action: "GetObject"}
	for i, tt := range []struct {
		reason string
		want   func(*inventory.Item)
	}{
		{"the first of each list", func(*inventory.Item) {}},
		{"the effect", func(it *inventory.Item) { it.Effect = "Deny" }},
		{"the action", func(it *inventory.Item) { it.Service, it.Action = "sns", "Publish" }},
		{"the resource", func(it *inventory.Item) { it.ARN = "arn:aws:s3:::b" }},
		{"the principal", func(it *inventory.Item) { it.PrincipalType, it.Principal = "AWS", "123456789012" }},
		{"the terms", func(it *inventory.Item) {
			it.Negated, it.Condition, it.Statement, it.Note = "NotResource", "{}", "[]", "look"
		}},
		{"the second of each list", func(it *inventory.Item) {
			*it = inventory.Item{
				Effect: "Deny", Service: "sns", Action: "Publish", ARN: "arn:aws:s3:::b", Principal: "123456789012", PrincipalType: "AWS",
				Negated: "NotResource", Condition: "{}", Statement: "[]", Note: "look",
			}
		}},
	} {
		want := plain
		tt.want(&want)
		if diff := gocmp.Diff(want, x.Item(i)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.reason, diff)
		}
	}
}

// TestFlatItems checks that an account's items are those of its policies,
// with the columns of role and policy, in their order.
func TestFlatItems(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := &inventory.Flat{Account: &inventory.Account{}}
		var want []inventory.Item
		for range rapid.IntRange(0, 3).Draw(t, "roles") {
			r := inventory.FlatRole{Role: &inventory.Role{Name: words.Draw(t, "role"), Path: words.Draw(t, "path")}}
			for range rapid.IntRange(0, 3).Draw(t, "policies") {
				p := inventory.FlatPolicy{Name: words.Draw(t, "policy"), Type: inventory.Trust, Items: items.Draw(t, "items")}
				r.Policies = append(r.Policies, p)
				for i := range p.Items.Len() {
					it := p.Items.Item(i)
					it.RoleName, it.Path, it.PolicyName, it.PolicyType = r.Name, r.Path, p.Name, "trust"
					want = append(want, it)
				}
			}
			f.Roles = append(f.Roles, r)
		}
		if diff := gocmp.Diff(want, slices.Collect(f.Items())); diff != "" {
			t.Fatalf("-want +got:\n%s", diff)
		}
		if f.Len() != len(want) {
			t.Fatalf("Len is %d, and there are %d", f.Len(), len(want))
		}
		n := 0
		for range f.Items() {
			if n++; n == 2 {
				break
			}
		}
		if n != min(2, len(want)) {
			t.Fatalf("two were asked for, and %d came", n)
		}
	})
}
