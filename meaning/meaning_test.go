package meaning_test

import (
	"fmt"
	"strings"
	"testing"

	"iamctl/diff"
	"iamctl/equivalency"
	"iamctl/extract/flatten"
	"iamctl/inventory"
	"iamctl/meaning"
	"iamctl/normalize"
	"iamctl/reference"
	"iamctl/verdict"
	"iamctl/verdict/severity"
)

var ids = [2]string{"111111111111", "222222222222"}

// world is two accounts with a role each.
type world struct {
	identity, boundary, trust string // statements
}

const ec2Trust = `{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}`

func document(statements string) inventory.Document {
	return inventory.Document(`{"Version":"2012-10-17","Statement":[` + statements + `]}`)
}

func (w world) account(side int) *inventory.Account {
	id := ids[side]
	r := inventory.Role{Name: "app", ARN: "arn:aws:iam::" + id + ":role/app", Path: "/", Trust: document(w.trust)}
	if w.trust == "" {
		r.Trust = document(ec2Trust)
	}
	a := &inventory.Account{ID: id, Partition: "aws"}
	for i, statements := range strings.Split(w.identity, "#") {
		if statements != "" {
			r.Inline = append(r.Inline, inventory.InlinePolicy{Name: fmt.Sprintf("p%d", i), Document: document(statements)})
		}
	}
	if w.boundary != "" {
		arn := "arn:aws:iam::" + id + ":policy/limit"
		r.Boundary = &inventory.PolicyRef{Name: "limit", ARN: arn}
		a.Policies = []inventory.Policy{{Name: "limit", ARN: arn, Path: "/", DefaultVersion: "v1", Document: document(w.boundary)}}
	}
	a.Roles = []inventory.Role{r}
	return a
}

// words is a dictionary of dev and qa and of two values that one account has for one.
var words = &equivalency.Dictionary{Entries: []equivalency.Entry{
	{Placeholder: "accountname", Values: []equivalency.Value{{Account: "dev", Text: "dev"}, {Account: "qa", Text: "qa"}}},
	{Placeholder: "CREW", Values: []equivalency.Value{{Account: "dev", Text: "team-red"}, {Account: "dev", Text: "crimson"}, {Account: "qa", Text: "team-blue"}}},
	{Placeholder: "office", Values: []equivalency.Value{{Account: "dev", Text: "10.1.0.0/16"}, {Account: "qa", Text: "10.2.0.0/16"}}},
}}

// changes compares the accounts of two worlds, dev's and qa's.
func changes(t testing.TB, d *equivalency.Dictionary, a, b world) *diff.Changes {
	t.Helper()
	return diff.Compare(normalized(t, d, 0, a), normalized(t, d, 1, b), diff.Options{})
}

// normalized returns the account of a side, which is compared with the other.
func normalized(t testing.TB, d *equivalency.Dictionary, side int, w world) *normalize.Account {
	t.Helper()
	identities := [2]equivalency.Identity{{Tag: "dev", ID: ids[0], Partition: "aws"}, {Tag: "qa", ID: ids[1], Partition: "aws"}}
	rules, err := d.Rules(identities[side], identities[1-side])
	if err != nil {
		t.Fatal(err)
	}
	account, err := normalize.Apply(flatten.Account(w.account(side), reference.Embedded()), identities[side], rules)
	if err != nil {
		t.Fatal(err)
	}
	return account
}

func meant(t testing.TB, a, b world) *meaning.Meaning {
	t.Helper()
	c := changes(t, words, a, b)
	return meaning.NewJudge(c, nil).Pair(&c.Common[0])
}

func allow(action, resource string) string {
	return fmt.Sprintf(`{"Effect":"Allow","Action":"%s","Resource":"%s"}`, action, resource)
}

func deny(action, resource string) string {
	return strings.Replace(allow(action, resource), "Allow", "Deny", 1)
}

// tagged is a role that may do something if whoever asks has a tag.
func tagged(key, actions string) world {
	return world{identity: `{"Effect":"Allow","Action":` + actions + `,"Resource":"*","Condition":{"StringEquals":{"aws:PrincipalTag/` + key + `":"x"}}}`}
}

func TestIdentity(t *testing.T) {
	const everything = `{"Effect":"Allow","Action":"*","Resource":"*"}`
	for _, tt := range []struct {
		dev, qa  world
		want     verdict.Verdict
		level    severity.Level
		resource string // of the last witness
		reason   string
	}{
		{world{identity: allow("s3:GetObject", "arn:aws:s3:::app-dev/*")}, world{identity: allow("s3:GetObject", "arn:aws:s3:::app-qa/*")}, "EQUAL", "none", "", "names that are meant to differ"},
		{world{identity: allow("s3:GetObject", "arn:aws:s3:::app-dev/*")}, world{identity: allow("s3:GetObject", "arn:aws:s3:::app-dev/*")}, "DIFFERENT", "high", "arn:aws:s3:::app-dev/x", "qa reads what is dev's"},
		{world{identity: allow("s3:GetObject", "arn:aws:s3:::app-qa/*")}, world{identity: allow("s3:GetObject", "arn:aws:s3:::app-dev/*")}, "DIFFERENT", "high", "arn:aws:s3:::app-dev/x", "each reads what is the other's"},
		{world{identity: allow("s3:GetObject", "arn:aws:s3:::app-dev/*")}, world{identity: allow("s3:*Object", "arn:aws:s3:::app-qa/*")}, "MORE", "medium", "arn:aws:s3:::app-qa/x", "a witness in the names of qa"},
		{world{identity: allow("sqs:SendMessage", "arn:aws:sqs:eu-west-1:111111111111:q")}, world{identity: allow("sqs:*Message", "arn:aws:sqs:eu-west-1:222222222222:q")}, "MORE", "medium", "arn:aws:sqs:eu-west-1:222222222222:q", "the account's own id"},
		{world{identity: allow("sqs:SendMessage", "arn:aws:sqs:eu-west-1:111111111111:q")}, world{identity: allow("sqs:SendMessage", "arn:aws:sqs:eu-west-1:111111111111:q")}, "DIFFERENT", "high", "arn:aws:sqs:eu-west-1:111111111111:q", "qa sends to dev's queue"},
		{world{identity: allow("s3:GetObject", "arn:aws:s3:::app-dev/*")}, world{}, "LESS", "low", "arn:aws:s3:::app-dev/x", "no policy at all"},
		{world{identity: everything, boundary: `{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}`}, world{identity: everything}, "MORE", "critical", "arn:aws:iam::222222222222:user/x", "the boundary is lost, and an administrator gained"},
		{world{identity: allow("s3:GetObject", "*"), boundary: everything}, world{identity: allow("s3:GetObject", "*")}, "EQUAL", "critical", "", "a boundary is lost that limited nothing"},
		{world{identity: allow("s3:GetObject", "*")}, world{identity: allow("s3:GetObject", "*"), boundary: everything}, "EQUAL", "none", "", "a boundary that limits nothing"},
		{world{identity: allow("s3:GetObject", "arn:aws:s3:::team-red/*")}, world{identity: allow("s3:GetObject", "arn:aws:s3:::team-blue/*") + "," + allow("s3:PutObject", "arn:aws:s3:::team-blue/*")}, "MORE", "medium", "arn:aws:s3:::team-blue/x", "one of two values"},
		{world{identity: allow("s3:GetObject", "arn:aws:s3:::crimson/*")}, world{identity: allow("s3:PutObject", "arn:aws:s3:::team-blue/*")}, "DIFFERENT", "medium", "arn:aws:s3:::team-blue/x", "the other of two values"},
		{
			world{identity: allow("s3:GetObject", "arn:aws:s3:::app-dev/*") + "," + deny("s3:GetObject", "arn:aws:s3:::app-d*")},
			world{identity: allow("s3:GetObject", "arn:aws:s3:::app-qa/*") + "," + deny("s3:GetObject", "arn:aws:s3:::app-d*") + "," + allow("s3:PutObject", "*")},
			"UNKNOWN", "high", "", "a Deny that meets the name of dev alone",
		},
		{
			world{identity: allow("s3:GetObject", "arn:aws:s3:::app-dev/*"), boundary: allow("s3:*", "arn:aws:s3:::app-d*")},
			world{identity: allow("s3:GetObject", "arn:aws:s3:::app-qa/*") + "," + allow("s3:PutObject", "*"), boundary: allow("s3:*", "arn:aws:s3:::app-d*")},
			"UNKNOWN", "high", "", "a boundary that meets the name of dev alone",
		},
		{
			world{identity: `{"Effect":"Allow","Action":"s3:GetObject","Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":"10.1.0.0/16"}}}`},
			world{identity: `{"Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],"Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":"10.2.0.0/16"}}}`},
			"MORE", "medium", "arn:aws:s3:::x/x", "addresses that are meant to differ",
		},
		{tagged("dev", `"s3:GetObject"`), tagged("qa", `"s3:GetObject"`), "EQUAL", "none", "", "keys of conditions that are meant to differ"},
		{tagged("dev", `"s3:GetObject"`), tagged("qa", `["s3:GetObject","s3:PutObject"]`), "MORE", "medium", "arn:aws:s3:::x/x", "more under such a key"},
		{tagged("dev", `"s3:GetObject"`), tagged("team-blue", `"s3:GetObject"`), "DIFFERENT", "high", "arn:aws:s3:::x/x", "keys that stand for something else"},
		{world{identity: allow("s3:Fooled", `\udb80\udc00`)}, world{identity: allow("s3:GetObject", "*")}, "UNKNOWN", "high", "", "such a text in disguise"},
		{world{identity: allow("s3:Fooled", "\U000F0000")}, world{identity: allow("s3:GetObject", "*")}, "UNKNOWN", "high", "", "a text that could be taken for a token"},
	} {
		s := meant(t, tt.dev, tt.qa).Identity
		if s.Verdict != tt.want || s.Level != tt.level {
			t.Errorf("%s: %s %s: %s (%s), want %s %s", tt.reason, s.Verdict, s.Level, s.Kind, s.Reason, tt.want, tt.level)
			continue
		}
		if (tt.resource != "") != (len(s.Witnesses) > 0) || tt.resource != "" && s.Witnesses[len(s.Witnesses)-1].Request.Resource != tt.resource {
			t.Errorf("%s: witnesses %+v, want one on %s", tt.reason, s.Witnesses, tt.resource)
		}
	}
}

func TestForms(t *testing.T) {
	one, two := allow("s3:GetObject", "*"), allow("s3:PutObject", "*")
	for _, tt := range []struct{ dev, qa, want string }{
		{one + "," + two, two + "," + one, ""},
		{one + "," + two, one + "#" + two, "no change in permission: its statements are in other policies"},
		{one, `{"Effect":"Allow","Action":["s3:GetObject","s3:getobject"],"Resource":["*"]}`, ""},
		{one + "," + two, `{"Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],"Resource":"*"}`, "no change in permission: spelled differently"},
		{one, "#" + one, "no change in permission: the policy p0 is called p1"},
	} {
		if s := meant(t, world{identity: tt.dev}, world{identity: tt.qa}).Identity; s.Verdict != verdict.Equal || s.Kind != tt.want {
			t.Errorf("%s and %s: %s %q, want EQUAL %q", tt.dev, tt.qa, s.Verdict, s.Kind, tt.want)
		}
	}
}

func TestTrust(t *testing.T) {
	trusts := func(principal string) world {
		return world{trust: `{"Effect":"Allow","Principal":` + principal + `,"Action":"sts:AssumeRole"}`}
	}
	for _, tt := range []struct {
		dev, qa   world
		want      verdict.Verdict
		level     severity.Level
		principal string // of the last witness
		reason    string
	}{
		{trusts(`{"AWS":"111111111111"}`), trusts(`{"AWS":"arn:aws:iam::222222222222:root"}`), "EQUAL", "none", "", "the own account"},
		{trusts(`{"AWS":"111111111111"}`), trusts(`{"AWS":"111111111111"}`), "DIFFERENT", "critical", "arn:aws:iam::111111111111:role/x", "qa trusts dev"},
		{trusts(`{"AWS":"arn:aws:iam::111111111111:role/ci-dev"}`), trusts(`{"AWS":["arn:aws:iam::222222222222:role/ci-qa","arn:aws:iam::222222222222:role/x"]}`), "MORE", "high", "arn:aws:iam::222222222222:role/x", "one role more"},
		{trusts(`{"Service":"ec2.amazonaws.com"}`), trusts(`"*"`), "MORE", "critical", "", "everyone"},
	} {
		s := meant(t, tt.dev, tt.qa).Trust
		if s.Verdict != tt.want || s.Level != tt.level {
			t.Errorf("%s: %s %s: %s (%s), want %s %s", tt.reason, s.Verdict, s.Level, s.Kind, s.Reason, tt.want, tt.level)
			continue
		}
		if tt.principal != "" && s.Witnesses[len(s.Witnesses)-1].Request.Principal.Value != tt.principal {
			t.Errorf("%s: witnesses %+v, want one of %s", tt.reason, s.Witnesses, tt.principal)
		}
	}
}
