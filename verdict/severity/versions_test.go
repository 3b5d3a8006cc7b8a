package severity_test

import (
	"testing"
	"time"

	"iamctl/policy"
	"iamctl/policy/policytest"
	"iamctl/verdict"
	"iamctl/verdict/severity"
)

// versions returns pairs of permissions: consecutive versions of AWS's managed policies.
func versions(t testing.TB) [][2]*verdict.Permissions {
	t.Helper()
	var out [][2]*verdict.Permissions
	for _, p := range policytest.Versions(t) {
		out = append(out, [2]*verdict.Permissions{{Identity: []*policy.Document{p.Old}}, {Identity: []*policy.Document{p.New}}})
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
