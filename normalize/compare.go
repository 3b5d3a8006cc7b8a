package normalize

import (
	"cmp"
	"slices"
)

// Compare orders attributes by kind, in the order of Kinds, then by key.
func (a Attribute) Compare(b Attribute) int {
	if a.Kind != b.Kind {
		return cmp.Compare(slices.Index(kinds, a.Kind), slices.Index(kinds, b.Kind))
	}
	return cmp.Compare(a.Key, b.Key)
}

var kinds = Kinds()
