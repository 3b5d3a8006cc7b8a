package explain_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"iamctl/compare"
	"iamctl/equivalency"
	"iamctl/extract/snapshot"
	"iamctl/meaning"
	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/reference"
	"iamctl/report/explain"
	"iamctl/result"
	"iamctl/result/resulttest"
	"iamctl/verdict"
)

// asked returns a question about what the role may do, or with a principal about who
// may assume it.
func asked(principal, action, resource string, context map[string][]string) meaning.Question {
	q := meaning.Question{Request: eval.Request{Action: action, Resource: resource, Context: context}, Trust: principal != ""}
	if q.Trust {
		q.Principal = policy.PrincipalOf(principal)
	}
	return q
}

// stories are roles of the two accounts of world_test.go, each with a golden file.
var stories = []struct {
	name, role string
	questions  []meaning.Question
	// identity and trust are the verdicts, "" where there is none.
	identity, trust verdict.Verdict
	code            result.ExitCode
	reason          string
}{
	{"same", "same", nil, "", "", 0, "nothing differs"},
	{"form", "split", nil, "EQUAL", "EQUAL", 0, "the same in other policies"},
	{"more", "writer_dev", nil, "MORE", "EQUAL", 1, "names that are meant to differ, and a condition key"},
	{"less", "shrunk", nil, "LESS", "EQUAL", 1, "a Deny, whose statement decides in the account that refuses"},
	{"different", "mixed", nil, "DIFFERENT", "EQUAL", 1, "the other account's bucket, known by another name there"},
	{"unknown", "odd", nil, "UNKNOWN", "EQUAL", 1, "nobody can say, and it is said why"},
	{"boundary", "ci", nil, "MORE", "MORE", 1, "a boundary that is gone, and trust"},
	{"alone", "old", nil, "LESS", "LESS", 1, "a role of one account alone"},
	{"new", "new", nil, "MORE", "MORE", 1, "a role of the other alone"},
	{"aws", "watcher", nil, "MORE", "EQUAL", 1, "AWS changed its policy"},
	{"gap", "broken", nil, "", "", 3, "a policy that could not be read, with a hostile name"},
	{"session", "long", nil, "EQUAL", "EQUAL", 1, "no permission, and it counts"},
	{
		"asked", "writer_dev", []meaning.Question{
			asked("", "s3:PutObject", "arn:aws:s3:::app-dev/x", map[string][]string{"aws:SourceIp": {"10.0.0.1"}}),
			asked("", "s3:GetObject", "arn:aws:s3:::app-qa/x", nil),
			asked("", "sqs:SendMessage", "*", nil),
		}, "MORE", "EQUAL", 1, "several questions, in the names of either account",
	},
	{"asked_trust", "ci", []meaning.Question{asked("ec2.amazonaws.com", "sts:AssumeRole", "", nil)}, "MORE", "MORE", 0, "who may assume it, with one answer"},
	{"asked_denied", "shrunk", []meaning.Question{asked("", "s3:GetObject", "arn:aws:s3:::data/secret/x", nil)}, "LESS", "EQUAL", 1, "denied in one account"},
	{"asked_alone", "old", []meaning.Question{asked("", "s3:GetObject", "arn:aws:s3:::old/x", nil)}, "LESS", "LESS", 1, "one account alone answers"},
	{"asked_gap", "broken", []meaning.Question{asked("", "s3:GetObject", "arn:aws:s3:::a/x", nil)}, "", "", 3, "an answer that is undecided"},
}

// TestStories holds stories against their golden files, and their JSON against its
// schema: the width is that of a terminal.
func TestStories(t *testing.T) {
	schema := storySchema(t)
	golden, err := filepath.Abs("testdata")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	for side, tag := range tags {
		if _, err := snapshot.Write(tag, account(side)); err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range stories {
		s := tell(t, tt.role, tt.questions)
		if got := [2]verdict.Verdict{verdictOf(s, result.ScopeIdentity), verdictOf(s, result.ScopeTrust)}; got != [2]verdict.Verdict{tt.identity, tt.trust} || s.ExitCode != tt.code {
			t.Errorf("%s: %s: %v, exit code %d; want %s %s, %d", tt.name, tt.reason, got, s.ExitCode, tt.identity, tt.trust, tt.code)
		}
		follows(t, schema, s, tt.name)
		replayed(t, s)
		var b strings.Builder
		if err := explain.Story(&b, s, explain.Options{Width: 80}); err != nil {
			t.Fatal(err)
		}
		hold(t, filepath.Join(golden, tt.name+".txt"), b.String(), tt.reason)
	}
}

// tell compares the accounts and tells the story of a role.
func tell(t *testing.T, role string, questions []meaning.Question) *result.Story {
	t.Helper()
	var sides [2]compare.Side
	for i, tag := range tags {
		var err error
		if sides[i], err = compare.NewSide("./"+tag, tag); err != nil {
			t.Fatal(err)
		}
	}
	d, err := equivalency.Parse("d.json", []byte(`{"version": 2, "equivalencies": [{"placeholder": "ENV", "values": {"dev": "dev", "qa": "qa"}}]}`))
	if err != nil {
		t.Fatal(err)
	}
	s, err := compare.Explain(t.Context(), sides, role, questions, compare.Options{Inputs: compare.Inputs{Dictionary: compare.Dictionary{Dictionary: d}, Reference: reference.Embedded()}, Reader: &compare.Reader{}})
	if err != nil {
		t.Fatalf("%s: %v", role, err)
	}
	return s
}

// replayed puts the witnesses of a story to the account that allows them, as they are.
func replayed(t *testing.T, s *result.Story) {
	t.Helper()
	for _, scope := range []string{result.ScopeIdentity, result.ScopeTrust} {
		a := s.Meaning.Of(scope)
		if a == nil {
			continue
		}
		for _, w := range a.Witnesses {
			principal, context := "", map[string][]string{}
			if scope == result.ScopeTrust {
				principal = w.Principal
			}
			for key, values := range w.Context {
				context[key] = values
			}
			q := asked(principal, w.Action, w.Resource, context)
			q.AsWritten = true
			role := (*s.Roles.Of(w.AllowedBy - 1)).ARN
			if reply := *tell(t, role, []meaning.Question{q}).Asked[0].Answers.Of(w.AllowedBy - 1); reply.Outcome != "allowed" {
				t.Errorf("%s: %+v is %s", s.RoleName, w, reply.Outcome)
			}
		}
	}
}

func verdictOf(s *result.Story, scope string) verdict.Verdict {
	if a := s.Meaning.Of(scope); a != nil {
		return a.Verdict
	}
	return ""
}

func storySchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	for name, text := range map[string][]byte{"explain.schema.json": result.StorySchema(), "diff.schema.json": result.Schema()} {
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if err := c.AddResource(name, doc); err != nil {
			t.Fatal(err)
		}
	}
	s, err := c.Compile("explain.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// follows holds a story against the schema, and breaks it: a schema that takes all
// shows nothing.
func follows(t *testing.T, schema *jsonschema.Schema, s *result.Story, name string) {
	t.Helper()
	text, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(v); err != nil {
		t.Errorf("%s: %v\n%s", name, err, text)
	}
	for _, broken := range []func(map[string]any){
		func(m map[string]any) { m["extra"] = 1 },
		func(m map[string]any) { delete(m, "roles") },
		func(m map[string]any) { m["exit_code"] = json.Number("2") },
		func(m map[string]any) { m["statements"] = []any{map[string]any{"account": json.Number("3")}} },
		func(m map[string]any) { m["meaning"] = map[string]any{"severity": "bad"} },
	} {
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		broken(v.(map[string]any))
		if schema.Validate(v) == nil {
			t.Errorf("%s: the schema takes what is broken: %v", name, v)
		}
	}
}

// hold holds a text against a golden file.
func hold(t *testing.T, file, got, reason string) {
	t.Helper()
	if *resulttest.Update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("%s: %s (-want +got), -update writes it anew:\n%s", filepath.Base(file), reason, d)
	}
}
