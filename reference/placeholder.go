package reference

import "strings"

// placeholders replaces what AWS writes for a value to be filled in by `*`:
// ${Name} everywhere, <name> in a few condition keys and, without the dollar,
// {Name} in one ARN format. A bracket that is not closed is kept.
func placeholders(format string) string {
	var out strings.Builder
	for {
		i := strings.IndexAny(format, "{<")
		if i < 0 {
			break
		}
		closing := "}"
		if format[i] == '<' {
			closing = ">"
		}
		n := strings.Index(format[i:], closing)
		if n < 0 {
			break
		}
		out.WriteString(strings.TrimSuffix(format[:i], "$"))
		out.WriteByte('*')
		format = format[i+n+1:]
	}
	out.WriteString(format)
	return out.String()
}
