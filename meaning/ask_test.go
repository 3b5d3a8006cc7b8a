package meaning_test

import (
	"strings"
	"testing"

	"iamctl/inventory"
	"iamctl/meaning"
	"iamctl/normalize"
	"iamctl/policy"
	"iamctl/policy/eval"
)

// TestAsk: both accounts are asked, each in its own names.
func TestAsk(t *testing.T) {
	const get = `{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::app-ENV/*"}`
	own := func(env, statements string) string { return strings.ReplaceAll(statements, "ENV", env) }
	one := world{identity: own("dev", get)}
	two := world{identity: own("qa", get) + "," + own("qa", `{"Effect":"Deny","Action":"s3:*","Resource":"arn:aws:s3:::app-ENV/secret/*"}`)}
	tagged := world{identity: `{"Effect":"Allow","Action":"s3:GetObject","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalTag/team":"team-red"}}}`}
	taggedQA := world{identity: strings.ReplaceAll(tagged.identity, "team-red", "team-blue")}
	bounded := world{identity: own("dev", get), boundary: `{"Effect":"Allow","Action":"sqs:*","Resource":"*"}`}
	deployer := func(id string) world {
		return world{trust: `{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::` + id + `:role/deployer"},"Action":"sts:AssumeRole"}`}
	}
	for _, tt := range []struct {
		dev, qa world
		request eval.Request
		// principal asks who may assume the role.
		principal string
		written   bool
		given     int
		want      [2]eval.Outcome
		asked     [2]string // the resource, the principal or the value of a key
		by        [2]string // the policies that decide
		reason    string
	}{
		{one, two, eval.Request{Action: "s3:GetObject", Resource: "arn:aws:s3:::app-dev/x"}, "", false, 0, [2]eval.Outcome{eval.Allowed, eval.Allowed}, [2]string{"arn:aws:s3:::app-dev/x", "arn:aws:s3:::app-qa/x"}, [2]string{"inline p0", "inline p0"}, "dev's name"},
		{one, two, eval.Request{Action: "s3:GetObject", Resource: "arn:aws:s3:::app-qa/x"}, "", false, 1, [2]eval.Outcome{eval.Allowed, eval.Allowed}, [2]string{"arn:aws:s3:::app-dev/x", "arn:aws:s3:::app-qa/x"}, [2]string{"inline p0", "inline p0"}, "qa's name"},
		{one, two, eval.Request{Action: "s3:GetObject", Resource: "arn:aws:s3:::app-dev/x"}, "", true, -1, [2]eval.Outcome{eval.Allowed, eval.NotAllowed}, [2]string{"arn:aws:s3:::app-dev/x", "arn:aws:s3:::app-dev/x"}, [2]string{"inline p0", ""}, "as written"},
		{one, two, eval.Request{Action: "s3:GetObject", Resource: "arn:aws:s3:::app-dev/secret/x"}, "", false, 0, [2]eval.Outcome{eval.Allowed, eval.Denied}, [2]string{"arn:aws:s3:::app-dev/secret/x", "arn:aws:s3:::app-qa/secret/x"}, [2]string{"inline p0", "inline p0"}, "a Deny decides"},
		{one, two, eval.Request{Action: "s3:ListAllMyBuckets", Resource: "*"}, "", false, -1, [2]eval.Outcome{}, [2]string{"*", "*"}, [2]string{}, "no name that is meant to differ"},
		{tagged, taggedQA, eval.Request{Action: "s3:GetObject", Resource: "*", Context: map[string][]string{"aws:PrincipalTag/team": {"team-red"}}}, "", false, 0, [2]eval.Outcome{eval.Allowed, eval.Allowed}, [2]string{"team-red", "team-blue"}, [2]string{"inline p0", "inline p0"}, "a value of a key"},
		{tagged, taggedQA, eval.Request{Action: "s3:GetObject", Resource: "*", Context: map[string][]string{"aws:PrincipalTag/team": {"crimson"}}}, "", false, 0, [2]eval.Outcome{eval.NotAllowed, eval.Allowed}, [2]string{"crimson", "team-blue"}, [2]string{"", "inline p0"}, "another of dev's values for what qa has one for"},
		{bounded, one, eval.Request{Action: "s3:GetObject", Resource: "arn:aws:s3:::app-dev/x"}, "", true, -1, [2]eval.Outcome{eval.NotAllowed, eval.Allowed}, [2]string{"arn:aws:s3:::app-dev/x", "arn:aws:s3:::app-dev/x"}, [2]string{"boundary limit", "inline p0"}, "a boundary, which alone forbids it"},
		{deployer(ids[0]), deployer(ids[1]), eval.Request{Action: "sts:AssumeRole"}, "arn:aws:iam::222222222222:role/deployer", false, 1, [2]eval.Outcome{eval.Allowed, eval.Allowed}, [2]string{"arn:aws:iam::111111111111:role/deployer", "arn:aws:iam::222222222222:role/deployer"}, [2]string{"trust ", "trust "}, "who may assume it, by the accounts' own ids"},
		{deployer(ids[0]), deployer(ids[0]), eval.Request{Action: "sts:AssumeRole"}, "arn:aws:iam::111111111111:role/deployer", false, 0, [2]eval.Outcome{eval.Allowed, eval.NotAllowed}, [2]string{"arn:aws:iam::111111111111:role/deployer", "arn:aws:iam::222222222222:role/deployer"}, [2]string{"trust ", ""}, "qa trusts what is dev's"},
	} {
		q := &meaning.Question{Request: tt.request, AsWritten: tt.written, Trust: tt.principal != ""}
		if q.Trust {
			q.Principal = policy.PrincipalOf(tt.principal)
		}
		c := changes(t, words, tt.dev, tt.qa)
		got := meaning.NewJudge(c, nil).Ask([2]*normalize.Role{c.Common[0].A, c.Common[0].B}, q)
		if got.Given != tt.given {
			t.Errorf("%s: in the names of %d, want %d", tt.reason, got.Given, tt.given)
		}
		for side := range 2 {
			if d := got.Decisions[side]; d.Outcome != tt.want[side] {
				t.Errorf("%s, side %d: %v %s, want %v", tt.reason, side, d.Outcome, d.Reason, tt.want[side])
			}
			if r := got.Requests[side]; !says(r, tt.asked[side]) {
				t.Errorf("%s, side %d: asked %+v, want %s", tt.reason, side, r, tt.asked[side])
			}
			if by := policiesOf(got.By[side]); by != tt.by[side] {
				t.Errorf("%s, side %d: decided by %q, want %q", tt.reason, side, by, tt.by[side])
			}
		}
	}
}

// says reports whether a request has a text as its resource, its principal or the value of
// a key.
func says(r *eval.Request, text string) bool {
	if r.Resource == text || r.Principal.Value == text {
		return true
	}
	for _, values := range r.Context {
		if values[0] == text {
			return true
		}
	}
	return false
}

func policiesOf(by []meaning.Statement) string {
	var names []string
	for i := range by {
		names = append(names, string(by[i].Type)+" "+by[i].Name)
	}
	return strings.Join(names, ", ")
}

// TestAskOfOneSide: a role that an account does not have allows nothing there, and what
// could not be read decides nothing.
func TestAskOfOneSide(t *testing.T) {
	c := changes(t, words, world{identity: allow("s3:GetObject", "*")}, world{identity: allow("s3:GetObject", "*")})
	q := &meaning.Question{Request: eval.Request{Action: "s3:GetObject", Resource: "arn:aws:s3:::x/x"}}
	got := meaning.NewJudge(c, nil).Ask([2]*normalize.Role{nil, c.Common[0].B}, q)
	if got.Decisions[0].Outcome != eval.NotAllowed || got.Decisions[1].Outcome != eval.Allowed || len(got.By[0]) > 0 {
		t.Errorf("a role of one account: %+v", got)
	}
	if text := got.By[1][0].Text; text != allow("s3:GetObject", "*") {
		t.Errorf("the statement that decides is %s", text)
	}
	r := c.Common[0].A
	for i := range r.Policies {
		if r.Policies[i].Type == inventory.Inline {
			r.Policies[i].Raw.Blind = true
		}
	}
	got = meaning.NewJudge(c, nil).Ask([2]*normalize.Role{r, c.Common[0].B}, q)
	if d := got.Decisions[0]; d.Outcome != eval.Undecided || d.Reason != "inline policy p0 could not be read" {
		t.Errorf("a policy that could not be read: %+v", d)
	}
}
