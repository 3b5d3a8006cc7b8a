package verdict_test

import (
	"cmp"
	"fmt"
	"runtime"
	"slices"
	"testing"
	"time"

	"iamctl/verdict"
)

func TestZZ2(t *testing.T) {
	runtime.LockOSThread()
	pairs := readVersions(t)
	c := verdict.NewComparer(verdict.Options{})
	type pt struct {
		versionPair
		d time.Duration
		r *verdict.Result
	}
	var list []pt
	for _, p := range pairs {
		best := time.Hour
		var r *verdict.Result
		for range 3 {
			b := processorTime()
			r = c.Identity(permissions(p.old), permissions(p.new))
			best = min(best, processorTime()-b)
		}
		list = append(list, pt{p, best, r})
	}
	slices.SortFunc(list, func(a, b pt) int { return cmp.Compare(a.d, b.d) })
	n := len(list)
	for _, x := range list[n*97/100:] {
		fmt.Println(x.d, x.r.Verdict, x.r.Gained.Actions, x.r.Lost.Actions, x.r.Gained.Pairs, x.r.Lost.Pairs, len(x.old.Statements), len(x.old.String()), x.name)
	}
}
