package many

import (
	"crypto/sha256"
	"encoding/binary"
	"strings"
)

// own is what is in place of the account's id. No text of IAM's has it.
const own = "\x00own\x00"

func (t *template) begin() { t.buf = append(t.buf[:0], t.context[:]...) }

func (t *template) add(s string) { t.buf = append(binary.AppendUvarint(t.buf, uint64(len(s))), s...) }

func (t *template) sum() *print {
	var p print
	sum := sha256.Sum256(t.buf)
	copy(p[:], sum[:])
	return &p
}

// text adds a text. It reports false where the id is in a longer word, or a made-up name is
// in the text.
func (t *template) text(s string) bool {
	t.buf = binary.AppendUvarint(t.buf, uint64(len(s)))
	if t.namesMade(s) {
		return false
	}
	if t.hasOwn(s) {
		t.add(t.values)
	}
	for {
		i := strings.Index(s, t.id)
		if i < 0 {
			t.buf = append(t.buf, s...)
			return true
		}
		end := i + len(t.id)
		if i > 0 && wordly(s[i-1]) || end < len(s) && wordly(s[end]) {
			return false
		}
		t.buf = append(append(t.buf, s[:i]...), own...)
		s = s[end:]
		if strings.HasPrefix(s, t.id) {
			return false
		}
	}
}

// wordly reports whether a character may be part of a word, whatever a word is.
func wordly(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

// namesMade reports whether a text has one of the names with a part that a tool made up.
func (t *template) namesMade(s string) bool {
	if len(t.made) == 0 {
		return false
	}
	for from := 0; from < len(s); {
		to := from
		for to < len(s) && (wordly(s[to]) || strings.IndexByte("+=,.@_-", s[to]) >= 0) {
			to++
		}
		if t.made[s[from:to]] {
			return true
		}
		from = to + 1
	}
	return false
}
