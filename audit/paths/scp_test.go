package paths_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/audit/config"
	"iamctl/audit/paths"
	"iamctl/policy"
	"iamctl/policy/eval"
)

// TestSCPs: a policy denies what its description says, and nothing to who is on the path.
func TestSCPs(t *testing.T) {
	const on, off = "arn:aws:iam::111111111111:role/app/x", "arn:aws:iam::111111111111:role/web/x"
	scps := paths.SCPs(conventions.PathConventions)
	for i, action := range []string{"iam:PassRole", "iam:PutRolePolicy", "sts:AssumeRole"} {
		text, err := json.Marshal(scps[i].Document)
		if err != nil {
			t.Fatal(err)
		}
		d, problems, err := policy.Parse(string(text))
		if err != nil || len(problems) > 0 {
			t.Fatalf("%s: %v %v", text, problems, err)
		}
		if len(d.Statements) != 1 {
			t.Errorf("%s: the path below another, and none, have statements of their own", text)
		}
		for _, tt := range []struct {
			who, resource string
			want          bool
			reason        string
		}{
			{off, on, true, "from another path"},
			{on, on, false, "from the path itself"},
			{off, off, false, "to another path"},
			{off, "arn:aws-cn:iam::222222222222:role/app/db/y", true, "in another partition, below the path"},
		} {
			all := &policy.Document{Version: "2012-10-17", Statements: append([]policy.Statement{{Effect: "Allow", Action: []string{"*"}, Resource: []string{"*"}}}, d.Statements...)}
			p := &eval.Permissions{Identity: []*policy.Document{all}}
			r := &eval.Request{Action: action, Resource: tt.resource, Context: map[string][]string{"aws:PrincipalArn": {tt.who}}}
			if got := p.Decide(r).Outcome != eval.Allowed; got != tt.want {
				t.Errorf("%s %s: denied is %v, want %v", action, tt.reason, got, tt.want)
			}
		}
	}
}

// TestManySCPs: what does not fit into a policy is in another, and nothing is lost.
func TestManySCPs(t *testing.T) {
	var many []config.PathConvention
	for i := range 40 {
		many = append(many, config.PathConvention{Name: "x", Path: fmt.Sprintf("/%02d%s/", i, strings.Repeat("p", 12*i))})
	}
	many = append(many, config.PathConvention{Name: "y", Path: "/" + strings.Repeat("$", 510) + "/"})
	denied := map[string]int{}
	for _, s := range paths.SCPs(many) {
		text, err := json.MarshalIndent(s.Document, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		if len(text) > 5120 {
			t.Errorf("%s has %d characters", s.Name, len(text))
		}
		d, problems, err := policy.Parse(string(text))
		if err != nil || len(problems) > 0 {
			t.Fatalf("%s: %v %v", s.Name, problems, err)
		}
		for _, s := range d.Statements {
			denied[s.Action[0]]++
		}
	}
	if d := cmp.Diff(map[string]int{"iam:PassRole": 41, "iam:AttachRolePolicy": 41, "sts:AssumeRole": 41}, denied); d != "" {
		t.Errorf("statements: -want +got\n%s", d)
	}
}

// TestLiteralPath: a path is no pattern, and has no variables.
func TestLiteralPath(t *testing.T) {
	scps := paths.SCPs([]config.PathConvention{{Name: "x", Path: "/a*${b}?/"}})
	text, _ := json.Marshal(scps[0].Document)
	d, _, err := policy.Parse(string(text))
	if err != nil {
		t.Fatal(err)
	}
	d.Statements = append(d.Statements, policy.Statement{Effect: "Allow", Action: []string{"*"}, Resource: []string{"*"}})
	p := &eval.Permissions{Identity: []*policy.Document{d}}
	for resource, want := range map[string]bool{"arn:aws:iam::111111111111:role/a*${b}?/r": true, "arn:aws:iam::111111111111:role/aX${b}X/r": false} {
		r := &eval.Request{Action: "iam:PassRole", Resource: resource, Context: map[string][]string{"aws:PrincipalArn": {"arn:aws:iam::111111111111:role/r"}}}
		if got := p.Decide(r).Outcome != eval.Allowed; got != want {
			t.Errorf("%s: denied is %v, want %v", resource, got, want)
		}
	}
}

func TestQueries(t *testing.T) {
	q := paths.Queries([]config.PathConvention{{Name: "App_*", Path: "/it's/"}, {Name: "x", Path: "/"}})
	if len(q) != 2 {
		t.Fatalf("%d queries, want 2", len(q))
	}
	for i, want := range [][]string{
		{"LIKE 'app!_%' ESCAPE '!'", "LIKE '/it''s/%'", "NOT LOWER(element_at(requestParameters, 'roleName')) LIKE 'app!_%'", "COALESCE(element_at(requestParameters, 'path'), '/') = '/'"},
		{"LIKE 'arn:%:iam::%:role/it''s/%'", "sessionIssuer.arn"},
	} {
		for _, w := range want {
			if !strings.Contains(q[i].SQL, w) {
				t.Errorf("%s has no %s", q[i].SQL, w)
			}
		}
	}
	if q := paths.Queries([]config.PathConvention{{Name: "x", Path: "/"}}); len(q) != 1 || strings.Contains(q[0].SQL, "()") {
		t.Errorf("of a convention without a path: %+v", q)
	}
	if len(paths.Queries(nil)) != 0 || len(paths.SCPs(nil)) != 0 {
		t.Error("there is something without conventions")
	}
}
