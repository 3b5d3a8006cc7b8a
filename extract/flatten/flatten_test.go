package flatten

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/inventory"
	"iamctl/policy"
	"iamctl/reference"
)

// row spells an item in one line: effect, action, resource and, where there
// is one, principal, negation, condition, statement and note.
func row(it inventory.Item) string {
	s := fmt.Sprintf("%s %s:%s %s", it.Effect, it.Service, it.Action, it.ARN)
	if it.Principal != "" {
		s += " by " + it.PrincipalType + "=" + it.Principal
	}
	for _, more := range []string{it.Negated, it.Condition, it.Statement, it.Note} {
		if more != "" {
			s += " [" + more + "]"
		}
	}
	return s
}

func rows(t *testing.T, text string) []string {
	t.Helper()
	doc, problems, err := policy.Parse(text)
	if err != nil || len(problems) > 0 {
		t.Fatalf("%s: %v %v", text, err, problems)
	}
	items := Document(doc, reference.Embedded(), "aws")
	var out []string
	for i := range items.Rows {
		out = append(out, row(items.Item(i)))
	}
	return out
}

func statement(s string) string { return `{"Version":"2012-10-17","Statement":[` + s + `]}` }

func TestDocument(t *testing.T) {
	for _, tt := range []struct {
		reason string
		text   string
		want   []string
	}{
		{
			"everything stays one row",
			statement(`{"Effect":"Allow","Action":"*","Resource":"*"}`),
			[]string{"Allow *:* *"},
		},
		{
			"*:* is the same as *",
			statement(`{"Effect":"Allow","Action":"*:*","Resource":"*"}`),
			[]string{"Allow *:* *"},
		},
		{
			"a whole service and a service wildcard stay one row",
			statement(`{"Effect":"Allow","Action":["S3:*","*:GetTags"],"Resource":"*"}`),
			[]string{"Allow *:GetTags *", "Allow s3:* *"},
		},
		{
			"a pattern expands, spelled as AWS spells it",
			statement(`{"Effect":"Allow","Action":"SQS:purge*","Resource":"*"}`),
			[]string{"Allow sqs:PurgeQueue *"},
		},
		{
			"unknown actions and services stay as written",
			statement(`{"Effect":"Allow","Action":["sqs:FlyAway*","nosuch:Thing","oops"],"Resource":"*"}`),
			[]string{
				"Allow :oops * [not an action]", "Allow nosuch:Thing * [unknown service]",
				"Allow sqs:FlyAway* * [unknown action]",
			},
		},
		{
			"each resource goes to the actions that can use it",
			statement(`{"Effect":"Allow","Action":["sqs:SendMessage","sns:Publish"],"Resource":["arn:aws:sqs:eu-west-1:1:q","arn:aws:sns:eu-west-1:1:t"]}`),
			[]string{"Allow sns:Publish arn:aws:sns:eu-west-1:1:t", "Allow sqs:SendMessage arn:aws:sqs:eu-west-1:1:q"},
		},
		{
			"by ARN format, not by service prefix",
			statement(`{"Effect":"Allow","Action":["ssm:SendCommand","kafka-cluster:Connect"],"Resource":["arn:aws:ec2:*:*:instance/*","arn:aws:kafka:*:*:cluster/c/*"]}`),
			[]string{
				"Allow kafka-cluster:Connect arn:aws:kafka:*:*:cluster/c/*",
				"Allow ssm:SendCommand arn:aws:ec2:*:*:instance/*",
			},
		},
		{
			"an action without resource types takes what is given",
			statement(`{"Effect":"Allow","Action":"s3:ListAllMyBuckets","Resource":"arn:aws:s3:::*"}`),
			[]string{"Allow s3:ListAllMyBuckets arn:aws:s3:::*"},
		},
		{
			"a resource that nothing can use stays, marked",
			statement(`{"Effect":"Allow","Action":"sqs:SendMessage","Resource":["arn:aws:sqs:::q","arn:aws:s3:::b"]}`),
			[]string{
				"Allow : arn:aws:s3:::b [no action of the statement can use this resource]",
				"Allow sqs:SendMessage arn:aws:sqs:::q",
			},
		},
		{
			"an action that can use nothing stays, marked",
			statement(`{"Effect":"Allow","Action":["sqs:SendMessage","sns:Publish"],"Resource":"arn:aws:sqs:::q"}`),
			[]string{
				"Allow sns:Publish  [the action can use no resource of the statement]",
				"Allow sqs:SendMessage arn:aws:sqs:::q",
			},
		},
		{
			"an action and a resource of one service that do not fit are a mistake, shown together",
			statement(`{"Effect":"Allow","Action":["s3:GetObject","sns:Publish"],"Resource":["arn:aws:s3:::b","arn:aws:sns:::t"]}`),
			[]string{
				"Allow s3:GetObject arn:aws:s3:::b [the action cannot use this resource]",
				"Allow sns:Publish arn:aws:sns:::t",
			},
		},
		{
			"an action is no mistake where its service's resource is another action's",
			statement(`{"Effect":"Allow","Action":["s3:GetObject","s3:ListBucket"],"Resource":"arn:aws:s3:::b"}`),
			[]string{
				"Allow s3:GetObject  [the action can use no resource of the statement]",
				"Allow s3:ListBucket arn:aws:s3:::b",
			},
		},
		{
			"a mistake is shown beside what fits, and joins nothing else",
			statement(`{"Effect":"Allow","Action":["dynamodb:PutItem","dynamodb:GetRecords"],"Resource":["arn:aws:dynamodb:*:*:table/t","arn:aws:dynamodb:*:*:table/t/backup/b"]}`),
			[]string{
				"Allow dynamodb:GetRecords arn:aws:dynamodb:*:*:table/t/backup/b [the action cannot use this resource]",
				"Allow dynamodb:PutItem arn:aws:dynamodb:*:*:table/t",
			},
		},
		{
			"half an action is none",
			statement(`{"Effect":"Allow","Action":[":GetObject","s3:"],"Resource":"*"}`),
			[]string{"Allow ::GetObject * [not an action]", "Allow :s3: * [not an action]"},
		},
		{
			"other partitions and wildcards within ARNs match too",
			statement(`{"Effect":"Allow","Action":"sqs:SendMessage","Resource":["arn:*:sqs:*:*:q","arn:aws-cn:sqs:cn-north-1:1:r","arn:aws:sqs:*"]}`),
			[]string{
				"Allow sqs:SendMessage arn:*:sqs:*:*:q", "Allow sqs:SendMessage arn:aws-cn:sqs:cn-north-1:1:r",
				"Allow sqs:SendMessage arn:aws:sqs:*",
			},
		},
		{
			"NotAction is not expanded and carries its whole list",
			statement(`{"Effect":"Allow","NotAction":["IAM:Get*","sts:*"],"Resource":"*"}`),
			[]string{
				`Allow iam:Get* * [NotAction] [{"NotAction":["iam:get*","sts:*"]}]`,
				`Allow sts:* * [NotAction] [{"NotAction":["iam:get*","sts:*"]}]`,
			},
		},
		{
			"NotResource pairs with every action, whatever its types",
			statement(`{"Effect":"Deny","Action":"sqs:SendMessage","NotResource":"arn:aws:s3:::b"}`),
			[]string{`Deny sqs:SendMessage arn:aws:s3:::b [NotResource] [{"NotResource":["arn:aws:s3:::b"]}]`},
		},
		{
			"a trust policy has principals with their kind, and conditions",
			statement(`{"Effect":"Allow","Principal":{"AWS":["123456789012"],"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole",
				"Condition":{"StringEquals":{"sts:ExternalId":"x"}}}`),
			[]string{
				`Allow sts:AssumeRole  by AWS=arn:aws:iam::123456789012:root [{"StringEquals":{"sts:externalid":["x"]}}]`,
				`Allow sts:AssumeRole  by Service=ec2.amazonaws.com [{"StringEquals":{"sts:externalid":["x"]}}]`,
			},
		},
		{
			"the bare star and a deleted principal",
			statement(`{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"},
				{"Effect":"Allow","Principal":{"AWS":"AROAEXAMPLEEXAMPLE123"},"Action":"sts:AssumeRole"}`),
			[]string{
				"Allow sts:AssumeRole  by *=*",
				"Allow sts:AssumeRole  by AWS=AROAEXAMPLEEXAMPLE123 [deleted principal]",
			},
		},
		{
			"what looks like a variable is text before version 2012-10-17",
			`{"Version":"2008-10-17","Statement":[{"Effect":"Allow","Action":"s3:ListBucket","Resource":"arn:aws:s3:::${aws:username}"}]}`,
			[]string{"Allow s3:ListBucket arn:aws:s3:::${$}{aws:username}"},
		},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, rows(t, tt.text)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// TestSlashesTellResourcesApart: a bucket is no object, and what lies behind a
// table no table, so that one statement says what two do.
func TestSlashesTellResourcesApart(t *testing.T) {
	for _, tt := range []struct{ reason, whole, split string }{
		{
			"a bucket and its objects",
			`{"Effect":"Allow","Action":["s3:GetObject","s3:ListBucket"],"Resource":["arn:aws:s3:::b","arn:aws:s3:::b/*"]}`,
			`{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"},{"Effect":"Allow","Action":"s3:ListBucket","Resource":"arn:aws:s3:::b"}`,
		},
		{
			"a table and its stream",
			`{"Effect":"Allow","Action":["dynamodb:PutItem","dynamodb:GetRecords"],"Resource":["arn:aws:dynamodb:*:*:table/t","arn:aws:dynamodb:*:*:table/t/stream/*"]}`,
			`{"Effect":"Allow","Action":"dynamodb:PutItem","Resource":"arn:aws:dynamodb:*:*:table/t"},{"Effect":"Allow","Action":"dynamodb:GetRecords","Resource":"arn:aws:dynamodb:*:*:table/t/stream/*"}`,
		},
	} {
		if diff := cmp.Diff(rows(t, statement(tt.split)), rows(t, statement(tt.whole))); diff != "" {
			t.Errorf("%s (-split +whole)\n%s", tt.reason, diff)
		}
	}
	got := rows(t, statement(`{"Effect":"Allow","Action":"s3:ListBucket","Resource":"arn:aws:s3:::b/*"}`))
	if diff := cmp.Diff([]string{"Allow s3:ListBucket arn:aws:s3:::b/* [the action cannot use this resource]"}, got); diff != "" {
		t.Errorf("a bucket's action on its objects alone is a mistake (-want +got)\n%s", diff)
	}
}

// TestSplittingChangesNothing: a statement means the same in pieces.
func TestSplittingChangesNothing(t *testing.T) {
	whole := rows(t, statement(`{"Effect":"Allow","Action":["sqs:SendMessage","sns:Publish"],"Resource":["arn:aws:sqs:::q","arn:aws:sns:::t","arn:aws:s3:::b"]}`))
	split := rows(t, statement(`
		{"Effect":"Allow","Action":"sns:Publish","Resource":["arn:aws:s3:::b","arn:aws:sns:::t","arn:aws:sqs:::q"]},
		{"Effect":"Allow","Action":["sqs:SendMessage"],"Resource":["arn:aws:sqs:::q","arn:aws:sns:::t"]},
		{"Effect":"Allow","Action":["sqs:SendMessage"],"Resource":["arn:aws:s3:::b"]}`))
	if diff := cmp.Diff(whole, split); diff != "" {
		t.Errorf("(-whole +split)\n%s", diff)
	}
}

func TestAccountReportsWhatItCannotRead(t *testing.T) {
	good := inventory.Document(statement(`{"Effect":"Allow","Action":"sqs:*","Resource":"*"}`))
	a := &inventory.Account{
		Roles: []inventory.Role{{
			Name:     "r",
			Trust:    good,
			Inline:   []inventory.InlinePolicy{{Name: "bad", Document: `{"Statement": [`}, {Name: "good", Document: good}},
			Attached: []inventory.PolicyRef{{Name: "P", ARN: "arn:P"}, {Name: "Q", ARN: "arn:Q"}},
			Boundary: &inventory.PolicyRef{Name: "Q", ARN: "arn:Q"},
		}},
		Policies: []inventory.Policy{{Name: "Q", ARN: "arn:Q", Document: good}},
	}
	flat := Account(a, reference.Embedded())
	type gap struct {
		kind         inventory.GapKind
		entity       inventory.Entity
		name, policy string
		blind        bool
	}
	var got []gap
	for _, g := range flat.Gaps {
		got = append(got, gap{g.Kind, g.Entity, g.Name, g.PolicyName, g.Blind})
	}
	want := []gap{{"read", "policy", "arn:P", "P", true}, {"parse", "role", "r", "bad", true}}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(gap{})); diff != "" {
		t.Errorf("gaps (-want +got)\n%s", diff)
	}
	var types []string
	for _, p := range flat.Roles[0].Policies {
		types = append(types, fmt.Sprintf("%s %s %d %v", p.Type, p.Name, p.Items.Len(), p.Blind))
	}
	wantTypes := []string{"boundary Q 1 false", "inline bad 0 true", "inline good 1 false", "managed P 0 true", "managed Q 1 false", "trust  1 false"}
	if diff := cmp.Diff(wantTypes, types); diff != "" {
		t.Errorf("policies (-want +got)\n%s", diff)
	}
	if flat.Roles[0].Policies[4].Items != flat.Roles[0].Policies[0].Items {
		t.Error("a document that occurs twice was flattened twice")
	}
}

// TestMinorProblemsAreNoGaps: letter case alone leaves nothing unread, all else does.
func TestMinorProblemsAreNoGaps(t *testing.T) {
	for _, tt := range []struct {
		trust  inventory.Document
		want   int
		reason string
	}{
		{`{"statement":{"effect":"Allow","Action":"sts:AssumeRole","Principal":{"aws":"*"},"Condition":{"bool":{"k":"true"},"Null":{}}}}`, 0, "letter case, and an operator without keys"},
		{`{"statement":{"effect":"Allow","Action":"sts:AssumeRole","Principal":{"aws":"*","Robot":"x"}}}`, 1, "a type that AWS does not have"},
	} {
		a := &inventory.Account{Roles: []inventory.Role{{Name: "r", Trust: tt.trust}}}
		flat := Account(a, reference.Embedded())
		if len(flat.Gaps) != tt.want || flat.Roles[0].Policies[0].Items.Len() == 0 {
			t.Errorf("%s: %d items, gaps %v", tt.reason, flat.Roles[0].Policies[0].Items.Len(), flat.Gaps)
		}
		for _, g := range flat.Gaps {
			if !strings.HasPrefix(g.Reason, "line 1, column ") {
				t.Errorf("%s: the reason has no place: %s", tt.reason, g.Reason)
			}
		}
	}
}
