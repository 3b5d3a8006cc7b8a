package verdict_test

import (
	"runtime"
	"slices"
	"testing"
	"time"

	"iamctl/verdict"
)

// leastTimes returns the least time that the comparison of each pair took.
func leastTimes(c *verdict.Comparer, pairs []versionPair, times int) []time.Duration {
	out := slices.Repeat([]time.Duration{time.Hour}, len(pairs))
	for range times {
		for i, p := range pairs {
			begun := processorTime()
			c.Identity(permissions(p.old), permissions(p.new))
			out[i] = min(out[i], processorTime()-begun)
		}
	}
	return out
}

// BenchmarkSlowVersions compares the pairs that take the longest but for a few: those
// that decide how long one in a hundred takes.
func BenchmarkSlowVersions(b *testing.B) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	c := verdict.NewComparer(verdict.Options{})
	pairs := readVersions(b)
	took := leastTimes(c, pairs, 3)
	order := make([]int, len(pairs))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return int(took[j] - took[i]) })
	var slow []versionPair
	for _, i := range order[20:120] {
		slow = append(slow, pairs[i])
	}
	b.ResetTimer()
	sum := time.Duration(0)
	for _, t := range leastTimes(c, slow, b.N) {
		sum += t
	}
	b.ReportMetric(float64(sum.Microseconds())/float64(len(slow)), "least-us/pair")
}
