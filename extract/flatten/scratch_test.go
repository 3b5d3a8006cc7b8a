package flatten

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// TestNumberedIsAMap: it has what a map has, however often it is cleared.
func TestNumberedIsAMap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, want := numbered[int]{time: math.MaxUint32 - 2}, map[uint32]int{}
		m.clear()
		for i := range 200 {
			n := rapid.Uint32Max(40).Draw(t, "number")
			switch rapid.IntRange(0, 9).Draw(t, "what") {
			case 0:
				m.clear()
				clear(want)
			case 1, 2, 3, 4:
				m.set(n, i)
				want[n] = i
			default:
				got, ok := m.get(n)
				if v, has := want[n]; got != v || ok != has {
					t.Fatalf("%d is %d, %v, want %d, %v", n, got, ok, v, has)
				}
			}
		}
	})
}
