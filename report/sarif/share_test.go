package sarif

import "testing"

// TestShare: one role with very many findings leaves room for the others.
func TestShare(t *testing.T) {
	for _, tt := range []struct {
		reason     string
		counts     map[any]int
		room, left int
		want       map[any]int
	}{
		{"room for all", map[any]int{"a": 5, "b": 3}, 10, 0, map[any]int{"a": 5, "b": 3}},
		{"one that would take it all", map[any]int{"a": 1000, "b": 3, "c": 2}, 10, 995, map[any]int{"a": 5, "b": 3, "c": 2}},
		{"what is over goes to the first", map[any]int{"a": 9, "b": 9, "c": 9}, 11, 16, map[any]int{"a": 4, "b": 4, "c": 3}},
		{"no room", map[any]int{"a": 9}, 0, 9, map[any]int{}},
		{"nothing to share", nil, 9, 0, map[any]int{}},
	} {
		s, left := newShare(tt.counts, tt.room)
		if left != tt.left {
			t.Errorf("%s: %d are left out, want %d", tt.reason, left, tt.left)
		}
		for _, role := range []any{"a", "b", "c"} {
			got := 0
			for range tt.counts[role] {
				if s.take(role) {
					got++
				}
			}
			if got != tt.want[role] {
				t.Errorf("%s: %d of %v, want %d", tt.reason, got, role, tt.want[role])
			}
		}
	}
}
