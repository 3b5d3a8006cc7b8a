package policy

import "strings"

// languageVersion is the only version of the language that has variables
// (IAM User Guide, "Version").
const languageVersion = "2012-10-17"

// NextVariable finds the first policy variable of s, ${...}, which is s[i:j].
// A ${ that nothing closes is plain text. A default value in single quotes may
// hold a brace, as in ${aws:PrincipalTag/team, 'a}b'}.
func NextVariable(s string) (i, j int, ok bool) {
	i = strings.Index(s, "${")
	if i < 0 {
		return 0, 0, false
	}
	n := variableLen(s[i:])
	return i, i + n, n > 0
}

// variableLen returns the length of the variable that s begins with, 0 if
// nothing closes it.
func variableLen(s string) int {
	end := strings.IndexByte(s, '}')
	if end < 0 {
		return 0
	}
	if comma := strings.IndexByte(s[:end], ','); comma >= 0 {
		rest := strings.TrimLeft(s[comma+1:], " ")
		if quoted, ok := strings.CutPrefix(rest, "'"); ok {
			if n := quotedLen(quoted); n > 0 {
				return len(s) - len(quoted) + n
			}
		}
	}
	return end + 1
}

// quotedLen returns the length of s up to a closing quote and the brace after
// it, 0 if s does not go on like that.
func quotedLen(s string) int {
	quote := strings.IndexByte(s, '\'')
	if quote < 0 {
		return 0
	}
	after := strings.TrimLeft(s[quote+1:], " ")
	if !strings.HasPrefix(after, "}") {
		return 0
	}
	return len(s) - len(after) + 1
}

// Escape writes a text as one of a document with Version 2012-10-17 that means it alone, as
// a pattern or not.
func Escape(s string) string { return escaper.Replace(s) }

var escaper = strings.NewReplacer("*", "${*}", "?", "${?}", "$", "${$}")

// VariablesAsPattern returns a pattern that matches whatever s can match once
// its policy variables have values: ${...} becomes `*`; of the literals, ${$}
// is a dollar, and ${*} and ${?} become `?` because a pattern cannot say a
// literal wildcard. It is for text of a document with Version 2012-10-17.
func VariablesAsPattern(s string) string {
	i, j, ok := NextVariable(s)
	if !ok {
		return s
	}
	var b strings.Builder
	for ; ok; i, j, ok = NextVariable(s) {
		b.WriteString(s[:i])
		switch s[i:j] {
		case "${$}":
			b.WriteByte('$')
		case "${*}", "${?}":
			b.WriteByte('?')
		default:
			b.WriteByte('*')
		}
		s = s[j:]
	}
	b.WriteString(s)
	return b.String()
}

// variablesAsText writes text of a version without variables so that version
// 2012-10-17 reads the same in it.
func variablesAsText(s string) string {
	return strings.ReplaceAll(s, "${", "${$}{")
}

// canonicalGlob is CanonicalPattern for text with variables: a * or ? within
// ${...} is not a wildcard.
func canonicalGlob(s string) string {
	if !strings.Contains(s, "**") && !strings.Contains(s, "*?") {
		return s
	}
	b := make([]byte, 0, len(s))
	for i, j, ok := NextVariable(s); ok; i, j, ok = NextVariable(s) {
		b = appendCanonicalPattern(b, s[:i])
		b = append(b, s[i:j]...)
		s = s[j:]
	}
	return string(appendCanonicalPattern(b, s))
}

// foldVariables returns s with the names of its policy variables in lower case:
// they are condition keys, whose letter case does not count (IAM User Guide, "IAM
// JSON policy elements: Condition"), nor does that of the tag key in one. A
// default value keeps its own.
func foldVariables(s string) string {
	i, j, ok := NextVariable(s)
	if !ok {
		return s
	}
	var b strings.Builder
	for ; ok; i, j, ok = NextVariable(s) {
		name, value, hasDefault := strings.Cut(s[i:j], ",")
		b.WriteString(s[:i])
		b.WriteString(Fold(name))
		if hasDefault {
			b.WriteString("," + value)
		}
		s = s[j:]
	}
	b.WriteString(s)
	return b.String()
}

// foldResourceVariables is foldVariables for what follows the fifth colon of an
// ARN: before it there are no variables (IAM User Guide, "IAM policy elements:
// Variables and tags").
func foldResourceVariables(s string) string {
	if !strings.Contains(s, "${") {
		return s
	}
	at := 0
	for range arnSegments - 1 {
		i := strings.IndexByte(s[at:], ':')
		if i < 0 {
			return s
		}
		at += i + 1
	}
	return s[:at] + foldVariables(s[at:])
}
