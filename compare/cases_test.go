package compare_test

import (
	"fmt"
	"strings"
	"testing"

	"iamctl/compare"
	"iamctl/equivalency"
	"iamctl/extract/flatten"
	"iamctl/inventory"
	"iamctl/reference"
	"iamctl/result"
)

// The cases hold two accounts that are the same but for one thing. Each is a
// drift that a comparison of flattened rows can miss, or a rewording that it
// can mistake for one.

const (
	devID = "111111111111"
	qaID  = "222222222222"
)

// story is one account of the cases: role app1_ENV with an inline policy, a
// managed one and a boundary.
func story(environment, id string) *inventory.Account {
	description, session := "the app", int32(3600)
	arn := func(kind, name string) string { return "arn:aws:iam::" + id + ":" + kind + "/" + name }
	name := "app1_" + environment
	return &inventory.Account{
		ID: id, Partition: "aws",
		Roles: []inventory.Role{{
			Name: name, ARN: arn("role", name), Path: "/", Description: &description, MaxSessionDuration: &session,
			Trust: allow(`"Principal":{"Service":"ec2.amazonaws.com","AWS":"arn:aws:iam::` + id + `:role/deployer"},"Action":"sts:AssumeRole",
				"Condition":{"StringEquals":{"sts:ExternalId":"abc"},"Bool":{"aws:MultiFactorAuthPresent":"true"},"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}`),
			Inline: []inventory.InlinePolicy{{Name: "s3", Document: allow(
				`"Action":["s3:Get*","sqs:SendMessage","s3:List*"],"Resource":["arn:aws:s3:::app1-` + environment + `","arn:aws:s3:::app1-` + environment + `/shared/*","arn:aws:sqs:eu-west-1:` + id + `:jobs"]`)}},
			Attached: []inventory.PolicyRef{{Name: "Shared", ARN: arn("policy", "Shared")}},
			Boundary: &inventory.PolicyRef{Name: "Edge", ARN: arn("policy", "Edge")},
			Tags:     []inventory.Tag{{Key: "team", Value: "red"}},

			InstanceProfiles: []inventory.InstanceProfile{{Name: name, ARN: arn("instance-profile", name), Path: "/"}},
		}},
		Policies: []inventory.Policy{
			{Name: "Edge", ARN: arn("policy", "Edge"), Path: "/", Document: allow(`"Action":"*","Resource":"*"`)},
			{Name: "Shared", ARN: arn("policy", "Shared"), Path: "/", Document: allow(`"Action":"kms:Decrypt","Resource":"*"`)},
		},
	}
}

func allow(elements string) inventory.Document {
	return document(`{"Effect":"Allow",` + elements + `}`)
}

func document(statements ...string) inventory.Document {
	return inventory.Document(`{"Version":"2012-10-17","Statement":[` + strings.Join(statements, ",") + `]}`)
}

// compareStories compares dev with qa by a dictionary.
func compareStories(t *testing.T, dictionary string, dev, qa *inventory.Account) *result.Result {
	t.Helper()
	return compareTagged(t, dictionary, [2]string{"dev", "qa"}, dev, qa)
}

// compareTagged compares two accounts of those tags.
func compareTagged(t *testing.T, dictionary string, tags [2]string, a, b *inventory.Account) *result.Result {
	t.Helper()
	d, err := equivalency.Parse("equivalency_list.json", []byte(dictionary))
	if err != nil {
		t.Fatal(err)
	}
	ids := [2]equivalency.Identity{
		{Tag: tags[0], Source: tags[0], ID: a.ID, Partition: a.Partition}, {Tag: tags[1], Source: tags[1], ID: b.ID, Partition: b.Partition},
	}
	var flats [2]*inventory.Flat
	for i, account := range []*inventory.Account{a, b} {
		account.Sort()
		flats[i] = flatten.Account(account, reference.Embedded())
	}
	c, err := compare.Changes(t.Context(), ids, flats, nil, compare.Dictionary{Dictionary: d}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return result.New(c, result.Meta{})
}

const storyDictionary = `{"accountname": ["dev", "qa"]}`

// found spells out everything that differs, one line each.
func found(r *result.Result) []string {
	var out []string
	for side, sign := range []string{"-", "+"} {
		for _, u := range *r.UniqueRoles.Of(side) {
			out = append(out, sign+" role "+u.OriginalRoleName)
		}
		for i := range r.CommonRoles {
			for _, it := range r.CommonRoles[i].Only(side).All() {
				line := fmt.Sprintf("%s %s %s %s:%s %s %s %s %s %s", sign, it.PolicyType, it.Effect, it.Service, it.Action,
					it.ARN, it.Principal, it.PrincipalType, it.Negated, it.Condition)
				for _, n := range it.Names {
					line += fmt.Sprintf(" {%s's %s, expected %s}", n.Owner, n.Value, n.Expected)
				}
				out = append(out, line)
			}
		}
	}
	for i := range r.CommonRoles {
		for _, a := range r.CommonRoles[i].Attributes {
			out = append(out, fmt.Sprintf("~ %s %s %q %q", a.Kind, a.Key, a.A.Value, a.B.Value))
		}
	}
	return out
}

func replace(d inventory.Document, old, with string) inventory.Document {
	if !strings.Contains(string(d), old) {
		panic("the case replaces what is not there: " + old)
	}
	return inventory.Document(strings.Replace(string(d), old, with, 1))
}

func TestDriftIsToldApart(t *testing.T) {
	trust := func(old, with string) func(*inventory.Account) {
		return func(a *inventory.Account) { a.Roles[0].Trust = replace(a.Roles[0].Trust, old, with) }
	}
	inline := func(old, with string) func(*inventory.Account) {
		return func(a *inventory.Account) {
			p := &a.Roles[0].Inline[0]
			p.Document = replace(p.Document, old, with)
		}
	}
	number, text := int32(7200), "another app"
	for _, tt := range []struct {
		reason string
		change func(qa *inventory.Account)
		// want is a text that must be among what was found.
		want string
	}{
		{"the role is in no instance profile", func(a *inventory.Account) { a.Roles[0].InstanceProfiles = []inventory.InstanceProfile{} }, "~ instanceprofile"},
		{"the instance profile is another", func(a *inventory.Account) { a.Roles[0].InstanceProfiles[0].ARN += "2" }, "~ instanceprofile"},
		{"the external id is lost", trust(`"StringEquals":{"sts:ExternalId":"abc"},`, ""), "+ trust"},
		{"the external id is another", trust(`"abc"`, `"abd"`), `"sts:externalid":["abd"]`},
		{"MFA is no longer asked for", trust(`"Bool":{"aws:MultiFactorAuthPresent":"true"},`, ""), "+ trust"},
		{"MFA is asked for not to be", trust(`"true"`, `"false"`), "false"},
		{"the source addresses are wider", trust("10.0.0.0/8", "0.0.0.0/0"), "0.0.0.0/0"},
		{"a condition's operator is another", trust("StringEquals", "StringNotEquals"), "StringNotEquals"},
		{"a condition may be missing now", trust(`"Bool"`, `"BoolIfExists"`), "BoolIfExists"},
		{"NotAction in place of Action", inline(`"Action"`, `"NotAction"`), "NotAction"},
		{"NotResource in place of Resource", inline(`"Resource"`, `"NotResource"`), "NotResource"},
		{"Deny in place of Allow", inline(`"Allow"`, `"Deny"`), "Deny"},
		{"another trust action", trust("sts:AssumeRole", "sts:AssumeRoleWithWebIdentity"), "AssumeRoleWithWebIdentity"},
		{"another kind of federation", trust(`"Service":"ec2.amazonaws.com"`, `"Federated":"ec2.amazonaws.com"`), "Federated"},
		{"a trust statement as an object, with more in it", func(a *inventory.Account) {
			a.Roles[0].Trust = inventory.Document(strings.NewReplacer(`"Statement":[`, `"Statement":`, `}]}`, `}}`,
				`"ec2.amazonaws.com"`, `["ec2.amazonaws.com","ecs.amazonaws.com"]`).Replace(string(a.Roles[0].Trust)))
		}, "ecs.amazonaws.com"},
		{"anybody at all may assume the role", func(a *inventory.Account) {
			a.Roles[0].Trust = allow(`"Principal":"*","Action":"sts:AssumeRole"`)
		}, "sts:AssumeRole  * *"},
		{"an action in lower case is added", inline(`"sqs:SendMessage"`, `"sqs:SendMessage","s3:putobject"`), "s3:PutObject"},
		{"an unknown action is added", inline(`"sqs:SendMessage"`, `"sqs:SendMessage","s3:NotYetKnown"`), "s3:NotYetKnown"},
		{"a pattern in place of all actions that match it", inline(`"sqs:SendMessage"`, `"sqs:SendMessag*"`), "~ future inline s3: Allow sqs:SendMessag*"},
		{"an action of an unknown service is added", inline(`"sqs:SendMessage"`, `"sqs:SendMessage","nosuch:Thing"`), "nosuch:Thing"},
		{"*:* is added", inline(`"sqs:SendMessage"`, `"sqs:SendMessage","*:*"`), "*:*"},
		{"an ARN of any partition", inline("arn:aws:s3:::app1-qa/shared/*", "arn:*:s3:::app1-qa/shared/*"), "arn:*:s3"},
		{"an ARN of another partition", inline("arn:aws:s3:::app1-qa/shared/*", "arn:aws-cn:s3:::app1-qa/shared/*"), "arn:aws-cn:s3"},
		{"an ARN of another service than the action's prefix", inline(`"sqs:SendMessage"`, `"sqs:SendMessage","ssm:SendCommand"`), "ssm:SendCommand"},
		{"a resource that none of the actions can use", inline(`"Resource":[`, `"Resource":["arn:aws:sns:::t",`), "arn:aws:sns:::t"},
		{"the 101st inline policy", func(a *inventory.Account) {
			for i := range 101 {
				a.Roles[0].Inline = append(a.Roles[0].Inline, inventory.InlinePolicy{Name: fmt.Sprint("p", i), Document: allow(`"Action":"sns:Publish","Resource":"*"`)})
			}
		}, "inline p100"},
		{"another boundary", func(a *inventory.Account) {
			a.Roles[0].Boundary = &inventory.PolicyRef{Name: "Shared", ARN: "arn:aws:iam::" + qaID + ":policy/Shared"}
		}, "~ boundary"},
		{"a placeholder stands in QA's bucket as it is", inline("app1-qa/shared", "app1-accountname/shared"), "app1-accountname/shared"},
		{"no boundary", func(a *inventory.Account) { a.Roles[0].Boundary = nil }, "~ boundary"},
		{"the boundary's document is another", func(a *inventory.Account) { a.Policies[0].Document = allow(`"Action":"s3:*","Resource":"*"`) }, "+ boundary Allow s3:*"},
		{"the boundary's document allows nothing", func(a *inventory.Account) { a.Policies[0].Document = document() }, "- boundary Allow *:*"},
		{"another tag value", func(a *inventory.Account) { a.Roles[0].Tags[0].Value = "blue" }, "~ tag team"},
		{"another tag key", func(a *inventory.Account) { a.Roles[0].Tags[0].Key = "Team" }, "~ tag Team"},
		{"another session length", func(a *inventory.Account) { a.Roles[0].MaxSessionDuration = &number }, "~ maxsessionduration"},
		{"another description", func(a *inventory.Account) { a.Roles[0].Description = &text }, "~ description"},
		{"another path", func(a *inventory.Account) { a.Roles[0].Path = "/app/" }, "~ path"},
		{"QA points at DEV's bucket", inline("app1-qa/shared", "app1-dev/shared"), "{dev's dev, expected arn:aws:s3:::app1-qa/shared/*}"},
		{"QA trusts DEV's account", trust("arn:aws:iam::"+qaID, "arn:aws:iam::"+devID), "{dev's " + devID + ", expected arn:aws:iam::" + qaID + ":role/deployer}"},
		{"QA trusts DEV's account by its bare id", trust(`"arn:aws:iam::`+qaID+`:role/deployer"`, `["arn:aws:iam::`+qaID+`:role/deployer","`+devID+`"]`), devID + ":root"},
		{"names that only look alike after careless replacement", inline("app1-qa/shared", "app1-qaevil/shared"), "app1-qaevil"},
		{"a role's name that only looks alike", func(a *inventory.Account) { a.Roles[0].Name = "app1_qax" }, "+ role app1_qax"},
		{"a deleted principal", trust("arn:aws:iam::"+qaID+":role/deployer", "AROAEXAMPLEEXAMPLE123"), "AROAEXAMPLEEXAMPLE123"},
		{"a managed policy of AWS's by the same name", func(a *inventory.Account) {
			a.Roles[0].Attached[0].ARN = "arn:aws:iam::aws:policy/Shared"
			a.Policies = append(a.Policies, inventory.Policy{Name: "Shared", ARN: "arn:aws:iam::aws:policy/Shared", Document: a.Policies[1].Document})
		}, "~ policy managed Shared"},
		{"a policy that says nothing is attached", func(a *inventory.Account) {
			a.Roles[0].Inline = append(a.Roles[0].Inline, inventory.InlinePolicy{Name: "empty", Document: document()})
		}, "~ policy inline empty"},
		{"two NotAction statements in place of one allow everything", func(a *inventory.Account) {
			a.Roles[0].Inline[0].Document = document(`{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}`, `{"Effect":"Allow","NotAction":"sts:*","Resource":"*"}`)
		}, "NotAction"},
		{"a variable that is text in the old policy version", inline(`"Resource":[`, `"Resource":["arn:aws:s3:::${$}{aws:userid}",`), "${$}{aws:userid}"},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			dev, qa := story("dev", devID), story("qa", qaID)
			tt.change(qa)
			c := compareStories(t, storyDictionary, dev, qa)
			got := strings.Join(found(c), "\n")
			if !c.Drift {
				t.Fatal("no drift was found")
			}
			if !strings.Contains(got, tt.want) {
				t.Errorf("%q is not in\n%s", tt.want, got)
			}
			if len(c.Gaps) > 0 {
				t.Errorf("gaps: %+v", c.Gaps)
			}
			back := compareStories(t, storyDictionary, dev, qa)
			if back.Drift != c.Drift {
				t.Error("the second comparison disagrees with the first")
			}
		})
	}
}

func TestRewordingIsSilent(t *testing.T) {
	for _, tt := range []struct {
		reason  string
		dev, qa inventory.Document
	}{
		{
			"reordered statements",
			document(`{"Effect":"Allow","Action":"sns:Publish","Resource":"*"}`, `{"Effect":"Deny","Action":"sqs:*","Resource":"*"}`),
			document(`{"Effect":"Deny","Action":"sqs:*","Resource":"*"}`, `{"Effect":"Allow","Action":"sns:Publish","Resource":"*"}`),
		},
		{
			"reordered actions and JSON keys",
			allow(`"Action":["sns:Publish","sqs:SendMessage"],"Resource":"*"`),
			document(`{"Resource":"*","Action":["sqs:SendMessage","sns:Publish"],"Effect":"Allow"}`),
		},
		{"letter case of an action", allow(`"Action":"sns:Publish","Resource":"*"`), allow(`"Action":"SNS:publish","Resource":"*"`)},
		{"letter case of an unknown action", allow(`"Action":"sns:FlyAway","Resource":"*"`), allow(`"Action":"Sns:flyaway","Resource":"*"`)},
		{"letter case of NotAction", allow(`"NotAction":"sns:Publish","Resource":"*"`), allow(`"NotAction":"SNS:publish","Resource":"*"`)},
		{
			"letter case of a condition's key",
			allow(`"Action":"sns:Publish","Resource":"*","Condition":{"StringEquals":{"aws:SourceVpc":"v"}}`),
			allow(`"Action":"sns:Publish","Resource":"*","Condition":{"StringEquals":{"AWS:sourcevpc":"v"}}`),
		},
		{"a changed Sid", allow(`"Sid":"One","Action":"sns:Publish","Resource":"*"`), allow(`"Sid":"Two","Action":"sns:Publish","Resource":"*"`)},
		{"a scalar for a list", allow(`"Action":"sns:Publish","Resource":"*"`), allow(`"Action":["sns:Publish"],"Resource":["*"]`)},
		{
			"Statement as an object",
			allow(`"Action":"sns:Publish","Resource":"*"`),
			`{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sns:Publish","Resource":"*"}}`,
		},
		{
			"duplicate statements and actions",
			allow(`"Action":"sns:Publish","Resource":"*"`),
			document(`{"Effect":"Allow","Action":["sns:Publish","sns:Publish"],"Resource":"*"}`, `{"Effect":"Allow","Action":"sns:Publish","Resource":"*"}`),
		},
		{"a redundant action", allow(`"Action":"sns:Get*","Resource":"*"`), allow(`"Action":["sns:Get*","sns:GetTopicAttributes"],"Resource":"*"`)},
		{"an action that the whole service covers", allow(`"Action":"sns:*","Resource":"*"`), allow(`"Action":["sns:*","sns:Publish"],"Resource":"*"`)},
		{
			"a statement that another covers",
			allow(`"Action":"sns:*","Resource":"*"`),
			document(`{"Effect":"Allow","Action":"sns:*","Resource":"*"}`, `{"Effect":"Allow","Action":"sns:Publish","Resource":"arn:aws:sns:*:*:t"}`),
		},
		{"a redundant resource", allow(`"Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"`), allow(`"Action":"s3:GetObject","Resource":["arn:aws:s3:::b/*","arn:aws:s3:::b/x"]`)},
		{
			"split statements",
			allow(`"Action":["s3:GetObject","sns:Publish"],"Resource":["arn:aws:s3:::b/*","arn:aws:sns:::t"]`),
			document(`{"Effect":"Allow","Action":"sns:Publish","Resource":["arn:aws:s3:::b/*","arn:aws:sns:::t"]}`,
				`{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}`, `{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:sns:::t"}`),
		},
		{"*:* for *", allow(`"Action":"*","Resource":"*"`), allow(`"Action":"*:*","Resource":"*"`)},
		{
			"true as a word or a value, and an address without its mask",
			allow(`"Action":"sns:Publish","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":true},"IpAddress":{"aws:SourceIp":"10.1.2.3"}}`),
			allow(`"Action":"sns:Publish","Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":["10.1.2.3/32"]},"Bool":{"aws:SecureTransport":"True"}}`),
		},
		{
			"an account by its id or its root",
			allow(`"Principal":{"AWS":"333333333333"},"Action":"sts:AssumeRole"`),
			allow(`"Principal":{"AWS":["arn:aws:iam::333333333333:root"]},"Action":"sts:AssumeRole"`),
		},
		{
			"a pattern without a wildcard is a text",
			allow(`"Action":"sns:Publish","Resource":"*","Condition":{"StringLike":{"aws:SourceVpc":"v"}}`),
			allow(`"Action":"sns:Publish","Resource":"*","Condition":{"StringEquals":{"aws:SourceVpc":"v"}}`),
		},
		{
			"a condition that another statement does without",
			allow(`"Action":"sns:Publish","Resource":"*"`),
			document(`{"Effect":"Allow","Action":"sns:Publish","Resource":"*"}`,
				`{"Effect":"Allow","Action":"sns:Publish","Resource":"arn:aws:sns:*:*:t","Condition":{"Bool":{"aws:SecureTransport":"true"}}}`),
		},
		{
			"an unknown action that a pattern of another statement covers",
			allow(`"Action":["s3:Get*","s3:GetFooNew"],"Resource":"*"`),
			document(`{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}`, `{"Effect":"Allow","Action":"s3:GetFooNew","Resource":"*"}`),
		},
		{
			"a resource without a partner that a wider one covers",
			allow(`"Action":"s3:GetObject","Resource":["arn:aws:s3:::b*","arn:aws:s3:::b"]`),
			document(`{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b*"}`, `{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b"}`),
		},
		{
			"what covers what, after rewriting",
			allow(`"Action":"s3:GetObject","Resource":["arn:aws:s3:::d*/x","arn:aws:s3:::dev-a/x"]`),
			allow(`"Action":"s3:GetObject","Resource":["arn:aws:s3:::d*/x","arn:aws:s3:::qa-a/x"]`),
		},
		{
			"what covers what in a condition, after rewriting",
			allow(`"Action":"sns:Publish","Resource":"*","Condition":{"StringLike":{"aws:SourceVpc":["d*","dev-a"]}}`),
			allow(`"Action":"sns:Publish","Resource":"*","Condition":{"StringLike":{"aws:SourceVpc":["d*","qa-a"]}}`),
		},
		{
			"what covers what in NotResource, after rewriting",
			allow(`"Action":"sns:Publish","NotResource":["arn:aws:sns:::d*","arn:aws:sns:::dev-a"]`),
			allow(`"Action":"sns:Publish","NotResource":["arn:aws:sns:::d*","arn:aws:sns:::qa-a"]`),
		},
		{
			"redundant values",
			allow(`"Action":"sns:Publish","NotResource":["arn:aws:sns:::a*","arn:aws:sns:::ab"],"Condition":{"StringLike":{"aws:SourceVpc":["a*","ab"]}}`),
			allow(`"Action":"sns:Publish","NotResource":"arn:aws:sns:::a*","Condition":{"StringLike":{"aws:SourceVpc":"a*"}}`),
		},
		{
			"everyone and somebody, split",
			allow(`"Principal":{"AWS":["*","333333333333"]},"Action":"sts:AssumeRole"`),
			document(`{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}`, `{"Effect":"Allow","Principal":{"AWS":"333333333333"},"Action":"sts:AssumeRole"}`),
		},
		{
			"one moment in five spellings",
			allow(`"Action":"sns:Publish","Resource":"*","Condition":{"DateLessThan":{"aws:CurrentTime":"2030-01-01T00:00:00Z"}}`),
			allow(`"Action":"sns:Publish","Resource":"*","Condition":{"DateLessThan":{"aws:CurrentTime":["2030-01-01T01:00:00+01:00",1893456000,"2030-01","2030-01-01T00:00:00-00:00"]}}`),
		},
		{
			"letter case of a variable",
			allow(`"Action":"s3:GetObject","Resource":"arn:aws:s3:::b/${aws:PrincipalTag/Team, 'None'}/*"`),
			allow(`"Action":"s3:GetObject","Resource":"arn:aws:s3:::b/${AWS:PrincipalTag/team, 'None'}/*"`),
		},
		{
			"a pattern that a wider one of another statement covers",
			document(`{"Effect":"Allow","Action":"sqs:PurgeQueue","Resource":"arn:aws:sqs:*:*:a"}`, `{"Effect":"Allow","Action":"sqs:*","Resource":"*"}`),
			document(`{"Effect":"Allow","Action":"sqs:Purge*","Resource":"arn:aws:sqs:*:*:a"}`, `{"Effect":"Allow","Action":"sqs:*","Resource":"*"}`),
		},
		{
			"a pattern that a wider one of its own statement covers, which lists an action too",
			allow(`"Action":["sqs:P*","sqs:Purge*"],"Resource":"*"`), allow(`"Action":["sqs:P*","sqs:PurgeQueue"],"Resource":"*"`),
		},
		{
			"two patterns that come to one",
			allow(`"Action":["sqs:Purge*","sqs:Purge?*"],"Resource":"*"`), allow(`"Action":["sqs:PurgeQueue","sqs:Purge*"],"Resource":"*"`),
		},
		{
			"two spellings of a pattern",
			allow(`"Action":"sqs:Purge*","Resource":"*"`), allow(`"Action":"SQS:purge**","Resource":"*"`),
		},
		{
			"a pattern split over statements",
			allow(`"Action":["sqs:Purge*","sqs:Send*"],"Resource":"*"`),
			document(`{"Effect":"Allow","Action":["sqs:Purge*","sqs:PurgeQueue"],"Resource":"*"}`, `{"Effect":"Allow","Action":"sqs:Send*","Resource":"*"}`),
		},
		{
			"a pattern that NotAction covers",
			document(`{"Effect":"Allow","Action":"sqs:Purge*","Resource":"*"}`, `{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}`),
			document(`{"Effect":"Allow","Action":"sqs:PurgeQueue","Resource":"*"}`, `{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}`),
		},
		{
			"a pattern that is denied whatever AWS adds",
			document(`{"Effect":"Allow","Action":"sqs:Purge*","Resource":"*"}`, `{"Effect":"Deny","Action":"sqs:P*","Resource":"*"}`),
			document(`{"Effect":"Allow","Action":"sqs:PurgeQueue","Resource":"*"}`, `{"Effect":"Deny","Action":"sqs:P*","Resource":"*"}`),
		},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			dev, qa := story("dev", devID), story("qa", qaID)
			dev.Roles[0].Inline[0].Document, qa.Roles[0].Inline[0].Document = tt.dev, tt.qa
			if c := compareStories(t, storyDictionary, dev, qa); c.Drift || c.Incomplete {
				t.Errorf("found\n%s\n%+v", strings.Join(found(c), "\n"), c.Gaps)
			}
		})
	}
}

func TestEqualStoriesAreInSync(t *testing.T) {
	for _, dictionary := range []string{
		storyDictionary,
		`{"version":2,"equivalencies":[{"placeholder":"accountname","values":{"dev":"dev","qa":"qa"}}]}`,
		`{"accountname":["dev","qa"],"000000000000":["111111111111","222222222222"]}`,
	} {
		c := compareStories(t, dictionary, story("dev", devID), story("qa", qaID))
		if c.Drift || c.Incomplete || len(c.CommonRoles) != 1 {
			t.Errorf("%s: found\n%s\n%+v", dictionary, strings.Join(found(c), "\n"), c.Gaps)
		}
	}
	c := compareStories(t, `{}`, story("dev", devID), story("qa", qaID))
	if len(c.UniqueRoles.A) != 1 || len(c.UniqueRoles.B) != 1 || len(c.CommonRoles) != 0 {
		t.Errorf("with an empty dictionary: %v", found(c))
	}
}

// TestAPlaceholderThatStandsLiterally is told from a value that was rewritten
// to it, wherever it is.
func TestAPlaceholderThatStandsLiterally(t *testing.T) {
	for _, tt := range []struct {
		reason string
		change func(dev, qa *inventory.Role)
	}{
		{"in a tag", func(dev, qa *inventory.Role) {
			dev.Tags[0].Value, qa.Tags[0].Value = "000000000000", qaID
		}},
		{"in the path", func(dev, qa *inventory.Role) { dev.Path, qa.Path = "/accountname/", "/qa/" }},
		{"in a role's name", func(dev, qa *inventory.Role) { dev.Name = "app1_accountname" }},
		{"in a policy's name", func(dev, qa *inventory.Role) { dev.Inline[0].Name, qa.Inline[0].Name = "accountname", "qa" }},
		{"in a trusted account", func(dev, qa *inventory.Role) {
			dev.Trust = allow(`"Principal":{"AWS":"000000000000"},"Action":"sts:AssumeRole"`)
			qa.Trust = allow(`"Principal":{"AWS":"` + qaID + `"},"Action":"sts:AssumeRole"`)
		}},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			dev, qa := story("dev", devID), story("qa", qaID)
			tt.change(&dev.Roles[0], &qa.Roles[0])
			if c := compareStories(t, storyDictionary, dev, qa); !c.Drift {
				t.Error("no drift was found")
			}
		})
	}
}
