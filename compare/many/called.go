package many

import (
	"fmt"
	"slices"
	"strings"

	"iamctl/inventory"
	"iamctl/meaning"
)

// isNamed reports whether it is said by name which account of a role's reference has the control
// policies that make a difference: all of the reference are left the same, and yet others of it
// may be bound by other policies, or there is no other. Attached is what it is of m.
func (m *run) isNamed(reference int, accounts []int, attached []string) bool {
	if attached == nil {
		return false
	}
	of, seen := m.members[reference].bounds, map[string]bool{}
	return len(accounts) < 2 || slices.ContainsFunc(accounts, func(a int) bool {
		if seen[attached[a]] {
			return false
		}
		seen[attached[a]] = true
		return !bindsToo(of, m.members[a].bounds)
	})
}

// attached returns by account which control policies bound it, as one text for each choice of them;
// nil where it is not said whose they are.
func (m *run) attached() []string {
	if m.organizations == nil || m.Against != "" {
		return nil
	}
	out := make([]string, len(m.members))
	for i, a := range m.members {
		var b strings.Builder
		for _, of := range []*inventory.Bounds{&a.bounds.Service, &a.bounds.Resource} {
			fmt.Fprintf(&b, "%q %q\n", of.Unknown, of.Exempt)
			for _, l := range of.Levels {
				for _, p := range l.Policies {
					b.WriteString(p.ID + " ")
				}
				b.WriteString("\n")
			}
		}
		out[i] = b.String()
	}
	return out
}

// bindsToo reports whether whatever bounds an account bounds another one.
func bindsToo(of, other *meaning.Bounds) bool {
	return withinLevels(&of.Service, &other.Service) && withinLevels(&of.Resource, &other.Resource)
}

func withinLevels(of, other *inventory.Bounds) bool {
	switch {
	case of.Unknown != "" || other.Unknown != "":
		return of.Unknown == other.Unknown
	case of.Exempt != "" || len(of.Levels) == 0:
		return true
	case other.Exempt != "":
		return false
	}
	return !slices.ContainsFunc(of.Levels, func(l inventory.Level) bool {
		return !slices.ContainsFunc(other.Levels, func(k inventory.Level) bool { return slices.EqualFunc(l.Policies, k.Policies, samePolicy) })
	})
}

func samePolicy(a, b *inventory.ControlPolicy) bool { return a.Type == b.Type && a.ID == b.ID }

// calledReference returns what the reference is called where it is said which control policies
// make a difference.
func (m *run) calledReference(of two) string {
	switch {
	case m.Against != "":
		return m.Against
	case of.named:
		return m.members[of.reference].title()
	}
	return "the others"
}
