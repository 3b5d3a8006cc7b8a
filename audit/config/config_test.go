package config_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"iamctl/audit/config"
	"iamctl/internal/jsontree"
	"iamctl/verdict/severity"
)

var rules = []string{"IAM-057", "IAM-071"}

const whole = `{
  "$schema": "audit.schema.json",
  "$comment": "ours",
  "friendly_accounts": ["111111111111", "222222222222"],
  "organization_id": "o-a1b2c3d4e5",
  "path_conventions": [{"name": "app-*", "path": "/app/", "boundary": "arn:aws:iam::111111111111:policy/b"}, {"name": "x", "path": "/"}],
  "severities": {"IAM-071": "low"}
}`

func TestParse(t *testing.T) {
	got, err := config.Parse("audit.json", []byte(whole), rules)
	if err != nil {
		t.Fatal(err)
	}
	want := &config.Config{
		FriendlyAccounts: []string{"111111111111", "222222222222"}, OrganizationID: "o-a1b2c3d4e5",
		PathConventions: []config.PathConvention{{"app-*", "/app/", "arn:aws:iam::111111111111:policy/b"}, {"x", "/", ""}},
		Severities:      map[string]severity.Level{"IAM-071": severity.Low},
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if got, err := config.Parse("audit.json", []byte("{}"), rules); err != nil || !gocmp.Equal(got, &config.Config{}) {
		t.Errorf("nothing is %+v, %v", got, err)
	}
}

// badFiles are files with one mistake each, and what the error says of it. meaning is what
// the schema cannot see.
var badFiles = []struct {
	text, want string
	meaning    bool
	reason     string
}{
	{``, "the file is empty", false, "nothing at all"},
	{`{`, "in the middle of a value", false, "cut off"},
	{`[]`, "line 1, column 1: found a list, but a configuration is an object", false, "another value"},
	{`{"friendly_account": []}`, `did you mean "friendly_accounts"`, false, "a member misspelt"},
	{`{"friendly_accounts": "111111111111"}`, "is a list", false, "one account alone"},
	{`{"friendly_accounts": [111111111111]}`, "is a string", false, "a number loses its zeros"},
	{`{"friendly_accounts": ["11111111111"]}`, "has 12 digits", false, "a digit is missing"},
	{`{"friendly_accounts": ["111111111111", "111111111111"]}`, "for the second time", false, "twice"},
	{`{"organization_id": "r-a1b2"}`, "no organisation's id", false, "the id of a root"},
	{`{"path_conventions": [{"path": "/app/"}]}`, `has no "name"`, false, "no name"},
	{`{"path_conventions": [{"name": "a"}]}`, `has no "path"`, false, "no path"},
	{`{"path_conventions": [{"name": "a", "path": "/app"}]}`, `begin and end with "/"`, false, "half a path"},
	{`{"path_conventions": [{"name": "a", "path": "/my app/"}]}`, `visible ones of ASCII`, false, "a blank in a path"},
	{`{"path_conventions": [{"name": "a", "path": "/` + strings.Repeat("x", 511) + `/"}]}`, `more than 512 characters`, false, "a path of 513"},
	{`{"path_conventions": [{"name": "a", "path": "/app/", "boundary": "b"}]}`, "no ARN of a policy", false, "a boundary by its name"},
	{`{"path_conventions": [{"name": "a", "path": "/app/", "bounary": "b"}]}`, `did you mean "boundary"`, false, "a member of a convention misspelt"},
	{`{"severities": {"IAM-75": "low"}}`, `"IAM-75"`, true, "a rule that there is not"},
	{`{"severities": {"IAM-071": "lo"}}`, "there is no severity", false, "a severity misspelt"},
	{`{"severities": {"IAM-071": "low", "IAM-071": "high"}}`, "for the second time", true, "a rule twice"},
}

func TestParseErrors(t *testing.T) {
	for _, tt := range badFiles {
		_, err := config.Parse("audit.json", []byte(tt.text), rules)
		var errs jsontree.Errors
		if !errors.As(err, &errs) || !strings.Contains(err.Error(), tt.want) || !strings.HasPrefix(err.Error(), "audit.json") {
			t.Errorf("%s: %v, want %s", tt.reason, err, tt.want)
		}
	}
}

func compileSchema(t testing.TB) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(config.Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("audit.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	return c.MustCompile("audit.schema.json")
}

func TestSchemaAgreesWithParse(t *testing.T) {
	s := compileSchema(t)
	for _, tt := range badFiles {
		doc, err := jsonschema.UnmarshalJSON(strings.NewReader(tt.text))
		if err == nil && (s.Validate(doc) == nil) != tt.meaning {
			t.Errorf("%s: the schema accepts %s: %v", tt.reason, tt.text, !tt.meaning)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, tt := range badFiles {
		f.Add([]byte(tt.text))
	}
	f.Add([]byte(whole))
	s := compileSchema(f)
	f.Fuzz(func(t *testing.T, text []byte) {
		if _, err := config.Parse("audit.json", text, rules); err != nil {
			return
		}
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))))
		if err == nil && s.Validate(doc) != nil {
			t.Errorf("Parse accepts and the schema refuses %s", text)
		}
	})
}
