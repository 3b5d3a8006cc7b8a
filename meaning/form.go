package meaning

import (
	"slices"
	"strings"

	"iamctl/inventory"
	"iamctl/verdict/severity"
)

// form says how the policies of both sides differ that say the same; "" if they do not
// differ.
func (s *scope) form() string {
	if len(s.identity[0]) == 1 && s.identity[0][0].Type == inventory.Trust {
		return ""
	}
	var left [2][]*document
	for side := range 2 {
		for _, d := range s.identity[side] {
			if !slices.ContainsFunc(s.identity[1-side], func(e *document) bool { return sameName(d, e) && sameAs(d, e) }) {
				left[side] = append(left[side], d)
			}
		}
	}
	switch {
	case len(left[0]) == 0 && len(left[1]) == 0:
		return ""
	case slices.EqualFunc(left[0], left[1], sameName):
		return "no change in permission: spelled differently"
	}
	return "no change in permission: " + relocated(left)
}

// sameName reports whether two documents are of policies of one type and name.
func sameName(d, e *document) bool { return d.Type == e.Type && d.Name == e.Name }

func sameAs(d, e *document) bool {
	return d.tokens == e.tokens || slices.Equal(statements([]*document{d}), statements([]*document{e}))
}

// relocated says where the statements of policies went.
func relocated(left [2][]*document) string {
	var said []string
	for _, d := range left[0] {
		i := slices.IndexFunc(left[1], func(e *document) bool { return sameAs(d, e) })
		if i < 0 || len(left[0]) != len(left[1]) {
			return "its statements are in other policies"
		}
		if e := left[1][i]; d.Type != e.Type && d.Name == e.Name {
			said = append(said, d.Name+" moved from "+string(d.Type)+" to "+string(e.Type))
		} else {
			said = append(said, "the policy "+d.Name+" is called "+e.Name)
		}
	}
	return strings.Join(said, ", ")
}

// unbounded reports whether the boundary is gone, and judges that: it is what kept the
// role from more, even where it keeps it from nothing now.
func (s *scope) unbounded() bool {
	if s.boundary[0] == nil || s.boundary[1] != nil {
		return false
	}
	s.Level = severity.Critical
	s.Kind = "the boundary " + s.boundary[0][0].Name + " is gone, which limits nothing of what the role may do now"
	return true
}
