package question_test

import (
	"encoding/json"
	"strings"
	"testing"

	"iamctl/verdict"
	"iamctl/verdict/question"
)

func TestParse(t *testing.T) {
	const document = `{"Version":"2012-10-17","Statement":[]}`
	for _, tt := range []struct{ line, want, reason string }{
		{`{"old":[],"new":[` + document + `]}`, "", "nothing but the documents"},
		{`{"id":{"a":[1]},"old":` + document + `,"new":[],"old_boundary":null,"type":"identity"}`, "", "one document, no boundary"},
		{`{"old":[],"new":[],"boundary":[]}`, `"boundary" is no member of a question: it has id, type, old, new, old_boundary, new_boundary`, "a member that a question does not have, which would change the answer"},
		{`{"old":[],"new":[],"expected":"EQUAL"}`, `"expected" is no member`, "a member of somebody's"},
		{`{"old":[],"new":["{\"Statement\":[]}"]}`, "", "a document as a string"},
		{`[]`, "is a JSON object", "a list"},
		{`{"old":[],"old":[],"new":[]}`, `"old" is there twice`, "a member twice"},
		{`{"old":[],"new":[]} {}`, "more than one", "two values on a line"},
		{`{"old":[],"new":[],"new_boundry":[]}`, `did you mean "new_boundary"?`, "a member misspelt, which would change the answer"},
		{`{"old":[],"new":[],"type":"resource"}`, `"type" is "resource"`, "a type that there is not"},
		{`{"old":[],"new":[],"type":1}`, `"type" is a string`, "a type that is no string"},
		{`{"new":[]}`, `"old" is missing`, "a side missing"},
		{`{"old":[` + document + `,{"Statement":[],"Statment":[]}],"new":[]}`, `old, document 2: not a document that AWS takes: line 1, column 17: "Statment"`, "an odd document"},
		{`{"old":[3],"new":[]}`, "old, document 1: line 1, column 1: expected a policy document", "no document"},
		{`{"old":[` + document + `],"new":[],"new_boundary":"x"}`, "new_boundary: ", "no boundary"},
	} {
		_, err := question.Parse([]byte(tt.line))
		if got := text(err); (tt.want == "") != (got == "") || !strings.Contains(got, tt.want) {
			t.Errorf("%s: %s: %q, want %q", tt.reason, tt.line, got, tt.want)
		}
	}
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// TestID: the id is there wherever it can be read.
func TestID(t *testing.T) {
	for _, line := range []string{`{"id": 7, "old":[], "new":[]}`, `{"id":7,"new":[]}`, `{"id":7,"old":`} {
		q, _ := question.Parse([]byte(line))
		if string(q.ID) != "7" {
			t.Errorf("%s has the id %q", line, q.ID)
		}
	}
}

// TestAsk: an answer has the members that docs/verdicts.md names.
func TestAsk(t *testing.T) {
	q, err := question.Parse([]byte(`{"id":"x","old":[],"new":[{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject",
		"Resource":"arn:aws:s3:::app/*","Condition":{"StringEquals":{"aws:PrincipalTag/team":"a"}}}}]}`))
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(question.Ask(verdict.NewComparer(verdict.Options{}), &q))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`"id":"x"`, `"verdict":"MORE"`, `"future_verdict":"MORE"`, `"severity":"low"`, `"gained":{"actions":1,"pairs":1`, `"lost":{"actions":0,"pairs":0}`,
		`"allowed_by":2`, `"action":"s3:GetObject"`, `"resource":"arn:aws:s3:::app/`, `"context":{"aws:PrincipalTag/team":"a"}`,
		`"statements":[[],[{"document":0,"statement":0}]]`,
	} {
		if !strings.Contains(string(data), want) {
			t.Errorf("%s is not in %s", want, data)
		}
	}
}

// FuzzParse: a line is read or refused, and what is read is answered.
func FuzzParse(f *testing.F) {
	f.Add([]byte(`{"id":1,"type":"trust","old":[],"new":[{"Statement":{"Effect":"Allow","Principal":"*","Action":"sts:*"}}]}`))
	f.Add([]byte(`{"old":{"Statement":[]},"new":[],"old_boundary":[]}`))
	c := verdict.NewComparer(verdict.Options{Steps: 10_000})
	f.Fuzz(func(t *testing.T, line []byte) {
		q, err := question.Parse(line)
		if err != nil {
			return
		}
		if a := question.Ask(c, &q); a.Verdict == "" {
			t.Errorf("no verdict for %q", line)
		}
	})
}
