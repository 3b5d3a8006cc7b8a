package jsonfile

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// maxStem is the longest file name without .json. Most file systems allow 255
// bytes; the rest is left to the ending and to tools that add one.
const maxStem = 200

// FileName returns the name of the file for an entity, without .json: the name
// itself wherever IAM's own rules hold. What a file system could take amiss
// is percent-encoded: separators, control characters, a dot at either end,
// names that are devices on Windows, and everything that is not ASCII, since
// macOS and Linux disagree on how to write that. A name that is too long
// ends in a hash of itself.
func FileName(name string) string {
	var b strings.Builder
	for i := range len(name) {
		c := name[i]
		edge := (i == 0 || i == len(name)-1) && c == '.'
		if plain(c) && !edge && !(i == 0 && isDevice(name)) {
			b.WriteByte(c)
			continue
		}
		b.WriteByte('%')
		b.WriteString(strings.ToUpper(hex.EncodeToString([]byte{c})))
	}
	stem := b.String()
	switch {
	case stem == "":
		return "%"
	case len(stem) > maxStem:
		return Marked(stem[:maxStem-hashLen-2], name)
	}
	return stem
}

// hashLen is the length of the hash in a name.
const hashLen = 16

// Marked adds a hash of key to a stem. No encoded name holds "%-".
func Marked(stem, key string) string {
	sum := sha256.Sum256([]byte(key))
	return stem + "%-" + hex.EncodeToString(sum[:])[:hashLen]
}

// plain reports whether IAM allows the character in names (IAM User Guide, "IAM
// and AWS STS quotas, name requirements").
func plain(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("+=,.@_-", c) >= 0
}

// isDevice reports whether Windows takes a file of that name, whatever its
// ending, for a device.
func isDevice(name string) bool {
	stem, _, _ := strings.Cut(strings.ToUpper(name), ".")
	switch stem {
	case "CON", "PRN", "AUX", "NUL":
		return true
	}
	return len(stem) == 4 && (strings.HasPrefix(stem, "COM") || strings.HasPrefix(stem, "LPT")) && '0' <= stem[3] && stem[3] <= '9'
}
