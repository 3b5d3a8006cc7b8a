package gate

import (
	"slices"
	"strings"

	"iamctl/policy"
)

// Service asks whether a service gets in.
func (g Gate) Service(service string) Answer {
	if g.d == nil {
		return Answer{Statement: -1}
	}
	d := *g.d
	d.Statements = nil
	it := policy.Principal{Type: "Service", Value: service}
	for _, s := range g.d.Statements {
		if s.Effect == "Allow" {
			if !slices.ContainsFunc(s.Principal, func(p policy.Principal) bool {
				return p.Type == "*" || p.Type == "Service" && (p.Value == "*" || strings.EqualFold(p.Value, service))
			}) {
				continue
			}
			s.Principal = []policy.Principal{it}
		}
		d.Statements = append(d.Statements, s)
	}
	return Gate{g.c, g.whole, &d}.Anybody()
}

// Services returns the services that a trust policy names in an Allow, sorted. Whether
// they get in is to be asked.
func (g Gate) Services() []string {
	if g.d == nil {
		return nil
	}
	var out []string
	for _, s := range g.d.Statements {
		for _, p := range s.Principal {
			if s.Effect == "Allow" && p.Type == "Service" && p.Value != "*" {
				out = append(out, p.Value)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
