package audited_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"pgregory.net/rapid"

	"iamctl/audit"
	"iamctl/audit/account"
	"iamctl/audit/config"
	"iamctl/audit/rule"
	"iamctl/compare"
	"iamctl/internal/visible"
	"iamctl/inventory"
	"iamctl/policy/eval"
	"iamctl/result"
	"iamctl/result/audited"
	"iamctl/result/resulttest"
	"iamctl/verdict/severity"
)

func compiled(t testing.TB) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(audited.Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("audit.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("audit.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// check returns why the JSON form of an audit is not what the schema says.
func check(t interface{ Fatal(...any) }, s *jsonschema.Schema, a *audited.Audit) (text string, err error) {
	var b bytes.Buffer
	if err := a.Write(&b); err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	return b.String(), s.Validate(doc)
}

func examples(t *testing.T) *audited.Audit {
	t.Helper()
	var sides []compare.Side
	for _, tag := range []string{"dev", "qa"} {
		s, err := compare.NewSide("../../examples/"+tag, tag)
		if err != nil {
			t.Fatal(err)
		}
		sides = append(sides, s)
	}
	a, _, err := compare.Audit(t.Context(), sides, compare.AuditOptions{
		Reader: &compare.Reader{}, Rules: audit.Rules(), Config: compare.AuditConfig{Config: &config.Config{}}, Iamctl: "dev",
		Day: time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC), FailOn: result.FailOn{Level: severity.Medium},
	})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// TestSchemaOfExamples holds the JSON of a whole audit against the schema, and then JSON
// that is wrong in one thing.
func TestSchemaOfExamples(t *testing.T) {
	s, a := compiled(t), examples(t)
	if len(a.Findings) == 0 {
		t.Fatal("nothing was found in the examples")
	}
	text, err := check(t, s, a)
	if err != nil {
		t.Errorf("%s\n%v", text, err)
	}
	for _, c := range []struct {
		reason string
		spoil  func(all, first map[string]any)
	}{
		{"a member of the whole that there is not", func(all, _ map[string]any) { all["x"] = 1 }},
		{"a member of a finding that there is not", func(_, f map[string]any) { f["x"] = 1 }},
		{"no fingerprint", func(_, f map[string]any) { delete(f, "fingerprint") }},
		{"a fingerprint that is none", func(_, f map[string]any) { f["fingerprint"] = "1" }},
		{"another severity", func(_, f map[string]any) { f["severity"] = "bad" }},
		{"a statement of no document", func(_, f map[string]any) { f["statement"] = 0; delete(f, "policy") }},
		{"another version", func(all, _ map[string]any) { all["version"] = 2 }},
	} {
		var doc map[string]any
		if err := json.Unmarshal([]byte(text), &doc); err != nil {
			t.Fatal(err)
		}
		c.spoil(doc, doc["findings"].([]any)[0].(map[string]any))
		if s.Validate(doc) == nil {
			t.Errorf("%s: is taken", c.reason)
		}
	}
}

// TestSchemaOfAnyFindings: whatever names and documents say, the JSON is what the schema
// says, and nothing in it moves a terminal.
func TestSchemaOfAnyFindings(t *testing.T) {
	s := compiled(t)
	rapid.Check(t, func(t *rapid.T) {
		word := func(label string) string { return resulttest.AnyText().Draw(t, label) }
		name := func(label string) string { return "x" + word(label) }
		a := account.New(&inventory.Account{ID: "111111111111", Partition: "aws", Roles: []inventory.Role{{
			Name: name("role"), Path: "/", ARN: word("arn"), Trust: `{"Statement": []}`,
			Inline: []inventory.InlinePolicy{{Name: name("policy"), Document: inventory.Document(`{"Statement": [{"Sid": "s", "Effect": "Allow", "Action": "*", "Resource": "*"}]}`)}},
		}}}, name("tag"))
		h := a.Holders[0]
		f := rule.In(h, &h.Policies[0], 0)
		f.Message, f.Unknown, f.Fix, f.Choice = name("message"), word("unknown"), "aws "+word("fix"), rapid.Bool().Draw(t, "choice")
		f.Witness = &eval.Request{Action: "s3:GetObject", Resource: word("resource"), Context: map[string][]string{word("key"): {word("value")}, "list": {"a", "b"}}}
		none := rule.Of(h)
		none.Message = name("message of none")
		rules := []rule.Rule{{ID: "TEST", Severity: severity.High, Title: "a test", Source: "a page", Check: func(*rule.Input) []rule.Finding { return []rule.Finding{f, none} }}}
		found := audit.Run([]*account.Account{a}, audit.Options{Rules: rules, Config: &config.Config{}})
		text, err := check(t, s, audited.New(audited.Meta{Iamctl: "dev", Day: "2026-01-31"}, result.FailOn{New: true, Level: severity.Low}, []*account.Account{a}, []string{word("source")}, nil, rules, found))
		if err != nil {
			t.Fatalf("%s\n%v", text, err)
		}
		for line := range bytes.SplitSeq([]byte(text), []byte("\n")) {
			if strings.ContainsFunc(string(line), visible.Hidden) {
				t.Fatalf("%q", line)
			}
		}
	})
}
