package verdict_test

import (
	"math/rand/v2"
	"reflect"
	"sync"
	"testing"

	"iamctl/verdict"
)

// TestSharedComparer compares with one comparer from several goroutines at once, for
// the race detector: the results are those of a comparer that is new.
func TestSharedComparer(t *testing.T) {
	const pairs = 12
	var old, new [pairs]*verdict.Permissions
	var want [pairs]*verdict.Result
	for i := range pairs {
		r := rand.New(rand.NewPCG(uint64(i), 3))
		old[i], new[i] = permissions(explosive(r, i)), permissions(explosive(r, i))
		old[i].Identity[0].Statements = old[i].Identity[0].Statements[:4]
		new[i].Identity[0].Statements = new[i].Identity[0].Statements[:4]
		want[i] = verdict.Identity(old[i], new[i], verdict.Options{Steps: 100_000})
	}
	shared := verdict.NewComparer(verdict.Options{Steps: 100_000})
	var all sync.WaitGroup
	for n := range 4 {
		all.Go(func() {
			for k := range 2 * pairs {
				i := (k + n) % pairs
				got := shared.Identity(old[i], new[i])
				if !reflect.DeepEqual(got, want[i]) {
					t.Errorf("pair %d: %+v, want %+v", i, got, want[i])
				}
			}
		})
	}
	all.Wait()
}
