package sourcetest

import (
	"fmt"
	"strings"
	"time"

	"iamctl/inventory"
)

// fixture is an account that a source must return as it was.
type fixture struct {
	name string
	// needs are the fields without which the account makes no sense.
	needs   []Field
	account func() *inventory.Account
}

func (c *contract) fixtures() []fixture {
	return []fixture{
		{"everything", nil, everything},
		{"nothing in it", []Field{EmptyAccountID}, empty},
		{"plain", nil, plain},
		{"hostile text", nil, hostile},
		{"another partition", nil, gov},
		{"names that clash in file names", nil, clashing},
		{"fields that are not known", []Field{Unknown}, unknown},
		{"gaps and notes", []Field{Gaps}, gaps},
		{fmt.Sprint(c.roles(), " roles"), nil, func() *inventory.Account { return many(c.roles()) }},
	}
}

func plain() *inventory.Account {
	a := account()
	a.Roles = []inventory.Role{role("/", "app")}
	return a
}

// everything has each feature of IAM at least once.
func everything() *inventory.Account {
	a := account()
	boundary := customer("/limits/", "only-a-boundary", `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}`)
	team := customer("/", "team", readOnly)
	team.Description, team.DefaultVersion = ptr("What the team may do"), "v3"
	team.Tags = []inventory.Tag{{Key: "owner", Value: "team"}, {Key: "Stage", Value: ""}}
	team.Others = []inventory.PolicyVersion{
		{ID: "v1", Created: created, Document: `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}`},
		{ID: "v2", Created: created.AddDate(0, 1, 0), Document: readOnly},
		{ID: "v10", Created: created.AddDate(0, 2, 0), Document: `not JSON + 100%`},
	}
	audit := managed("/", "SecurityAudit")
	linked := managed("/aws-service-role/", "AutoScalingServiceRolePolicy")
	a.Policies = []inventory.Policy{boundary, team, audit, linked}

	app := role("/", "app")
	app.Inline = []inventory.InlinePolicy{{Name: "read", Document: readOnly}, {Name: "Write", Document: `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:PutObject","Resource":"arn:aws:s3:::app/*"}]}`}}
	app.Attached = []inventory.PolicyRef{ref(team), ref(audit)}
	app.Boundary = ptr(ref(boundary))
	app.Tags = []inventory.Tag{{Key: "a", Value: "1"}, {Key: "b", Value: ""}}
	app.InstanceProfiles = []inventory.InstanceProfile{{Name: "app", ARN: arn("instance-profile", "/x/", "app"), Path: "/x/"}}
	app.MaxSessionDuration = ptr(int32(43200))
	app.LastUsed = &inventory.LastUse{At: created.AddDate(1, 2, 3), Region: "eu-west-1"}
	quiet := role("/team/sub/", "quiet")
	quiet.Description = ptr("")
	service := role("/aws-service-role/autoscaling.amazonaws.com/", "AWSServiceRoleForAutoScaling")
	service.Attached = []inventory.PolicyRef{ref(linked)}
	service.Trust = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"autoscaling.amazonaws.com"},"Action":"sts:AssumeRole"}]}`
	a.Roles = []inventory.Role{app, quiet, service}

	a.Users = []inventory.User{
		{
			Name: "ann", ID: id("AIDA", "ann"), ARN: arn("user", "/people/", "ann"), Path: "/people/", Created: created.AddDate(-1, 0, 0),
			Inline:   []inventory.InlinePolicy{{Name: "own", Document: readOnly}},
			Attached: []inventory.PolicyRef{ref(team)}, Boundary: ptr(ref(boundary)),
			Groups: []string{"admins", "readers"}, Tags: []inventory.Tag{{Key: "k", Value: "v"}},
		},
		{Name: "bob", ID: id("AIDA", "bob"), ARN: arn("user", "/", "bob"), Path: "/", Created: created},
	}
	a.Groups = []inventory.Group{
		{
			Name: "admins", ID: id("AGPA", "admins"), ARN: arn("group", "/", "admins"), Path: "/", Created: created,
			Inline: []inventory.InlinePolicy{{Name: "all", Document: readOnly}}, Attached: []inventory.PolicyRef{ref(audit), ref(team)},
		},
		{Name: "readers", ID: id("AGPA", "readers"), ARN: arn("group", "/g/", "readers"), Path: "/g/", Created: created},
	}
	return a
}

// hostile has text that programs stumble over, as far as IAM allows it.
func hostile() *inventory.Account {
	a := account()
	documents := []string{
		`{"Version":"2012-10-17","Statement":[{"Sid":"a+b%41 %2B","Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::x/${aws:username}/*"}]}`,
		"{\n  \"Version\" : \"2012-10-17\",\r\n\t\"Statement\" : [ ]\n}\n",
		`{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"NumericLessThan":{"s3:max-keys":12345678901234567890.12345678901234567890}}}]}`,
		`{"Statement":[{"Effect":"Allow","Effect":"Deny","Action":"s3:*","Resource":"*"}]}`,
		`{"Statement":[{"Effect":"Allow","Action":["s3:a","s3:A","s3:a"],"Resource":["z","ä","\u00e4","a"]}]}`,
		"{\"Statement\":[{\"Sid\":\"\u0085\u009b31m\u00a0ÿ\",\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}]}",
		`{"Statement":[{"Sid":"\u0000\u001b[2J\u2028\ud83d\ude00","Effect":"Allow","Action":"s3:*","Resource":"*"}]}`,
		`{"Statement":[{"Sid":"<script>&amp;'\"\\/","Effect":"Allow","Action":"s3:*","Resource":"*"}]}`,
		`no JSON at all, 100% + more`,
		`["a list"]`,
		`{"Statement":`,
		`"{}"`,
		`null`,
	}
	for i, d := range documents {
		r := role("/", fmt.Sprintf("doc-%02d", i))
		r.Trust = inventory.Document(d)
		r.Inline = []inventory.InlinePolicy{{Name: "p", Document: inventory.Document(d)}}
		a.Roles = append(a.Roles, r)
		a.Policies = append(a.Policies, customer("/", fmt.Sprintf("doc-%02d", i), d))
	}
	r := role("/!\"#$%&'()*;<>?[]^`{|}~/..//", "=+,.@-_")
	r.Description = ptr("tab\t, line\n, quotes \"'`, <b>&amp;</b>, \u00a1\u00ff, =cmd|' /C calc'!A0")
	r.Tags = []inventory.Tag{{Key: "=1+1", Value: "ü, 日本, \u00a0"}, {Key: "aws:cloudformation:stack-name", Value: "a/b"}}
	a.Roles = append(a.Roles, r, role("/", "-rf"), role("/", ".."), role("/", "con"), role("/", strings.Repeat("x", 64)))
	return a
}

func gov() *inventory.Account {
	a := everything()
	a.Partition = "aws-us-gov"
	fix := func(s *string) { *s = strings.Replace(*s, "arn:aws:", "arn:aws-us-gov:", 1) }
	refs := func(list []inventory.PolicyRef, boundary *inventory.PolicyRef) {
		for i := range list {
			fix(&list[i].ARN)
		}
		if boundary != nil {
			fix(&boundary.ARN)
		}
	}
	for i := range a.Roles {
		r := &a.Roles[i]
		fix(&r.ARN)
		refs(r.Attached, r.Boundary)
		for j := range r.InstanceProfiles {
			fix(&r.InstanceProfiles[j].ARN)
		}
	}
	for i := range a.Users {
		fix(&a.Users[i].ARN)
		refs(a.Users[i].Attached, a.Users[i].Boundary)
	}
	for i := range a.Groups {
		fix(&a.Groups[i].ARN)
		refs(a.Groups[i].Attached, nil)
	}
	for i := range a.Policies {
		fix(&a.Policies[i].ARN)
	}
	return a
}

// clashing has one name in every namespace of IAM, and one policy name in
// AWS's hands and in the customer's.
func clashing() *inventory.Account {
	a := account()
	r := role("/", "same")
	a.Policies = []inventory.Policy{customer("/", "same", readOnly), managed("/", "same"), managed("/service-role/", "Same")}
	for _, p := range a.Policies {
		r.Attached = append(r.Attached, ref(p))
	}
	a.Roles = []inventory.Role{r}
	a.Users = []inventory.User{{Name: "same", ID: id("AIDA", "same"), ARN: arn("user", "/", "same"), Path: "/", Created: created}}
	a.Groups = []inventory.Group{{Name: "same", ID: id("AGPA", "same"), ARN: arn("group", "/", "same"), Path: "/", Created: created}}
	return a
}

func unknown() *inventory.Account {
	a := account()
	a.Alias = ""
	none := role("/", "none")
	none.Description, none.MaxSessionDuration, none.ID, none.InstanceProfiles, none.LastUsed, none.Created = nil, nil, "", nil, nil, time.Time{}
	zero := role("/", "zero")
	zero.Description, zero.MaxSessionDuration = ptr(""), ptr(int32(0))
	dark := role("/", "dark")
	dark.Trust, dark.Inline = "", []inventory.InlinePolicy{{Name: "p"}}
	a.Roles = []inventory.Role{dark, none, zero}
	p := customer("/", "p", "")
	p.Others, p.Created = nil, time.Time{}
	q := customer("/", "q", readOnly)
	q.Others = []inventory.PolicyVersion{{ID: "v2"}}
	q.Description = ptr("")
	a.Policies = []inventory.Policy{p, q}
	return a
}

func gaps() *inventory.Account {
	a := plain()
	a.Notes = []string{"a note\nof two lines", "the alias is not known"}
	a.Gaps = []inventory.Gap{
		{Kind: inventory.GapRead, Entity: inventory.EntityAccount, Blind: true, Reason: "denied"},
		{Account: "dev", Kind: inventory.GapParse, Entity: inventory.EntityRole, Name: "app", Part: inventory.PartInline, PolicyName: "p", Reason: "not JSON", Raw: "a\x00\xff<\u2028"},
		{Kind: inventory.GapRead, Entity: inventory.EntityPolicy, Name: "arn:aws:iam::aws:policy/X", Blind: true, Reason: "throttled"},
	}
	return a
}

// roles are more than a page of IAM's API has, or at least more than a source
// has at work at a time.
func (c *contract) roles() int {
	if c.lacks(Pages) {
		return 200
	}
	return 1200
}

func many(roles int) *inventory.Account {
	a := account()
	team := customer("/", "team", readOnly)
	a.Policies = []inventory.Policy{team, managed("/", "ReadOnlyAccess")}
	for i := range roles {
		r := role(fmt.Sprintf("/team%d/", i%7), fmt.Sprintf("role-%04d", i*7919%roles))
		if i%3 == 0 {
			r.Attached = []inventory.PolicyRef{ref(a.Policies[i%2])}
		}
		if i%5 == 0 {
			r.Inline = []inventory.InlinePolicy{{Name: "p", Document: readOnly}}
		}
		a.Roles = append(a.Roles, r)
	}
	return a
}
