package verdict_test

import (
	"maps"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"iamctl/policy"
	"iamctl/policy/policytest"
	"iamctl/verdict"
)

// versionPair is two consecutive versions of a policy.
type versionPair struct {
	name     string
	old, new *policy.Document
}

// readVersions returns the consecutive versions of AWS's managed policies.
func readVersions(t testing.TB) []versionPair {
	t.Helper()
	var out []versionPair
	for _, p := range policytest.Versions(t) {
		out = append(out, versionPair{p.Name, p.Old, p.New})
	}
	return out
}

// TestVersionsOfManagedPolicies compares consecutive versions, both ways round: the
// verdict is that of the other way, unless the budget was spent in one of them.
func TestVersionsOfManagedPolicies(t *testing.T) {
	c := verdict.NewComparer(verdict.Options{})
	counts, unknown := map[verdict.Verdict]int{}, map[string]int{}
	pairs := readVersions(t)
	impossible, future := 0, 0
	for _, p := range pairs {
		r := c.Identity(permissions(p.old), permissions(p.new))
		checkResult(t, r)
		counts[r.Verdict]++
		if r.Verdict == verdict.Unknown {
			unknown[r.Reason]++
			t.Logf("%s: %s", p.name, r.Reason)
		} else if r.Future == verdict.Unknown {
			future++
		}
		if r.Impossible {
			impossible++
		}
		back := c.Identity(permissions(p.new), permissions(p.old))
		if spent := strings.Contains(r.Reason+back.Reason, "too many combinations"); !spent && (back.Verdict != flipped(r.Verdict) || back.Future != flipped(r.Future)) {
			t.Errorf("%s: %s, in future %s, and swapped %s, %s", p.name, r.Verdict, r.Future, back.Verdict, back.Future)
		}
	}
	t.Logf("%d pairs: %v; %d with a future that is unknown alone, %d of impossible pairs", len(pairs), counts, future, impossible)
	for _, why := range slices.Sorted(maps.Keys(unknown)) {
		t.Logf("%d unknown: %s", unknown[why], why)
	}
	if counts[verdict.Unknown]*200 > len(pairs) {
		t.Errorf("%d of %d pairs are unknown", counts[verdict.Unknown], len(pairs))
	}
}

func flipped(v verdict.Verdict) verdict.Verdict {
	switch v {
	case verdict.More:
		return verdict.Less
	case verdict.Less:
		return verdict.More
	}
	return v
}

// BenchmarkVersions reports how the time of comparisons is spread: that of the
// thread, so that what else the machine does has no part in it. What is called
// first is that of each pair's first comparison in the process, when little of it
// is known from others; least is the least of each pair's, which other work on the
// machine and the collector of garbage disturb the least.
func BenchmarkVersions(b *testing.B) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	pairs := readVersions(b)
	c := verdict.NewComparer(verdict.Options{})
	times := func() []time.Duration {
		out := make([]time.Duration, len(pairs))
		for i, p := range pairs {
			begun := processorTime()
			c.Identity(permissions(p.old), permissions(p.new))
			out[i] = processorTime() - begun
		}
		return out
	}
	if now := times(); firstTimes == nil {
		firstTimes = now
	}
	all := make([]time.Duration, 0, len(pairs)*b.N)
	least := slices.Repeat([]time.Duration{time.Hour}, len(pairs))
	b.ResetTimer()
	for range b.N {
		now := times()
		all = append(all, now...)
		for i, t := range now {
			least[i] = min(least[i], t)
		}
	}
	spread(b, "", all)
	spread(b, "least-", least)
	spread(b, "first-", slices.Clone(firstTimes))
}

var firstTimes []time.Duration

func spread(b *testing.B, name string, times []time.Duration) {
	slices.Sort(times)
	for part, p := range map[string]float64{"p50-us": 0.5, "p99-us": 0.99, "p99.9-us": 0.999, "max-us": 1} {
		n := min(int(p*float64(len(times))), len(times)-1)
		b.ReportMetric(float64(times[n].Nanoseconds())/1000, name+part)
	}
}
