package report

import (
	"fmt"
	"slices"
	"strings"

	"iamctl/diff"
	"iamctl/inventory"
	"iamctl/normalize"
)

// document makes the items of a document from rows of any order.
func document(rows ...inventory.Item) *inventory.Items {
	t := &inventory.Items{}
	for _, r := range rows {
		t.Effects = append(t.Effects, r.Effect)
		t.Actions = append(t.Actions, inventory.Action{Service: r.Service, Name: r.Action})
		t.Resources = append(t.Resources, r.ARN)
		t.Principals = append(t.Principals, inventory.Principal{Type: r.PrincipalType, Value: r.Principal})
		t.Terms = append(t.Terms, inventory.Terms{Negated: r.Negated, Condition: r.Condition, Statement: r.Statement, Note: r.Note})
	}
	t.Effects = set(t.Effects, strings.Compare)
	t.Actions = set(t.Actions, inventory.Action.Compare)
	t.Resources = set(t.Resources, strings.Compare)
	t.Principals = set(t.Principals, inventory.Principal.Compare)
	t.Terms = set(t.Terms, inventory.Terms.Compare)
	for _, r := range rows {
		t.Rows = append(t.Rows, inventory.Row{
			Effect:    index(t.Effects, r.Effect),
			Action:    index(t.Actions, inventory.Action{Service: r.Service, Name: r.Action}),
			Resource:  index(t.Resources, r.ARN),
			Principal: index(t.Principals, inventory.Principal{Type: r.PrincipalType, Value: r.Principal}),
			Terms:     index(t.Terms, inventory.Terms{Negated: r.Negated, Condition: r.Condition, Statement: r.Statement, Note: r.Note}),
		})
	}
	slices.SortFunc(t.Rows, inventory.Row.Compare)
	return t
}

func set[T comparable](values []T, compare func(T, T) int) []T {
	slices.SortFunc(values, compare)
	return slices.Compact(values)
}

func index[T comparable](values []T, v T) uint32 { return uint32(slices.Index(values, v)) }

// roleFixture is a role before and after rewriting.
type roleFixture struct {
	name, path       string
	rawName, rawPath string
	attributes       []normalize.Attribute
	policies         []policyFixture
}

// policyFixture is a policy with its items; raw is nil where nothing in them
// was rewritten, otherwise the items before in the same order.
type policyFixture struct {
	name, rawName, arn string
	kind               inventory.PolicyType
	items, raw         []inventory.Item
}

// account makes a normalised account.
func account(tag, source, id string, roles ...roleFixture) *normalize.Account {
	flat := &inventory.Flat{Account: &inventory.Account{ID: id, Partition: "aws"}}
	a := &normalize.Account{Tag: tag, Source: source, Flat: flat, Rewriter: rewriterFor(tag)}
	for _, f := range roles {
		raw := inventory.FlatRole{Role: &inventory.Role{
			Name: f.rawName, Path: f.rawPath, ID: "AROA" + strings.ToUpper(tag) + "EXAMPLE",
			ARN: "arn:aws:iam::" + id + ":role" + f.rawPath + f.rawName,
		}}
		r := normalize.Role{Name: f.name, Key: strings.ToLower(f.name), Path: f.path, Attributes: f.attributes}
		var after []*inventory.Items
		for _, p := range f.policies {
			items := document(p.items...)
			before := items
			if p.raw != nil {
				before = document(p.raw...)
			}
			after = append(after, items)
			raw.Policies = append(raw.Policies, inventory.FlatPolicy{Name: p.rawName, Type: p.kind, ARN: p.arn, Items: before})
			setDocument(flat.Account, raw.Role, &p)
		}
		r.Raw = &raw
		for i, p := range f.policies {
			r.Policies = append(r.Policies, normalize.Policy{
				Name: p.name, Type: p.kind, ARN: p.arn, Raw: &raw.Policies[i],
				Table: &normalize.Table{Items: after[i], Before: raw.Policies[i].Items},
			})
		}
		flat.Roles = append(flat.Roles, raw)
		a.Roles = append(a.Roles, r)
	}
	return a
}

// setDocument gives a policy its text: that of a managed policy is the same in
// all accounts.
func setDocument(a *inventory.Account, r *inventory.Role, p *policyFixture) {
	text := inventory.Document(fmt.Sprintf("{\n  \"of\": %q\n}", string(p.kind)+" "+p.rawName))
	switch p.kind {
	case inventory.Trust:
		r.Trust = text
	case inventory.Inline:
		r.Inline = append(r.Inline, inventory.InlinePolicy{Name: p.rawName, Document: text})
	default:
		if !slices.ContainsFunc(a.Policies, func(q inventory.Policy) bool { return q.ARN == p.arn }) {
			a.Policies = append(a.Policies, inventory.Policy{Name: p.rawName, ARN: p.arn, Document: text})
		}
	}
}

// changes compares the accounts in the plainest way.
func changes(a, b *normalize.Account) *diff.Changes {
	c := &diff.Changes{A: a, B: b}
	for i := range a.Roles {
		r := &a.Roles[i]
		other := roleOf(b, r.Key)
		if other == nil {
			c.OnlyA = append(c.OnlyA, r)
			continue
		}
		c.Common = append(c.Common, diff.Pair{
			Name: r.Name, A: r, B: other, OnlyA: onlyIn(r, other), OnlyB: onlyIn(other, r),
		})
	}
	for i := range b.Roles {
		if r := &b.Roles[i]; roleOf(a, r.Key) == nil {
			c.OnlyB = append(c.OnlyB, r)
		}
	}
	return c
}

func roleOf(a *normalize.Account, key string) *normalize.Role {
	for i := range a.Roles {
		if a.Roles[i].Key == key {
			return &a.Roles[i]
		}
	}
	return nil
}

func onlyIn(r, other *normalize.Role) []diff.Ref {
	there := map[inventory.Item]bool{}
	for ref := range allItems(other) {
		there[spelled(other, ref)] = true
	}
	var only []diff.Ref
	for ref := range allItems(r) {
		if !there[spelled(r, ref)] {
			only = append(only, ref)
		}
	}
	return only
}

// spelled is an item without its path, which is an attribute.
func spelled(r *normalize.Role, ref diff.Ref) inventory.Item {
	p := &r.Policies[ref.Policy]
	it := p.Items.Item(int(ref.Row))
	it.RoleName, it.PolicyName, it.PolicyType = r.Key, p.Name, string(p.Type)
	return it
}

// rename gives items with every old text in their values made new.
func rename(items []inventory.Item, old, new string) []inventory.Item {
	out := slices.Clone(items)
	for i := range out {
		out[i].ARN = strings.ReplaceAll(out[i].ARN, old, new)
		out[i].Principal = strings.ReplaceAll(out[i].Principal, old, new)
		out[i].Condition = strings.ReplaceAll(out[i].Condition, old, new)
		out[i].Statement = strings.ReplaceAll(out[i].Statement, old, new)
	}
	return out
}

// appRole is the role of AWS's own example, in the account of that tag.
func appRole(tag string, more ...inventory.Item) roleFixture {
	items := []inventory.Item{
		{Effect: "Allow", Service: "s3", Action: "Get*", ARN: "arn:aws:s3:::app1-accountname/shared/*"},
		{Effect: "Allow", Service: "s3", Action: "List*", ARN: "arn:aws:s3:::app1-accountname/shared/*"},
	}
	items = append(items, more...)
	trust := []inventory.Item{{
		Effect: "Allow", Service: "sts", Action: "AssumeRole", Principal: "ec2.amazonaws.com", PrincipalType: "Service",
	}}
	return roleFixture{
		name: "app1_accountname", path: "/", rawName: "app1_" + tag, rawPath: "/",
		policies: []policyFixture{
			{name: "s3-accountname", rawName: "s3-" + tag, kind: inventory.Inline, items: items, raw: rename(items, "accountname", tag)},
			{kind: inventory.Trust, items: trust},
		},
	}
}

// hostileRole has what AWS allows and no screen or spreadsheet should act
// upon.
func hostileRole(tag, path string) roleFixture {
	return roleFixture{
		name: "=cmd,@x", path: path, rawName: "=cmd,@x", rawPath: path,
		policies: []policyFixture{{
			name: "+p", rawName: "+p", kind: inventory.Inline, items: []inventory.Item{
				{
					Effect: "Deny", Service: "s3", Action: "*", ARN: "arn:aws:s3:::\u009b31m" + tag, Negated: "NotAction",
					Condition: `{"StringLike":{"aws:PrincipalTag/a;b":["\u0000","\\u{1B}"]}}`,
					Statement: `{"NotAction":["s3:get*"]}`, Note: "unknown action",
				},
			},
		}},
	}
}

func plainRole(name, path string, items ...inventory.Item) roleFixture {
	return roleFixture{
		name: name, path: path, rawName: name, rawPath: path,
		attributes: []normalize.Attribute{
			{Kind: normalize.KindPath, Value: path, RawValue: path},
			{Kind: normalize.KindDescription, Unknown: true},
		},
		policies: []policyFixture{{
			name: "Reader", rawName: "Reader", arn: "arn:aws:iam::aws:policy/Reader", kind: inventory.Managed, items: items,
		}},
	}
}

// sample is Changes with something of everything.
func sample() *diff.Changes {
	read := inventory.Item{Effect: "Allow", Service: "ec2", Action: "Describe*", ARN: "*"}
	a := account("dev", "account-1", "111111111111",
		hostileRole("dev", "/-a/"),
		appRole("dev"),
		plainRole("AwsSecurityAudit", "/", read),
		plainRole("AWSServiceRoleForSupport", "/aws-service-role/support.amazonaws.com/", read),
		plainRole("only-in-dev", "/team/", read),
	)
	b := account("qa", "baseline/qa", "222222222222",
		hostileRole("qa", "/b/"),
		appRole("qa",
			inventory.Item{Effect: "Allow", Service: "s3", Action: "PutObject", ARN: "arn:aws:s3:::app1-accountname/shared/*"},
			inventory.Item{Effect: "Allow", Service: "s3", Action: "PutObject", ARN: "arn:aws:s3:::logs-111111111111/*"},
		),
		plainRole("AwsSecurityAudit", "/", read),
	)
	b.Flat.Alias = "company-qa"
	b.Rewrites = []normalize.Rewrite{{Field: normalize.FieldRoleName, Before: "app1_qa", After: "app1_accountname"}}
	c := changes(a, b)
	c.Common[0].Attributes = []diff.AttributeChange{
		{Kind: normalize.KindPath, A: diff.AttributeValue{Has: true, Value: "/-a/", Raw: "/-a/"}, B: diff.AttributeValue{Has: true, Value: "/b/", Raw: "/b/"}},
		{Kind: normalize.KindTag, Key: "=owner", A: diff.AttributeValue{
			Has: true, Value: "\x1b]0;x\x07", RawKey: "=owner", Raw: "\x1b]0;x\x07",
			Names: []normalize.Named{{Value: "222222222222", Owner: "qa", Expected: "111111111111"}, {Value: "qa", Owner: "qa"}},
		}},
		{Kind: normalize.KindDescription, B: diff.AttributeValue{Has: true, Value: "two\nlines", Raw: "two\nlines"}},
	}
	audit := &c.Common[2]
	audit.Masked = []diff.Masked{{Value: "team", Reason: "the value belongs to no known account"}}
	gap := inventory.Gap{
		Account: "qa", Kind: "parse", Entity: "role", Name: "AwsSecurityAudit", Part: "boundary", Blind: true,
		Reason: "line 1, column 2: found end of text", Raw: "{\xff\n",
	}
	audit.Blind = []inventory.Gap{gap}
	c.Gaps = []inventory.Gap{{Account: "dev", Kind: "read", Entity: "user", Name: "bob", Reason: "access denied"}, gap}
	c.Notes = []string{"dev: the account's alias could not be read", "not compared: =\x1b[31m"}
	c.Ignored = []normalize.Kind{normalize.KindMaxSessionDuration}
	return c
}

// empty is Changes of two accounts without roles.
func empty() *diff.Changes {
	return changes(account("dev", "dev", "111111111111"), account("qa", "qa", ""))
}

// oneSided is Changes of an account with roles and one without any.
func oneSided() *diff.Changes {
	c := sample()
	return changes(c.A, account("qa", "qa", "222222222222"))
}

// swapped is the same Changes seen from the other side.
func swapped(c *diff.Changes) *diff.Changes {
	s := &diff.Changes{
		A: c.B, B: c.A, OnlyA: c.OnlyB, OnlyB: c.OnlyA, Gaps: c.Gaps, Notes: c.Notes, Ignored: c.Ignored,
	}
	for _, p := range c.Common {
		q := diff.Pair{Name: p.Name, A: p.B, B: p.A, OnlyA: p.OnlyB, OnlyB: p.OnlyA, Blind: p.Blind}
		for _, a := range p.Attributes {
			a.A, a.B = a.B, a.A
			q.Attributes = append(q.Attributes, a)
		}
		for _, m := range p.Masked {
			m.A, m.B = m.B, m.A
			q.Masked = append(q.Masked, m)
		}
		s.Common = append(s.Common, q)
	}
	return s
}

func names() Names {
	n, err := NewNames([2]string{"dev", "qa"}, [2]string{"account-1", "qa"})
	if err != nil {
		panic(err)
	}
	return n
}
