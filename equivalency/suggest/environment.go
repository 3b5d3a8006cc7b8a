package suggest

import (
	"slices"

	"iamctl/equivalency"
)

// environmental reports whether the values are words for two environments.
func (c *candidate) environmental() bool {
	x, y := equivalency.Environment(c.texts[0]), equivalency.Environment(c.texts[1])
	return x >= 0 && y >= 0 && x != y
}

// fitsChosen reports whether the values are for the environments that chosen
// candidates are for: an account is one of them.
func (s *search) fitsChosen(c *candidate) bool {
	return !slices.ContainsFunc(s.chosen, func(o *candidate) bool {
		return o.environmental() &&
			(equivalency.Environment(o.texts[0]) != equivalency.Environment(c.texts[0]) || equivalency.Environment(o.texts[1]) != equivalency.Environment(c.texts[1]))
	})
}
