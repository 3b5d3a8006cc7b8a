package bits_test

import (
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"iamctl/verdict/internal/bits"
)

// set is what a Set is held against.
type set map[int]bool

func (s set) list() []int { return slices.Sorted(maps.Keys(s)) }

func elements(s bits.Set) []int {
	var out []int
	for i := s.First(); i >= 0; i = s.Next(i + 1) {
		out = append(out, i)
	}
	return out
}

// draw returns a set in both forms, of numbers below n.
func draw(t *rapid.T, n int, label string) (bits.Set, set) {
	s, m := bits.New(n), set{}
	for _, i := range rapid.SliceOfN(rapid.IntRange(-n, n-1), 0, 12).Draw(t, label) {
		if i >= 0 {
			s.Add(i)
			m[i] = true
		} else {
			s.Remove(-1 - i)
			delete(m, -1-i)
		}
	}
	return s, m
}

func filter(s set, keep func(int) bool) set {
	out := set{}
	for i := range s {
		if keep(i) {
			out[i] = true
		}
	}
	return out
}

// TestSetsAreSets holds everything against maps.
func TestSetsAreSets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.SampledFrom([]int{1, 5, 63, 64, 65, 128, 200}).Draw(t, "n")
		s, m := draw(t, n, "s")
		o, k := draw(t, n, "t")
		both := filter(m, func(i int) bool { return k[i] })
		rest := filter(m, func(i int) bool { return !k[i] })
		for _, c := range []struct {
			what string
			got  bits.Set
			want set
		}{{"s", s, m}, {"a copy", s.Clone(), m}, {"And", s.And(o), both}, {"AndNot", s.AndNot(o), rest}} {
			if got, want := elements(c.got), c.want.list(); !slices.Equal(got, want) {
				t.Fatalf("%s has %v, want %v", c.what, got, want)
			}
		}
		for what, c := range map[string]struct{ got, want bool }{
			"Meets":  {s.Meets(o), len(both) > 0},
			"Within": {s.Within(o), len(rest) == 0},
			"Empty":  {s.Empty(), len(m) == 0},
			"View":   {s.View() == o.View(), maps.Equal(m, k)},
			"Count":  {s.Count() == len(m), true},
			"Full":   {s.Within(bits.Full(n)), true},
		} {
			if c.got != c.want {
				t.Fatalf("%s of %v and %v is %v", what, m.list(), k.list(), c.got)
			}
		}
		for i := range n {
			if s.Has(i) != m[i] {
				t.Fatalf("Has(%d) is %v", i, s.Has(i))
			}
		}
	})
}

// TestFull has all numbers and no others.
func TestFull(t *testing.T) {
	for _, n := range []int{0, 1, 64, 65} {
		if got := bits.Full(n); got.Count() != n || n > 0 && got.Next(n) >= 0 {
			t.Errorf("the first %d numbers are %v", n, elements(got))
		}
	}
}

// TestCloneIsApart changes a copy, and a set behind its view.
func TestCloneIsApart(t *testing.T) {
	s := bits.New(100)
	view, c := s.View(), s.Clone()
	c.Add(99)
	if s.Has(99) {
		t.Error("a set changes with its copy")
	}
	s.Add(99)
	if view != c.View() {
		t.Error("a view is not what the set has now")
	}
}
