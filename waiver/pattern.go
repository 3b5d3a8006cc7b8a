package waiver

import (
	"strings"
	"unicode/utf8"
)

// matches tells whether the pattern, in which * stands for any text and ? for
// any one character, is all of s.
func matches(pattern, s string) bool {
	// star is where to go on after the last *, and retry where it ends now.
	star, retry := -1, 0
	p, i := 0, 0
	for i < len(s) {
		_, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case p < len(pattern) && pattern[p] == '*':
			p++
			star, retry = p, i
		case p < len(pattern) && pattern[p] == '?':
			p, i = p+1, i+size
		case p < len(pattern) && pattern[p] == s[i]:
			p, i = p+1, i+1
		case star >= 0:
			_, size = utf8.DecodeRuneInString(s[retry:])
			retry += size
			p, i = star, retry
		default:
			return false
		}
	}
	return strings.Trim(pattern[p:], "*") == ""
}

// everyName tells whether the pattern matches every name.
func everyName(pattern string) bool {
	return strings.Trim(pattern, "*?") == "" && strings.Contains(pattern, "*") && strings.Count(pattern, "?") <= 1
}

// everyPath tells whether the pattern matches every path: they begin and end
// with a slash, and may be nothing else.
func everyPath(pattern string) bool {
	rest := strings.ReplaceAll(pattern, "*", "")
	return rest != pattern && (rest == "" || rest == "/" || rest == "?")
}

// fold makes the ASCII letters of s small. IAM's names have no others.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}
