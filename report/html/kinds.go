package html

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"iamctl/result"
)

// The kinds of drift: a role of one account, items by the type of their
// policy, attributes by their kind.
const (
	kindRole      = "role"
	kindAWS       = "awsmanaged"
	kindItems     = "items "
	kindAttribute = "attribute "
	// kindImpossible is the kind of a pair that the reference calls impossible.
	kindImpossible = result.DriftImpossible
)

// knownKinds are the known kinds in their order, with what the page calls
// them. Other kinds come after them, under their own names.
var knownKinds = []struct{ kind, label string }{
	{kindRole, "role in one account"},
	{kindAWS, "changed by AWS"},
	{kindItems + "trust", "trust"},
	{kindItems + "inline", "inline policy"},
	{kindItems + "managed", "managed policy"},
	{kindItems + "boundary", "boundary policy"},
	{kindAttribute + "policy", "policy attached"},
	{kindAttribute + "future", "actions that AWS may add"},
	{kindAttribute + "effective", "control policies"},
	{kindAttribute + "boundary", "boundary set"},
	{kindAttribute + "path", "path"},
	{kindAttribute + "maxsessionduration", "session duration"},
	{kindAttribute + "instanceprofile", "instance profile"},
	{kindAttribute + "tag", "tag"},
	{kindAttribute + "description", "description"},
	{kindAttribute + "rolename", "letter case of name"},
	{kindImpossible, "impossible by the reference"},
}

// kindLabel returns what the page calls a kind.
func kindLabel(kind string) string {
	for _, k := range knownKinds {
		if k.kind == kind {
			return k.label
		}
	}
	return kind
}

// figures count drift by the account that has it; what is waived counts as
// Waived alone.
type figures struct{ A, B, Both, Waived int }

func (f *figures) add(side int, waived bool) {
	switch {
	case waived:
		f.Waived++
	case side == 0:
		f.A++
	case side == 1:
		f.B++
	default:
		f.Both++
	}
}

func (f *figures) total() int { return f.A + f.B + f.Both + f.Waived }

// figuresOf returns the figures of a key, new ones if there are none.
func figuresOf(m map[string]*figures, key string) *figures {
	f := m[key]
	if f == nil {
		f = &figures{}
		m[key] = f
	}
	return f
}

// kindOf returns the kind of a drift.
func kindOf(d *result.Drift) string {
	switch d.Kind {
	case result.DriftAttribute:
		return kindAttribute + d.Detail
	case result.DriftItem:
		return kindItems + d.Detail
	case result.DriftImpossible:
		return kindImpossible
	case result.DriftAWS:
		return kindAWS
	}
	return kindRole
}

// sortKinds lists the kinds of drift that there are, known ones first.
func (s *survey) sortKinds() {
	order := func(kind string) int {
		for i, k := range knownKinds {
			if k.kind == kind {
				return i
			}
		}
		return len(knownKinds)
	}
	s.kinds = slices.SortedFunc(maps.Keys(s.byKind), func(a, b string) int {
		return cmp.Or(order(a)-order(b), strings.Compare(a, b))
	})
}
