package account

import (
	"cmp"
	"slices"
	"strings"

	"iamctl/policy"
)

// Index finds holders by their ARNs.
type Index struct{ list []*Holder }

// NewIndex returns the index of holders.
func NewIndex(list []*Holder) *Index {
	ix := &Index{slices.Clone(list)}
	slices.SortStableFunc(ix.list, func(a, b *Holder) int { return cmp.Compare(a.ARN, b.ARN) })
	return ix
}

// All returns the holders, sorted by ARN.
func (ix *Index) All() []*Holder { return ix.list }

// Matching returns the holders whose ARN a pattern of a Resource element may match, sorted
// by ARN. One with a variable may match any that begins as it does.
func (ix *Index) Matching(pattern string) []*Holder {
	prefix := pattern
	if i := strings.IndexAny(pattern, "*?$"); i >= 0 {
		prefix = pattern[:i]
	}
	from, _ := slices.BinarySearchFunc(ix.list, prefix, func(h *Holder, p string) int { return cmp.Compare(h.ARN, p) })
	variable := strings.Contains(pattern, "$")
	var out []*Holder
	for _, h := range ix.list[from:] {
		if !strings.HasPrefix(h.ARN, prefix) {
			break
		}
		if variable || policy.Match(pattern, h.ARN) {
			out = append(out, h)
		}
	}
	return out
}
