// Package audience says in words whom an identity provider's claims let in: "any
// repository of acme", "service account app of namespace web".
//
// It knows how providers put their claims together, and asks its caller which claims
// are let in: the patterns of a policy only say what to ask for.
package audience

import (
	"slices"
	"strings"

	"iamctl/policy"
)

// anyName stands for a name that nobody has named.
const anyName = "any-name"

// Group is somebody that a provider vouches for.
type Group struct {
	// Words name the group.
	Words string
	// Claim is one of theirs: the one that was asked for.
	Claim string
	// Everyone says that anybody can make oneself one of them: the provider is open to
	// all, and whose the claim is does not matter.
	Everyone bool
}

// Of returns the widest groups of a provider that are let in, in the order of their
// names. The values are what policies ask of the provider's claim, with wildcards; let
// reports whether a claim is let in.
func (p *Provider) Of(values []string, let func(claim string) bool) []Group {
	var in [][]string
	for _, g := range p.groups(values, let) {
		if !slices.ContainsFunc(in, func(wider []string) bool { return within(g, wider) }) && let(p.sample(g)) {
			in = append(in, g)
		}
	}
	out := make([]Group, len(in))
	for i, g := range in {
		out[i] = Group{Words: p.words(p, g), Claim: p.sample(g), Everyone: p.shared && p.open(g[0])}
	}
	slices.SortFunc(out, func(a, b Group) int { return strings.Compare(a.Words, b.Words) })
	return out
}

// groups returns what the values may be about, by the parts of claims, the widest first.
func (p *Provider) groups(values []string, let func(claim string) bool) [][]string {
	var out [][]string
	add := func(g []string) {
		if !slices.ContainsFunc(out, func(o []string) bool { return slices.Equal(o, g) }) {
			out = append(out, g)
		}
	}
	for _, v := range append([]string{"*"}, values...) {
		parts := p.aligned(v, let)
		add(parts)
		for i := range parts {
			wider := slices.Clone(parts)
			for k := i; k < len(wider); k++ {
				wider[k] = "*"
			}
			add(wider)
		}
	}
	slices.SortStableFunc(out, func(a, b []string) int { return stars(b) - stars(a) })
	return out
}

func stars(parts []string) int {
	n := 0
	for _, p := range parts {
		if p == "*" {
			n += 100
		} else if strings.Contains(p, "*") {
			n += 50 - min(len(p), 49)
		}
	}
	return n
}

// within reports whether a group is a part of a wider one.
func within(g, wider []string) bool {
	for i := range g {
		// A `?` is not wider than a `*`, which two are none of.
		if g[i] != wider[i] && !policy.Match(wider[i], strings.ReplaceAll(g[i], "*", "**")) {
			return false
		}
	}
	return true
}

// sample returns a claim of a group.
func (p *Provider) sample(g []string) string {
	parts := make([]string, len(g))
	for i, part := range g {
		parts[i] = strings.ReplaceAll(strings.ReplaceAll(part, "*", anyName), "?", "x")
	}
	return p.join(parts)
}

func (f *form) join(parts []string) string {
	var out strings.Builder
	for i, part := range parts {
		out.WriteString(f.heads[i] + part)
	}
	return out.String()
}
