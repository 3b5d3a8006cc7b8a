package search_test

import (
	"testing"

	"pgregory.net/rapid"

	"iamctl/verdict/internal/bits"
	"iamctl/verdict/internal/search"
)

const dimensions, cells = 3, 3

// TestOutsideIsExact holds what is found against every point.
func TestOutsideIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		budget := 100_000
		s := search.Space{Budget: &budget}
		for range dimensions {
			s.Full = append(s.Full, bits.Full(cells))
		}
		in := box(t)
		var out []search.Box
		for range rapid.IntRange(0, 4).Draw(t, "out") {
			out = append(out, box(t))
		}
		var found []search.Box
		if _, err := s.Outside(in, out, func(b search.Box) bool { found = append(found, b); return true }); err != nil {
			t.Fatal(err)
		}
		for n := range cells * cells * cells {
			point := [dimensions]int{n % cells, n / cells % cells, n / cells / cells}
			if got, want := anyHas(found, point), has(in, point) && !anyHas(out, point); got != want {
				t.Fatalf("%v is found: %v, want %v", point, got, want)
			}
		}
	})
}

func box(t *rapid.T) search.Box {
	b := make(search.Box, dimensions)
	for i := range b {
		if n := rapid.IntRange(0, 1<<cells-1).Draw(t, "cells"); n != 0 {
			b[i] = bits.Set{uint64(n)}
		}
	}
	return b
}

func anyHas(list []search.Box, point [dimensions]int) bool {
	for _, b := range list {
		if has(b, point) {
			return true
		}
	}
	return false
}

func has(b search.Box, point [dimensions]int) bool {
	for i, c := range point {
		if b[i] != nil && !b[i].Has(c) {
			return false
		}
	}
	return true
}

func TestBudgetEnds(t *testing.T) {
	budget := 50
	s := search.Space{Budget: &budget}
	in := make(search.Box, 20)
	var out []search.Box
	for i := range in {
		s.Full = append(s.Full, bits.Full(2))
		b := make(search.Box, len(in))
		b[i], b[(i+7)%len(in)] = bits.Set{1}, bits.Set{2}
		out = append(out, b)
	}
	if _, err := s.Outside(in, out, func(search.Box) bool { return true }); err == nil {
		t.Error("the search ends without an error")
	}
}
