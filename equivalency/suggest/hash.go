package suggest

import "iamctl/equivalency"

// hash is a hash of a text, a polynomial of its bytes, so that the hash of a
// text follows from those of its tokens, wherever they begin: app and Dev,
// folded, have the hash of appdev. Equal hashes are only a hint.
type hash struct {
	sum uint64
	// size is the length of the text in bytes; what is opaque has one.
	size int
}

const base = 0x9E3779B97F4A7C15

// mix spreads a number over all bits.
func mix(n uint64) uint64 {
	z := n + base
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return z ^ z>>31
}

func hashOf(text string) hash {
	h := hash{size: len(text)}
	for i := range len(text) {
		h.sum = h.sum*base + mix(uint64(text[i]))
	}
	return h
}

// blankHash is the hash of a blank.
var blankHash = hash{mix(1 << 33), 1}

// fieldHash keeps texts of different fields apart.
func (s *search) fieldHash(f equivalency.Field) hash { return hashOf(string(f)) }

// powers are those of base.
type powers struct{ list []uint64 }

func (p *powers) of(n int) uint64 {
	for len(p.list) <= n {
		next := uint64(1)
		if k := len(p.list); k > 0 {
			next = p.list[k-1] * base
		}
		p.list = append(p.list, next)
	}
	return p.list[n]
}

// join returns the hash of two texts one after the other.
func (p *powers) join(a, b hash) hash { return hash{a.sum*p.of(b.size) + b.sum, a.size + b.size} }

// after returns the hash of what follows the beginning of a whole.
func (p *powers) after(whole, beginning hash) hash {
	size := whole.size - beginning.size
	return hash{whole.sum - beginning.sum*p.of(size), size}
}
