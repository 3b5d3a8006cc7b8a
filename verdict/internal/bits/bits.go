// Package bits has sets of small numbers.
package bits

import (
	"math/bits"
	"unsafe"
)

// Set is a set of numbers below 64 times its length. Sets that are combined have
// the same length.
type Set []uint64

// New returns an empty set for n numbers.
func New(n int) Set { return make(Set, (n+63)/64) }

// Full returns the set of the first n numbers.
func Full(n int) Set {
	s := New(n)
	for i := range n {
		s.Add(i)
	}
	return s
}

// Add puts i into the set.
func (s Set) Add(i int) { s[i>>6] |= 1 << (i & 63) }

// Remove takes i out of the set.
func (s Set) Remove(i int) { s[i>>6] &^= 1 << (i & 63) }

// Has reports whether i is in the set.
func (s Set) Has(i int) bool { return s[i>>6]&(1<<(i&63)) != 0 }

// Clone returns a copy.
func (s Set) Clone() Set { return append(Set(nil), s...) }

// Empty reports whether nothing is in the set.
func (s Set) Empty() bool {
	for _, w := range s {
		if w != 0 {
			return false
		}
	}
	return true
}

// Meets reports whether the sets have a number in common.
func (s Set) Meets(t Set) bool {
	for i, w := range s {
		if w&t[i] != 0 {
			return true
		}
	}
	return false
}

// Within reports whether all of s is in t.
func (s Set) Within(t Set) bool {
	for i, w := range s {
		if w&^t[i] != 0 {
			return false
		}
	}
	return true
}

// And returns what is in both sets.
func (s Set) And(t Set) Set {
	out := make(Set, len(s))
	for i, w := range s {
		out[i] = w & t[i]
	}
	return out
}

// AndNot returns what is in s and not in t.
func (s Set) AndNot(t Set) Set {
	out := make(Set, len(s))
	for i, w := range s {
		out[i] = w &^ t[i]
	}
	return out
}

// First returns the least number of the set, or -1.
func (s Set) First() int { return s.Next(0) }

// Next returns the least number of the set that is not below i, or -1.
func (s Set) Next(i int) int {
	for k := i >> 6; k < len(s); k++ {
		w := s[k]
		if k == i>>6 {
			w &= ^uint64(0) << (i & 63)
		}
		if w != 0 {
			return k<<6 + bits.TrailingZeros64(w)
		}
	}
	return -1
}

// Count returns how many numbers are in the set.
func (s Set) Count() int {
	n := 0
	for _, w := range s {
		n += bits.OnesCount64(w)
	}
	return n
}

// View returns the set as a key of maps, without a copy: it changes if the set
// does.
func (s Set) View() string {
	if len(s) == 0 {
		return ""
	}
	return unsafe.String((*byte)(unsafe.Pointer(&s[0])), len(s)*8)
}
