package normalizetest

import (
	"fmt"
	"slices"

	"pgregory.net/rapid"

	"iamctl/inventory"
)

// Items makes a document of rows, as flattening promises it: with sorted
// lists without duplicates.
func Items(rows []inventory.Item) *inventory.Items {
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

// Rows returns the rows of a document.
func Rows(items *inventory.Items) []inventory.Item {
	var out []inventory.Item
	for i := range items.Rows {
		out = append(out, items.Item(i))
	}
	return out
}

// Item draws a row in which values of the accounts dev, qa and prod, and the
// placeholders P and m are frequent.
var Item = rapid.Custom(func(t *rapid.T) inventory.Item {
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

// Product makes a document in which every action is allowed on every resource.
func Product(actions, resources int, arn func(i int) string) *inventory.Items {
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
