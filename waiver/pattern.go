package waiver

import "strings"

// everyName reports whether the pattern matches every name.
func everyName(pattern string) bool {
	return strings.Trim(pattern, "*?") == "" && strings.Contains(pattern, "*") && strings.Count(pattern, "?") <= 1
}

// everyPath reports whether the pattern matches every path: they begin and end
// with a slash, and may be nothing else.
func everyPath(pattern string) bool {
	rest := strings.ReplaceAll(pattern, "*", "")
	return rest != pattern && (rest == "" || rest == "/" || rest == "?")
}
