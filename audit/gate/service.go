package gate

import (
	"regexp"
	"slices"
	"strings"

	"iamctl/policy"
)

// As returns the gate for one service or identity provider alone.
func (g Gate) As(who policy.Principal) Gate {
	is := func(p policy.Principal) bool {
		return p.Type == "*" || p.Type == who.Type && (p.Value == "*" || p.Value == who.Value || p.Type == "Service" && strings.EqualFold(p.Value, who.Value))
	}
	return g.edited(func(s *policy.Statement) bool {
		if s.Effect != "Allow" {
			return true
		}
		found := slices.ContainsFunc(s.Principal, is)
		s.Principal = []policy.Principal{who}
		return found
	})
}

// edited returns the gate with statements changed; edit reports whether one is kept.
func (g Gate) edited(edit func(*policy.Statement) bool) Gate {
	if g.d == nil {
		return g
	}
	d := *g.d
	d.Statements = nil
	for _, s := range g.d.Statements {
		if edit(&s) {
			d.Statements = append(d.Statements, s)
		}
	}
	return Gate{g.c, g.whole, &d}
}

// Service asks whether a service gets in.
func (g Gate) Service(service string) Answer {
	return g.As(policy.Principal{Type: "Service", Value: service}).Anybody()
}

// Services returns the services that a trust policy names in an Allow, sorted. Whether
// they get in is to be asked.
func (g Gate) Services() []string { return g.named("Service") }

// Providers returns the identity providers that a trust policy names in an Allow, sorted.
func (g Gate) Providers() []string { return g.named("Federated") }

func (g Gate) named(kind string) []string {
	if g.d == nil {
		return nil
	}
	var out []string
	for _, s := range g.d.Statements {
		for _, p := range s.Principal {
			if s.Effect == "Allow" && p.Type == kind && p.Value != "*" {
				out = append(out, p.Value)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// region is the name of a region, with the dot after it.
var region = regexp.MustCompile(`\.[a-z]{2}(-[a-z]+)+-[0-9]\.`)

// Global returns a service without its region and that of China, in lower case.
func Global(service string) string {
	if strings.Count(service, ".") == 2 {
		return strings.ToLower(service) // which saves work
	}
	return strings.TrimSuffix(region.ReplaceAllString(strings.ToLower(service), "."), ".cn")
}
