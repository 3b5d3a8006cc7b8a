package suggest

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

// environment returns the row of environments that a value is in, with whatever
// number it ends in and with or without a dash, -1 for none.
func environment(value string) int {
	word := strings.TrimRight(strings.ReplaceAll(strings.ToLower(value), "-", ""), "0123456789")
	return slices.IndexFunc(environments, func(row []string) bool { return slices.Contains(row, word) })
}

// environmental reports whether the values are words for two environments.
func (c *candidate) environmental() bool {
	x, y := environment(c.texts[0]), environment(c.texts[1])
	return x >= 0 && y >= 0 && x != y
}

// fitsChosen reports whether the values are for the environments that chosen
// candidates are for: an account is one of them.
func (s *search) fitsChosen(c *candidate) bool {
	return !slices.ContainsFunc(s.chosen, func(o *candidate) bool {
		return o.environmental() &&
			(environment(o.texts[0]) != environment(c.texts[0]) || environment(o.texts[1]) != environment(c.texts[1]))
	})
}
