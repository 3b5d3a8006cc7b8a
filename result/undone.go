package result

import (
	"cmp"
	"slices"
	"strings"

	"iamctl/inventory"
)

// undone is what could not be done with what a gap of a kind is about; those of other kinds
// could not be compared.
var undone = map[string]string{
	string(inventory.GapRead): "read", string(inventory.GapParse): "understood",
}

// Undone says what could not be done with what gaps are about, each once, in the order in
// which it is done: "read, understood or compared", or fewer of these.
func Undone(gaps []Gap) string {
	var verbs []string
	for _, verb := range []string{"read", "understood", "compared"} {
		if slices.ContainsFunc(gaps, func(g Gap) bool { return cmp.Or(undone[g.Kind], "compared") == verb }) {
			verbs = append(verbs, verb)
		}
	}
	if n := len(verbs); n > 1 {
		verbs = append(verbs[:n-2], verbs[n-2]+" or "+verbs[n-1])
	}
	return strings.Join(verbs, ", ")
}
