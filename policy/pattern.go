package policy

import (
	"strings"
	"unicode/utf8"
)

// A pattern is text in which `*` matches any run of characters, also none,
// and `?` exactly one. Characters are runes; a byte that is not valid UTF-8
// is a character of its own. All else is literal and case counts: fold both
// sides first where it does not (actions).

// Match reports whether the pattern matches s. Its time is at worst the product
// of the lengths, whatever the pattern.
func Match(pattern, s string) bool { return glob(pattern, s, false) }

// MatchFold is Match without regard to the case of ASCII letters, as actions
// are matched (IAM User Guide, "Action").
func MatchFold(pattern, s string) bool {
	for i := range len(pattern) { // most are seen not to match here
		switch c := pattern[i]; {
		case c == '*' || c == '?':
			return Match(Fold(pattern[i:]), Fold(s[i:]))
		case i >= len(s) || c != s[i] && lower(c) != lower(s[i]):
			return false
		}
	}
	return len(pattern) == len(s)
}

// glob matches s against the pattern. With anyRune a `?` of s is a character
// that may be chosen freely.
//
// Only the last `*` is ever reconsidered: the one before it has already found
// its leftmost match, and a later one would leave less text for the rest.
func glob(pattern, s string, anyRune bool) bool {
	i, j := 0, 0
	afterStar, mark := -1, 0
	for j < len(s) {
		if i < len(pattern) {
			if pattern[i] == '*' {
				i++
				if i == len(pattern) {
					return true
				}
				afterStar, mark = i, j
				continue
			}
			n, m := runeLen(pattern, i), runeLen(s, j)
			if pattern[i] == '?' || anyRune && s[j] == '?' || pattern[i:i+n] == s[j:j+m] {
				i, j = i+n, j+m
				continue
			}
		}
		if afterStar < 0 {
			return false
		}
		mark += runeLen(s, mark)
		i, j = afterStar, mark
	}
	return onlyStars(pattern[i:])
}

// Intersects reports whether there is a string that both patterns match.
//
// The ends that are not under a `*` must agree character by character. If both
// patterns still have a `*` then, the two always meet: whatever one asks for
// fits into a `*` of the other.
func Intersects(p, q string) bool {
	p, q, ok := stripFront(p, q)
	if !ok {
		return false
	}
	p, q, ok = stripBack(p, q)
	switch {
	case !ok:
		return false
	case p == "":
		return onlyStars(q)
	case q == "":
		return onlyStars(p)
	}
	switch inP, inQ := strings.IndexByte(p, '*') >= 0, strings.IndexByte(q, '*') >= 0; {
	case inP && inQ:
		return true
	case inP:
		return glob(p, q, true)
	default:
		return glob(q, p, true)
	}
}

// stripFront takes off the characters before the first `*` of either pattern.
// It is false where they cannot agree.
func stripFront(p, q string) (string, string, bool) {
	i, j := 0, 0
	for i < len(p) && j < len(q) && p[i] != '*' && q[j] != '*' {
		n, m := runeLen(p, i), runeLen(q, j)
		if p[i] != '?' && q[j] != '?' && p[i:i+n] != q[j:j+m] {
			return "", "", false
		}
		i, j = i+n, j+m
	}
	return p[i:], q[j:], true
}

// stripBack is stripFront from the other end.
func stripBack(p, q string) (string, string, bool) {
	for p != "" && q != "" && p[len(p)-1] != '*' && q[len(q)-1] != '*' {
		_, n := utf8.DecodeLastRuneInString(p)
		_, m := utf8.DecodeLastRuneInString(q)
		i, j := len(p)-n, len(q)-m
		if p[i] != '?' && q[j] != '?' && p[i:] != q[j:] {
			return "", "", false
		}
		p, q = p[:i], q[:j]
	}
	return p, q, true
}

// CanonicalPattern writes every run of wildcards as its `?` and then at most
// one `*`: the same strings match.
func CanonicalPattern(p string) string {
	if !strings.Contains(p, "**") && !strings.Contains(p, "*?") {
		return p
	}
	return string(appendCanonicalPattern(make([]byte, 0, len(p)), p))
}

func appendCanonicalPattern(b []byte, p string) []byte {
	star := false
	for i := range len(p) {
		switch c := p[i]; {
		case c == '*':
			star = true
			continue
		case c != '?' && star:
			b = append(b, '*')
			star = false
		}
		b = append(b, p[i])
	}
	if star {
		b = append(b, '*')
	}
	return b
}

func hasWildcard(s string) bool { return strings.ContainsAny(s, "*?") }

func onlyStars(s string) bool { return strings.Trim(s, "*") == "" }

// runeLen returns the length in bytes of the character at i.
func runeLen(s string, i int) int {
	if s[i] < utf8.RuneSelf {
		return 1
	}
	_, n := utf8.DecodeRuneInString(s[i:])
	return n
}
