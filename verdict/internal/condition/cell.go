package condition

import "iamctl/policy"

// Cell is a kind of what a request has for a key.
type Cell struct {
	Absent bool
	Values []string // examples
	// Holds are comparisons with policy variables that are taken to hold.
	// Those that say most come first.
	Holds []Comparison
	// unsure says that what nobody can say is taken to be so, or not.
	unsure bool
	value  int             // the number of the only value, -1 for none or several
	atoms  map[*atom]truth // what is taken of atoms that the value may match
}

// Comparison is one with a text that has policy variables.
type Comparison struct{ *atom }

// Fold reports whether letter case does not count.
func (c Comparison) Fold() bool { return c.kind == policy.StringIgnoreCaseOperator }

// Holds reports whether a value matches with values of the variables.
func (c Comparison) Holds(value string, of func(key string) (string, bool)) bool {
	t, ok := c.with(of)
	return ok && t.of(value) == yes
}
