package report

import (
	"strings"

	"iamctl/result"
)

// separator is between several values in one cell.
const separator = " | "

// join returns a cell of several values.
func join(values []string) string { return strings.Join(values, separator) }

// foreign returns a cell of names as tag:value.
func foreign(names []result.Name) string {
	values := make([]string, len(names))
	for i, n := range names {
		values[i] = n.Owner + ":" + n.Value
	}
	return join(values)
}

// expected returns a cell of what was expected in place of each name, "" if no
// name has a counterpart.
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
