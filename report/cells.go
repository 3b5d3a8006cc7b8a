package report

import (
	"strings"

	"iamctl/result"
)

// join puts several values into one cell, as the values of original say.
func join(values []string) string { return strings.Join(values, between) }

// foreign gives names as tag:value.
func foreign(names []result.Name) string {
	values := make([]string, len(names))
	for i, n := range names {
		values[i] = n.Owner + ":" + n.Value
	}
	return join(values)
}

// expected gives what was expected in place of each name, "" if there is no
// counterpart for any.
func expected(names []result.Name) string {
	values := make([]string, len(names))
	some := false
	for i, n := range names {
		values[i] = n.Expected
		some = some || n.Expected != ""
	}
	if !some {
		return ""
	}
	return join(values)
}
