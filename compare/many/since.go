package many

import (
	"fmt"
	"slices"
	"strings"

	"iamctl/internal/hint"
	"iamctl/result/matrix"
)

// check returns an error if none of the accounts was there then: everything would look new.
func (e *earlier) check(now *matrix.Matrix) error {
	if slices.ContainsFunc(now.Keys(), func(k string) bool { return slices.Contains(e.Keys(), k) }) {
		return nil
	}
	return hint.With(fmt.Errorf("--since %s: that run was of none of these accounts: hold like against like", e.name), "see 'iamctl matrix --help'")
}

// notes say in what the earlier run is another.
func (e *earlier) notes(now *matrix.Matrix) []string {
	var out []string
	add := func(format string, of, in *matrix.Matrix) {
		there := map[string]bool{}
		for _, k := range in.Keys() {
			there[k] = true
		}
		var list []string
		for i, k := range of.Keys() {
			if !there[k] {
				list = append(list, of.Accounts[i].Tag)
			}
		}
		if len(list) > 0 {
			out = append(out, fmt.Sprintf(format, cut(list)))
		}
	}
	add("the earlier run was not of %s: all that differs there counts as new", now, e.Matrix)
	add("the earlier run was of %s too: nothing is said of what differed there", e.Matrix, now)
	if e.Incomplete {
		out = append(out, "the earlier run was incomplete: what it could not read counts as new")
	}
	return out
}

// noted is how many accounts a note names.
const noted = 8

func cut(tags []string) string {
	out := strings.Join(tags[:min(len(tags), noted)], ", ")
	if more := len(tags) - noted; more > 0 {
		out += fmt.Sprintf(" and %d more", more)
	}
	return out
}
