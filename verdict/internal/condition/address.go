package condition

import (
	"net/netip"
	"slices"
)

// block tests addresses.
type block struct{ netip.Prefix }

func newBlock(v string) test {
	if a, err := netip.ParseAddr(v); err == nil && a.Zone() == "" && !a.Is4In6() {
		return block{netip.PrefixFrom(a, a.BitLen())}
	}
	if p, err := netip.ParsePrefix(v); err == nil && !p.Addr().Is4In6() {
		return block{p.Masked()}
	}
	return never{}
}

func (b block) of(value string) truth {
	a, err := netip.ParseAddr(value)
	if err != nil || a.Zone() != "" || a.Is4In6() {
		return improper
	}
	return truthOf(b.Contains(a))
}

// addressValues returns addresses of all kinds that the blocks tell apart: every
// kind begins at the start of a block or behind its end.
func addressValues(matchers []*matcher) []string {
	list := []netip.Addr{netip.MustParseAddr("203.0.113.0"), netip.MustParseAddr("0.0.0.0"), netip.MustParseAddr("::")}
	for _, m := range matchers {
		for _, t := range m.tests {
			if b, ok := t.(block); ok {
				list = append(list, b.Addr(), last(b.Prefix).Next())
			}
		}
	}
	for i, a := range list {
		// The first address of a block is no host's.
		if next := a.Next(); next.IsValid() && !slices.Contains(list, next) && alike(matchers, a, next) {
			list[i] = next
		}
	}
	var out []string
	for _, a := range list {
		if a.IsValid() && !a.Is4In6() && !slices.Contains(out, a.String()) {
			out = append(out, a.String())
		}
	}
	return out
}

// alike reports whether no block tells the addresses apart.
func alike(matchers []*matcher, a, b netip.Addr) bool {
	for _, m := range matchers {
		for _, t := range m.tests {
			if p, ok := t.(block); ok && p.Contains(a) != p.Contains(b) {
				return false
			}
		}
	}
	return true
}

func last(p netip.Prefix) netip.Addr {
	bytes := p.Addr().AsSlice()
	for i := p.Bits(); i < len(bytes)*8; i++ {
		bytes[i/8] |= 0x80 >> (i % 8)
	}
	a, _ := netip.AddrFromSlice(bytes)
	return a
}
