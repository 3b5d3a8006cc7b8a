package equivalency

import (
	"slices"
	"strings"
)

// environments are words by which environments are called, those for one in a row.
var environments = [][]string{
	{"dev", "devel", "develop", "development"},
	{"test", "tst", "testing"},
	{"qa", "qas", "quality"},
	{"int", "integration"},
	{"uat", "acc", "acceptance"},
	{"stage", "stg", "staging"},
	{"preprod", "ppd", "preproduction"},
	{"nonprod", "nonproduction"},
	{"prod", "prd", "production", "live"},
	{"sandbox", "sbx"},
	{"demo"},
	{"perf", "performance"},
}

// Environment returns the number of the environment that a word stands for, with whatever
// number it ends in and with or without a dash, -1 for none.
func Environment(word string) int {
	word = strings.TrimRight(strings.ReplaceAll(strings.ToLower(word), "-", ""), "0123456789")
	return slices.IndexFunc(environments, func(row []string) bool { return slices.Contains(row, word) })
}
