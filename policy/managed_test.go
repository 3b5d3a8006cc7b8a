package policy_test

import (
	"encoding/json"
	"os"
	"slices"
	"testing"

	"iamctl/policy"
)

// TestManagedPolicies takes real policies through the whole package. The
// environment variable IAMCTL_MANAGED_POLICIES names a JSON file, an object of
// ARN or name to document (an object, or a string of JSON). From the copy that
// the Python package moto ships it is made by
//
//	python3 -c 'import json
//	from moto.iam.aws_managed_policies import aws_managed_policies_data as text
//	print(json.dumps({k: v["Document"] for k, v in json.loads(text).items()}))' > managed.json
func TestManagedPolicies(t *testing.T) {
	name := os.Getenv("IAMCTL_MANAGED_POLICIES")
	if name == "" {
		t.Skip("IAMCTL_MANAGED_POLICIES names no file of policies: see the test's comment for how to make one")
	}
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var documents map[string]json.RawMessage
	if err := json.Unmarshal(text, &documents); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if len(documents) == 0 {
		t.Fatalf("%s has no documents", name)
	}
	for arn, raw := range documents {
		var inString string
		if json.Unmarshal(raw, &inString) != nil {
			inString = string(raw)
		}
		d, problems, err := policy.Parse(inString)
		if err != nil || len(problems) > 0 {
			t.Errorf("%s: %v %v", arn, err, problems)
			continue
		}
		checkRoundTrip(t, inString)
		checkCoverage(t, arn, d)
	}
	t.Logf("%d policies", len(documents))
}

// checkCoverage fails if an action or resource of the document is neither in
// the canonical form nor matched by something there.
func checkCoverage(t *testing.T, name string, d *policy.Document) {
	for i := range d.Statements {
		s := &d.Statements[i]
		c := policy.CanonicalStatement(s, d.Version, "")
		for _, pair := range [][2][]string{{s.Action, c.Action}, {s.NotAction, c.NotAction}, {s.Resource, c.Resource}, {s.NotResource, c.NotResource}} {
			for _, v := range pair[0] {
				if !slices.ContainsFunc(pair[1], func(p string) bool { return policy.Covers(policy.Fold(p), policy.Fold(v)) }) {
					t.Errorf("%s, statement %d: %q has vanished", name, i+1, v)
				}
			}
		}
	}
}
