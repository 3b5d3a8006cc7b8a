package policy

import "slices"

// sortedSet sorts a list in place and takes duplicates out.
func sortedSet(list []string) []string {
	slices.Sort(list)
	return slices.Compact(list)
}

// runLen returns how many elements at the start have the key of the first.
func runLen[T any](list []T, key func(T) string) int {
	n := 1
	for n < len(list) && key(list[n]) == key(list[0]) {
		n++
	}
	return n
}

// groupBy returns the list with the elements of each key next to each other,
// the keys in the order of their first elements. It returns the list itself if
// nothing has to move.
func groupBy[T any](list []T, key func(T) string) []T {
	if grouped(list, key) {
		return list
	}
	var seen nameIndex[string]
	var groups [][]T
	for _, e := range list {
		i, old := seen.add(key(e))
		if !old {
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], e)
	}
	return slices.Concat(groups...)
}

func grouped[T any](list []T, key func(T) string) bool {
	var seen nameIndex[string]
	for len(list) > 0 {
		if _, old := seen.add(key(list[0])); old {
			return false
		}
		list = list[runLen(list, key):]
	}
	return true
}

// nameIndex numbers names in the order in which they first come: few of them
// without a map.
type nameIndex[K comparable] struct {
	few  [8]K
	n    int
	many map[K]int
}

// add returns the name's number and whether it was there before.
func (x *nameIndex[K]) add(name K) (int, bool) {
	if x.many == nil {
		if i := slices.Index(x.few[:x.n], name); i >= 0 {
			return i, true
		}
		if x.n < len(x.few) {
			x.few[x.n] = name
			x.n++
			return x.n - 1, false
		}
		x.many = make(map[K]int, 2*x.n)
		for i, k := range x.few {
			x.many[k] = i
		}
	}
	if i, ok := x.many[name]; ok {
		return i, true
	}
	x.many[name] = x.n
	x.n++
	return x.n - 1, false
}

// reset forgets all names.
func (x *nameIndex[K]) reset() { x.n, x.many = 0, nil }
