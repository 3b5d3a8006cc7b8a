// Package digest makes the digests that fingerprints are made of.
package digest

import (
	"crypto/sha256"
	"encoding/binary"
)

// Length is how many bytes a digest has.
const Length = 16

// Append appends a digest of values, each with its length before it, so that no two lists
// of values look the same.
func Append(dst []byte, values ...string) []byte {
	var room [512]byte
	b := room[:0]
	for _, v := range values {
		b = binary.AppendUvarint(b, uint64(len(v)))
		b = append(b, v...)
	}
	sum := sha256.Sum256(b)
	return append(dst, sum[:Length]...)
}
