package question_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"iamctl/verdict"
	"iamctl/verdict/question"
)

// TestSchema holds answers of all kinds against the schema, and breaks one.
func TestSchema(t *testing.T) {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(question.Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("answer.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("answer.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	const get, put = `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}}`,
		`{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:PutObject","Resource":"*","Condition":{"StringEquals":{"aws:RequestedRegion":"eu-west-1"}}}}`
	comparer := verdict.NewComparer(verdict.Options{})
	for _, line := range []string{
		`{"id":1,"old":[` + get + `],"new":[` + put + `]}`,
		`{"id":{"a":[]},"old":[` + get + `],"new":[` + get + `]}`,
		`{"type":"identity","old":[` + get + `],"new":[` + put + `],"new_boundary":` + get + `}`,
		`{"type":"trust","old":[` + get + `,` + get + `],"new":[]}`,
	} {
		q, err := question.Parse([]byte(line))
		if err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(question.Ask(comparer, &q))
		if err != nil {
			t.Fatal(err)
		}
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(v); err != nil {
			t.Errorf("%s\n%s\n%v", line, text, err)
		}
		v.(map[string]any)["verdict"] = "SAME"
		if s.Validate(v) == nil {
			t.Errorf("%s: a verdict that there is not is taken", line)
		}
	}
}
