package eval_test

import (
	"testing"

	"iamctl/policy"
	"iamctl/policy/eval"

	"github.com/google/go-cmp/cmp"
)

// documents parses statements as documents of the version with variables.
func documents(statements ...string) []*policy.Document {
	list := []*policy.Document{}
	for _, s := range statements {
		list = append(list, statementsOf("2012-10-17", s))
	}
	return list
}

// statementsOf parses a list of statements. What Parse finds odd about them is
// what some tests are about.
func statementsOf(version, statements string) *policy.Document {
	d, _, err := policy.Parse(`{"Version": "` + version + `", "Statement": [` + statements + `]}`)
	if err != nil {
		panic(err)
	}
	return d
}

const (
	allowAll = `{"Effect": "Allow", "Action": "*", "Resource": "*"}`
	denyAll  = `{"Effect": "Deny", "Action": "*", "Resource": "*"}`
	allowGet = `{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}`
	allowPut = `{"Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"}`
	denyPut  = `{"Effect": "Deny", "Action": "s3:PutObject", "Resource": "*"}`
	// What applies, or not, is undecided.
	allowPerhaps = `{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"NoSuchOperator": {"k": "v"}}}`
	denyPerhaps  = `{"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"NoSuchOperator": {"k": "v"}}}`
)

func TestDecision(t *testing.T) {
	at := func(document, index int) eval.Statement { return eval.Statement{Document: document, Index: index} }
	bound := func(document, index int) eval.Statement {
		return eval.Statement{Boundary: true, Document: document, Index: index}
	}
	for _, tt := range []struct {
		reason             string
		identity, boundary []*policy.Document
		want               eval.Outcome
		by                 []eval.Statement
	}{
		{"nothing allows by default", nil, nil, eval.NotAllowed, nil},
		{"some Allow is enough", documents(allowPut, allowGet), nil, eval.Allowed, []eval.Statement{at(1, 0)}},
		{"statements of one document are as good as documents", documents(allowPut + "," + allowGet), nil, eval.Allowed, []eval.Statement{at(0, 1)}},
		{"the first of several decides", documents(allowGet, allowAll), nil, eval.Allowed, []eval.Statement{at(0, 0)}},
		{"a Deny beats every Allow", documents(allowAll, allowGet+","+denyAll), nil, eval.Denied, []eval.Statement{at(1, 1)}},
		{"a Deny is explicit without an Allow too", documents(denyAll), nil, eval.Denied, []eval.Statement{at(0, 0)}},
		{"a Deny of something else denies nothing", documents(allowAll, denyPut), nil, eval.Allowed, []eval.Statement{at(0, 0)}},
		{"a boundary must allow it too", documents(allowAll), documents(allowGet), eval.Allowed, []eval.Statement{at(0, 0), bound(0, 0)}},
		{"what the boundary leaves out is not allowed", documents(allowAll), documents(allowPut), eval.NotAllowed, []eval.Statement{bound(0, -1)}},
		{"a boundary allows nothing by itself", documents(allowPut), documents(allowAll), eval.NotAllowed, nil},
		{"a Deny of the boundary denies", documents(allowAll), documents(allowAll + "," + denyAll), eval.Denied, []eval.Statement{bound(0, 1)}},
		{"an empty boundary allows nothing", documents(allowAll), documents(), eval.NotAllowed, nil},
		{"a boundary without statements allows nothing", documents(allowAll), documents(""), eval.NotAllowed, []eval.Statement{bound(0, -1)}},
		{"one document of a boundary is enough", documents(allowAll), documents(allowPut, allowGet), eval.Allowed, []eval.Statement{at(0, 0), bound(1, 0)}},

		{"an unclear Allow matters alone", documents(allowPut, allowPerhaps), nil, eval.Undecided, []eval.Statement{at(1, 0)}},
		{"a sure Allow settles it", documents(allowPerhaps, allowGet), nil, eval.Allowed, []eval.Statement{at(1, 0)}},
		{"an unclear Deny matters if something is allowed", documents(denyPerhaps, allowGet), nil, eval.Undecided, []eval.Statement{at(0, 0)}},
		{"a sure Deny settles it", documents(denyPerhaps, denyAll, allowPerhaps), nil, eval.Denied, []eval.Statement{at(1, 0)}},
		{"without an Allow, an unclear Deny does not matter", documents(denyPerhaps, allowPut), nil, eval.NotAllowed, nil},
		{"an unclear boundary matters", documents(allowGet), documents(allowPerhaps), eval.Undecided, []eval.Statement{bound(0, 0)}},
		{"an unclear Allow does not matter beyond the boundary", documents(allowPerhaps), documents(allowPut), eval.NotAllowed, nil},
		{"an unclear boundary does not matter to what is not allowed", documents(allowPut), documents(allowPerhaps), eval.NotAllowed, nil},
		{"of the unclear the first is named", documents(allowPerhaps, allowPerhaps), nil, eval.Undecided, []eval.Statement{at(0, 0)}},
		{"all that is unclear is named", documents(denyPerhaps, allowPerhaps), documents(allowPerhaps), eval.Undecided, []eval.Statement{at(0, 0), at(1, 0), bound(0, 0)}},
	} {
		p := eval.Permissions{Identity: tt.identity, Boundary: tt.boundary}
		got := p.Decide(&eval.Request{Action: "s3:GetObject", Resource: "arn:aws:s3:::app1/x"})
		if got.Outcome != tt.want || !cmp.Equal(got.By, tt.by) || (got.Reason != "") != (tt.want == eval.Undecided) {
			t.Errorf("%s: got %s by %v (%q), want %s by %v", tt.reason, got.Outcome, got.By, got.Reason, tt.want, tt.by)
		}
	}
}

// TestUnreadable holds what AWS would not take as a policy.
func TestUnreadable(t *testing.T) {
	for _, tt := range []struct {
		reason, statements string
		want               eval.Outcome
	}{
		{"an effect in other letter case is none", `{"Effect": "allow", "Action": "*", "Resource": "*"}`, eval.Undecided},
		{"an effect that is none does not matter to other actions", `{"Effect": "allow", "Action": "ec2:*", "Resource": "*"}`, eval.NotAllowed},
		{"an effect that is none may be a Deny", allowAll + `,{"Effect": "block", "Action": "*", "Resource": "*"}`, eval.Undecided},
		{"two effects", allowAll + `,{"Effect": "Allow", "effect": "Deny", "Action": "*", "Resource": "*"}`, eval.Undecided},
		{"two effects do not matter to other actions", allowAll + `,{"Effect": "Allow", "effect": "Deny", "Action": "ec2:*", "Resource": "*"}`, eval.Allowed},
		{"an action that is no string", `{"Effect": "Allow", "Action": ["ec2:*", 5], "Resource": "*"}`, eval.Undecided},
		{"a resource that is no string", `{"Effect": "Allow", "Action": "*", "Resource": ["arn:aws:s3:::x", 5]}`, eval.Undecided},
		{"an element that is not known does not matter to other actions", `{"Effect": "Allow", "Action": "ec2:*", "Resource": "*", "Conditions": {}}`, eval.NotAllowed},
		{"no action", `{"Effect": "Allow", "Resource": "*"}`, eval.Undecided},
		{"an empty list of actions", `{"Effect": "Allow", "Action": [], "Resource": "*"}`, eval.Undecided},
		{"both Action and NotAction", `{"Effect": "Allow", "Action": "*", "NotAction": "ec2:*", "Resource": "*"}`, eval.Undecided},
		{"no resource", `{"Effect": "Allow", "Action": "*"}`, eval.Undecided},
		{"both Resource and NotResource", `{"Effect": "Allow", "Action": "*", "Resource": "*", "NotResource": "*"}`, eval.Undecided},
		{"no resource does not matter to other actions", `{"Effect": "Allow", "Action": "ec2:*"}`, eval.NotAllowed},
		{"a principal that is excepted", `{"Effect": "Allow", "Action": "*", "Resource": "*", "NotPrincipal": "*"}`, eval.Undecided},
		{"a principal", `{"Effect": "Allow", "Action": "*", "Resource": "*", "Principal": "*"}`, eval.Undecided},
		{"an element that is not known", `{"Effect": "Allow", "Action": "*", "Resource": "*", "Conditions": {}}`, eval.Undecided},
		{"a condition that is no object", `{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": ["x"]}`, eval.Undecided},
		{"a condition's value that is an object", `{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"Bool": {"k": {}}}}`, eval.Undecided},
		{"an operator without a key asks for nothing", `{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"Bool": {}}}`, eval.Allowed},
		{"an empty condition asks for nothing", `{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {}}`, eval.Allowed},
		{"a Sid that is no string carries no permission", `{"Sid": 1, "Effect": "Allow", "Action": "*", "Resource": "*"}`, eval.Allowed},
		{"no statement", ``, eval.NotAllowed},
	} {
		p := eval.Permissions{Identity: documents(tt.statements)}
		if got := p.Decide(&eval.Request{Action: "s3:GetObject", Resource: "arn:aws:s3:::app1/x"}); got.Outcome != tt.want {
			t.Errorf("%s: got %s (%s), want %s", tt.reason, got.Outcome, got.Reason, tt.want)
		}
	}
}

func TestUnreadableDocument(t *testing.T) {
	for _, text := range []string{
		`{"Version": "2015-10-17", "Statement": ` + allowAll + `}`,
		`{"Version": "2012-10-17", "Statement": ` + allowAll + `, "Statements": ` + denyAll + `}`,
		`{"Version": "2012-10-17", "Statement": [` + allowAll + `, 5]}`,
	} {
		d, _, err := policy.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		p := eval.Permissions{Identity: []*policy.Document{d}}
		got := p.Decide(&eval.Request{Action: "s3:GetObject", Resource: "arn:aws:s3:::app1/x"})
		if got.Outcome != eval.Undecided || got.By[0].Index != -1 {
			t.Errorf("%s: got %s by %v (%s), want it undecided as a whole", text, got.Outcome, got.By, got.Reason)
		}
	}
}

func TestRequestsThatAreNone(t *testing.T) {
	p := eval.Permissions{Identity: documents(allowAll)}
	for _, r := range []eval.Request{
		{Action: "GetObject", Resource: "*"},
		{Action: ":GetObject", Resource: "*"},
		{Action: "s3:Get*", Resource: "*"},
		{Action: "s3:?etObject", Resource: "*"},
		{Action: "s3: GetObject", Resource: "*"},
		{Action: "s3:GetObject"},
	} {
		if got := p.Decide(&r); got.Outcome != eval.Undecided {
			t.Errorf("%+v: got %s", r, got.Outcome)
		}
	}
	if got := eval.Trust(trust(`"Principal": "*"`), &eval.Request{Action: "sts:AssumeRole"}); got.Outcome != eval.Undecided {
		t.Errorf("nobody asks: got %s", got.Outcome)
	}
}
