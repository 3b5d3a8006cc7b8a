package memo_test

import (
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"iamctl/verdict/internal/memo"
)

// TestTableIsAMap holds a table against a map: it forgets, but is never wrong, and
// never keeps more than its limit.
func TestTableIsAMap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const limit = 1 << 16
		table, values := memo.New[int](limit), map[string]int{}
		for i := range rapid.IntRange(1, 300).Draw(t, "steps") {
			text := rapid.StringMatching(`[ab]{0,4}`).Draw(t, "text")
			got, ok := table.Get(text)
			if want, known := values[text]; ok && (!known || got != want) {
				t.Fatalf("%q has the value %d, want %d", text, got, want)
			}
			if !ok {
				values[text] = i
				table.Put(text, i, rapid.IntRange(0, limit).Draw(t, "size"))
			}
			if n := table.Size(); n > limit {
				t.Fatalf("it keeps %d bytes, more than %d", n, limit)
			}
		}
	})
}

func TestWhatIsSmallIsKept(t *testing.T) {
	table := memo.New[int](1 << 20)
	table.Put("small", 1, 100)
	table.Put(strings.Repeat("large", 1<<20), 2, 0)
	if v, ok := table.Get("small"); !ok || v != 1 {
		t.Error("a small value is gone, though there is room")
	}
	if _, ok := table.Get(strings.Repeat("large", 1<<20)); ok {
		t.Error("a value larger than the limit is kept")
	}
}

// TestAtOnce is for the race detector.
func TestAtOnce(t *testing.T) {
	table := memo.New[string](1 << 14)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for i := range 2000 {
				text := strings.Repeat("x", i%97)
				if v, ok := table.Get(text); ok && v != text {
					t.Errorf("%q has the value %q", text, v)
				}
				table.Put(text, text, 100)
			}
		})
	}
	all.Wait()
}
