package policy

import (
	"cmp"
	"net/netip"
	"slices"
)

// canonicalCIDR returns a block without its host bits; an address is the block
// of itself. What is neither stays as it is written.
func canonicalCIDR(v string) string {
	if a, err := netip.ParseAddr(v); err == nil && a.Zone() == "" {
		return netip.PrefixFrom(a, a.BitLen()).String()
	}
	if p, err := netip.ParsePrefix(v); err == nil {
		return p.Masked().String()
	}
	return v
}

// dropContained takes the blocks out of a sorted set of canonical values that
// lie within another one. Blocks of IPv4 addresses in the form of IPv6 stay:
// AWS does not say which of the two they are.
func dropContained(values []string) []string {
	blocks := sortedBlocks(values)
	if len(blocks) < 2 {
		return values
	}
	contained := make([]bool, len(values))
	widest := blocks[0].prefix
	for _, b := range blocks[1:] {
		if widest.Contains(b.prefix.Addr()) {
			contained[b.index] = true
		} else {
			widest = b.prefix
		}
	}
	out := make([]string, 0, len(values))
	for i, v := range values {
		if !contained[i] {
			out = append(out, v)
		}
	}
	return out
}

// cidrBlock is a block with its place in the list that it is from.
type cidrBlock struct {
	prefix netip.Prefix
	index  int
}

// sortedBlocks returns the blocks among the values. Blocks overlap only where
// one holds the other: that one comes first, with nothing that it does not hold
// between them.
func sortedBlocks(values []string) []cidrBlock {
	var blocks []cidrBlock
	for i, v := range values {
		if p, err := netip.ParsePrefix(v); err == nil && !p.Addr().Is4In6() {
			blocks = append(blocks, cidrBlock{p, i})
		}
	}
	slices.SortFunc(blocks, func(a, b cidrBlock) int {
		return cmp.Or(a.prefix.Addr().Compare(b.prefix.Addr()), cmp.Compare(a.prefix.Bits(), b.prefix.Bits()))
	})
	return blocks
}
