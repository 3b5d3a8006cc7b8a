// Package example makes readable texts that patterns match.
package example

import "strings"

// Names are what stands where an ARN may have any partition or account.
type Names struct{ Partition, Account string }

// Of returns a text that a pattern with * and ? matches, short but without empty
// parts: arn:aws:s3:::app/* is arn:aws:s3:::app/x. It is "" for a pattern with
// variables.
func (n Names) Of(pattern string) string {
	if strings.Contains(pattern, "$") {
		return ""
	}
	parts := strings.SplitN(pattern, ":", 6)
	if len(parts) < 6 || parts[0] != "arn" {
		return fill(pattern)
	}
	for i, usual := range []string{"", n.Partition, "", "us-east-1", n.Account} {
		if usual != "" && (parts[i] == "*" || parts[i] == strings.Repeat("?", len(usual))) {
			parts[i] = usual
		}
	}
	for i := range parts {
		parts[i] = fill(parts[i])
	}
	return strings.Join(parts, ":")
}

// fill puts something in the place of wildcards: nothing for a star beside a letter
// or a digit.
func fill(s string) string {
	var b strings.Builder
	for i := range len(s) {
		switch {
		case s[i] == '?', s[i] == '*' && ends(s, i-1) && ends(s, i+1):
			b.WriteByte('x')
		case s[i] != '*':
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

// ends reports whether no word goes on at a place in a text.
func ends(s string, i int) bool {
	return i < 0 || i >= len(s) || strings.IndexByte(`/:-_.@=,+ `, s[i]) >= 0
}
