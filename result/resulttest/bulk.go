package resulttest

import (
	"fmt"
	"strings"

	"iamctl/diff"
	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/result"
)

// Bulk is an account of many items: per role two documents of its own and
// one that all roles share, of 400 rows each.
func Bulk(items int) *inventory.Flat {
	f := &inventory.Flat{Account: &inventory.Account{ID: "111111111111", Partition: "aws"}}
	shared := bulkItems("shared")
	for n := 0; n < items; n += 3 * shared.Len() {
		name := fmt.Sprintf("service-role-%05d", n/(3*shared.Len()))
		r := inventory.FlatRole{
			Role: &inventory.Role{Name: name, Path: "/team/", ARN: "arn:aws:iam::111111111111:role/team/" + name},
			Policies: []inventory.FlatPolicy{
				{Name: "first", Type: inventory.Inline, Items: bulkItems(name + "-1")},
				{Name: "second", Type: inventory.Inline, Items: bulkItems(name + "-2")},
				{Name: "Shared", Type: inventory.Managed, ARN: "arn:aws:iam::aws:policy/Shared", Items: shared},
			},
		}
		f.Roles = append(f.Roles, r)
	}
	return f
}

// bulkItems is a document of 40 actions on 10 resources.
func bulkItems(name string) *inventory.Items {
	t := &inventory.Items{
		Effects: []string{"Allow"}, Principals: []inventory.Principal{{}},
		Terms: []inventory.Terms{{Condition: `{"StringEquals":{"aws:RequestedRegion":["eu-central-1"]}}`}},
	}
	for i := range 40 {
		t.Actions = append(t.Actions, inventory.Action{Service: "dynamodb", Name: fmt.Sprintf("DescribeThing%02d", i)})
	}
	for i := range 10 {
		t.Resources = append(t.Resources, fmt.Sprintf("arn:aws:dynamodb:eu-central-1:111111111111:table/%s-%d", name, i))
	}
	for a := range t.Actions {
		for r := range t.Resources {
			t.Rows = append(t.Rows, inventory.Row{Action: uint32(a), Resource: uint32(r)})
		}
	}
	return t
}

// bulkAccount is Bulk as a normalised account in which nothing was rewritten.
func bulkAccount(tag string, items int) *normalize.Account {
	f := Bulk(items)
	a := &normalize.Account{Tag: tag, Source: tag, Flat: f, Rewriter: rewriterFor(tag)}
	tables := map[*inventory.Items]*normalize.Table{}
	for i := range f.Roles {
		raw := &f.Roles[i]
		r := normalize.Role{Name: raw.Name, Key: raw.Name, Path: raw.Path, Raw: raw}
		for j := range raw.Policies {
			p := &raw.Policies[j]
			if tables[p.Items] == nil {
				tables[p.Items] = &normalize.Table{Items: p.Items, Before: p.Items, Rewriter: a.Rewriter}
			}
			r.Policies = append(r.Policies, normalize.Policy{Name: p.Name, Type: p.Type, ARN: p.ARN, Raw: p, Table: tables[p.Items]})
		}
		a.Roles = append(a.Roles, r)
	}
	return a
}

// BulkChanges is two accounts that have the same roles, of which every item
// differs if all is set, none otherwise.
func BulkChanges(items int, all bool) *diff.Changes {
	c := &diff.Changes{A: bulkAccount("dev", items), B: bulkAccount("qa", items)}
	for i := range c.A.Roles {
		a, b := &c.A.Roles[i], &c.B.Roles[i]
		p := diff.Pair{Name: a.Name, A: a, B: b}
		if all {
			for ref := range result.RefsOf(a) {
				p.OnlyA = append(p.OnlyA, ref)
			}
			p.OnlyB = p.OnlyA
		}
		c.Common = append(c.Common, p)
	}
	return c
}

// Many is drift of so many common roles with so many items each, and of so
// many roles on either side.
func Many(roles, items, unique int) *diff.Changes {
	var a, b []Role
	for r := range roles {
		var rows []inventory.Item
		for i := range items {
			rows = append(rows, inventory.Item{
				Effect: "Allow", Service: "s3", Action: "GetObject", ARN: fmt.Sprintf("arn:aws:s3:::bucket-%03d-%s", i, strings.Repeat("x", 40)),
			})
		}
		name := fmt.Sprintf("role-%03d", r)
		a, b = append(a, PlainRole(name, "/")), append(b, PlainRole(name, "/", rows...))
	}
	for r := range unique {
		a = append(a, PlainRole(fmt.Sprintf("x-%03d", r), "/"))
		b = append(b, PlainRole(fmt.Sprintf("y-%03d", r), "/"))
	}
	return Changes(Account("dev", "dev", "1", a...), Account("qa", "qa", "2", b...))
}
