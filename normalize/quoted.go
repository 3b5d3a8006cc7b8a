package normalize

import (
	"strconv"
	"strings"
)

// Quoted returns texts as a message lists them: "dev" and "qa".
func Quoted(texts []string) string {
	out := make([]string, len(texts))
	for i, s := range texts {
		out[i] = strconv.Quote(s)
	}
	return strings.Join(out, " and ")
}
