package resulttest

import (
	"iamctl/diff"
	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/normalize/weigh"
)

// AppRole is the role of AWS's own example, in the account of that tag.
func AppRole(tag string, more ...inventory.Item) Role {
	items := []inventory.Item{
		{Effect: "Allow", Service: "s3", Action: "Get*", ARN: "arn:aws:s3:::app1-accountname/shared/*"},
		{Effect: "Allow", Service: "s3", Action: "List*", ARN: "arn:aws:s3:::app1-accountname/shared/*"},
	}
	items = append(items, more...)
	trust := []inventory.Item{{
		Effect: "Allow", Service: "sts", Action: "AssumeRole", Principal: "ec2.amazonaws.com", PrincipalType: "Service",
	}}
	return Role{
		Name: "app1_accountname", Path: "/", RawName: "app1_" + tag, RawPath: "/",
		Policies: []Policy{
			{Name: "s3-accountname", RawName: "s3-" + tag, Kind: inventory.Inline, Items: items, Raw: rename(items, "accountname", tag)},
			{Kind: inventory.Trust, Items: trust},
		},
	}
}

// HostileRole has what AWS allows and no screen or spreadsheet should act
// upon.
func HostileRole(tag, path string) Role {
	return Role{
		Name: "=cmd,@x", Path: path, RawName: "=cmd,@x", RawPath: path,
		Policies: []Policy{{
			Name: "+p", RawName: "+p", Kind: inventory.Inline, Items: []inventory.Item{
				{
					Effect: "Deny", Service: "s3", Action: "*", ARN: "arn:aws:s3:::\u009b31m" + tag, Negated: "NotAction",
					Condition: `{"StringLike":{"aws:PrincipalTag/a;b":["\u0000","\\u{1B}"]}}`,
					Statement: `{"NotAction":["s3:get*"]}`, Note: "unknown action",
				},
			},
		}},
	}
}

// PlainRole has one managed policy.
func PlainRole(name, path string, items ...inventory.Item) Role {
	return Role{
		Name: name, Path: path, RawName: name, RawPath: path,
		Attributes: []normalize.Attribute{
			{Kind: normalize.KindPath, Value: path, RawValue: path},
			{Kind: normalize.KindDescription, Unknown: true},
		},
		Policies: []Policy{{
			Name: "Reader", RawName: "Reader", ARN: "arn:aws:iam::aws:policy/Reader", Kind: inventory.Managed, Items: items,
		}},
	}
}

// Sample is Changes with something of everything.
func Sample() *diff.Changes {
	read := inventory.Item{Effect: "Allow", Service: "ec2", Action: "Describe*", ARN: "*"}
	a := Account("dev", "account-1", "111111111111",
		HostileRole("dev", "/-a/"),
		AppRole("dev"),
		PlainRole("AwsSecurityAudit", "/", read),
		PlainRole("AWSServiceRoleForSupport", "/aws-service-role/support.amazonaws.com/", read),
		PlainRole("only-in-dev", "/team/", read),
	)
	b := Account("qa", "baseline/qa", "222222222222",
		HostileRole("qa", "/b/"),
		AppRole("qa",
			inventory.Item{Effect: "Allow", Service: "s3", Action: "PutObject", ARN: "arn:aws:s3:::app1-accountname/shared/*"},
			inventory.Item{Effect: "Allow", Service: "s3", Action: "PutObject", ARN: "arn:aws:s3:::logs-111111111111/*"},
		),
		PlainRole("AwsSecurityAudit", "/", read),
	)
	b.Flat.Alias = "company-qa"
	b.Rewrites = []normalize.Rewrite{{Field: normalize.FieldRoleName, Before: "app1_qa", After: "app1_accountname"}}
	c := Changes(a, b)
	c.Common[0].Attributes = []diff.AttributeChange{
		{Kind: normalize.KindPath, A: diff.AttributeValue{Has: true, Value: "/-a/", Raw: "/-a/"}, B: diff.AttributeValue{Has: true, Value: "/b/", Raw: "/b/"}},
		{Kind: normalize.KindTag, Key: "=owner", A: diff.AttributeValue{
			Has: true, Value: "\x1b]0;x\x07", RawKey: "=owner", Raw: "\x1b]0;x\x07",
			Names: []normalize.Named{{Value: "222222222222", Owner: "qa", Expected: "111111111111"}, {Value: "qa", Owner: "qa"}},
		}},
		{Kind: normalize.KindDescription, B: diff.AttributeValue{Has: true, Value: "two\nlines", Raw: "two\nlines"}},
	}
	impossible(&c.Common[1])
	c.PairsAlone = pairsAlone(c.OnlyA[0])
	audit := &c.Common[2]
	audit.Masked = []diff.Masked{{Value: "team", Reason: "the value belongs to no known account"}}
	audit.MaskedTexts = []diff.MaskedText{{
		Kind: normalize.KindTag, Key: "=k", Text: "v\x1b", RawKey: [2]string{"=k", "=k"}, Raw: [2]string{"red", "@green"},
		Value: "red", Reason: "the value belongs to no known account",
	}}
	gap := inventory.Gap{
		Account: "qa", Kind: "parse", Entity: "role", Name: "AwsSecurityAudit", Part: "boundary", Blind: true,
		Reason: "line 1, column 2: found end of text", Raw: "{\xff\n",
	}
	audit.Blind = []inventory.Gap{gap}
	c.Gaps = []inventory.Gap{{Account: "dev", Kind: "read", Entity: "user", Name: "bob", Reason: "access denied"}, gap}
	c.Notes = []string{"dev: the account's alias could not be read", "not compared: =\x1b[31m"}
	c.Ignored = []normalize.Kind{normalize.KindMaxSessionDuration}
	c.Weights = []weigh.Weight{
		{Entry: weigh.OwnIDs, Placeholder: "000000000000", Items: 1},
		{Entry: 0, Placeholder: "=account\x1bname", Items: 2, Attributes: 1, Names: 2},
		{Entry: 2, Placeholder: "team"},
	}
	return c
}

// impossible adds pairs that the reference calls impossible to a pair of roles.
func impossible(p *diff.Pair) {
	p.MaskedPairs = []diff.MaskedPair{{Value: "team", Reason: "the value belongs to no known account"}}
	for i := range p.A.Policies[0].Items.Resources {
		p.ImpossibleA = append(p.ImpossibleA, diff.Impossible{Resource: uint32(i)})
	}
	p.ImpossibleB = []diff.Impossible{{}}
	for side := range 2 {
		p.Role(side).Policies[0].Items.Patterns = []inventory.Pattern{{Action: inventory.Action{Service: "s3", Name: "List*"}}}
		t := p.Role(side).Policies[0].Before
		t.Written = []inventory.Written{{Patterns: []uint32{0}, Principals: []uint32{0}}}
		for i := range t.Resources {
			t.Written[0].Resources = append(t.Written[0].Resources, uint32(i))
		}
	}
}

// pairsAlone returns a pair that the reference calls impossible of a role of one
// account alone.
func pairsAlone(r *normalize.Role) map[*normalize.Role][]diff.Impossible {
	t := r.Policies[0].Items
	t.Patterns = []inventory.Pattern{{Action: inventory.Action{Service: "s3", Name: "List*"}}}
	t.Written = []inventory.Written{{Patterns: []uint32{0}, Resources: []uint32{0}, Principals: []uint32{0}}}
	return map[*normalize.Role][]diff.Impossible{r: {{}}}
}

// Empty is Changes of two accounts without roles.
func Empty() *diff.Changes {
	return Changes(Account("dev", "dev", "111111111111"), Account("qa", "qa", ""))
}

// OneSided is Changes of an account with roles and one without any.
func OneSided() *diff.Changes {
	c := Sample()
	return Changes(c.A, Account("qa", "qa", "222222222222"))
}

// Swapped is the same Changes seen from the other side.
func Swapped(c *diff.Changes) *diff.Changes {
	s := &diff.Changes{
		A: c.B, B: c.A, OnlyA: c.OnlyB, OnlyB: c.OnlyA, Gaps: c.Gaps, Notes: c.Notes, Ignored: c.Ignored, Weights: c.Weights, PairsAlone: c.PairsAlone,
	}
	for _, x := range c.Excluded {
		x.Roles[0], x.Roles[1] = x.Roles[1], x.Roles[0]
		s.Excluded = append(s.Excluded, x)
	}
	for _, p := range c.Common {
		q := diff.Pair{Name: p.Name, A: p.B, B: p.A, OnlyA: p.OnlyB, OnlyB: p.OnlyA, ImpossibleA: p.ImpossibleB, ImpossibleB: p.ImpossibleA, Blind: p.Blind}
		for _, a := range p.Attributes {
			a.A, a.B = a.B, a.A
			q.Attributes = append(q.Attributes, a)
		}
		for _, m := range p.Masked {
			m.A, m.B = m.B, m.A
			q.Masked = append(q.Masked, m)
		}
		for _, m := range p.MaskedPairs {
			m.A, m.B = m.B, m.A
			q.MaskedPairs = append(q.MaskedPairs, m)
		}
		for _, m := range p.MaskedTexts {
			m.RawKey[0], m.RawKey[1], m.Raw[0], m.Raw[1] = m.RawKey[1], m.RawKey[0], m.Raw[1], m.Raw[0]
			q.MaskedTexts = append(q.MaskedTexts, m)
		}
		s.Common = append(s.Common, q)
	}
	for _, x := range c.AWSChanges {
		y := diff.AWSChange{Name: x.Name, ARN: x.ARN, Versions: [2]string{x.Versions[1], x.Versions[0]}, OnlyA: x.OnlyB, OnlyB: x.OnlyA}
		for _, h := range x.Holders {
			y.Holders = append(y.Holders, diff.AWSHolder{A: h.B, B: h.A, Type: h.Type})
		}
		s.AWSChanges = append(s.AWSChanges, y)
	}
	return s
}
