package escalation

import (
	"slices"
	"strings"

	"iamctl/audit/account"
	"iamctl/audit/grant"
	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/verdict"
)

// breadth is what a principal may do, as far as it is seen without a search.
type breadth struct {
	// services are those of the actions that it is allowed, samples are requests that it
	// may do; wild says that there are others.
	services []string
	samples  []*eval.Request
	wild     bool
	// allows are its policies without what they deny.
	allows *verdict.Permissions
	// but are the services that it is not allowed on everything; nil if others are not.
	but   []string
	whole bool
}

func (g *graph) breadthOf(n *node) *breadth {
	if n.broad == nil {
		n.broad = breadthOf(n.Holder, g.in.Grant(n.Holder))
	}
	return n.broad
}

func breadthOf(h *account.Holder, may grant.Grant) *breadth {
	p := h.Permissions()
	b := &breadth{allows: &verdict.Permissions{Boundary: p.Boundary}}
	for _, d := range p.Identity {
		kept := *d
		kept.Statements = nil
		for i := range d.Statements {
			s := &d.Statements[i]
			if s.Effect == "Deny" {
				continue
			}
			if own, ok := may.Settled(*s); ok {
				kept.Statements = append(kept.Statements, own)
			}
			b.statement(may, s, h.Boundary == nil)
		}
		b.allows.Identity = append(b.allows.Identity, &kept)
	}
	slices.Sort(b.services)
	b.services = slices.Compact(b.services)
	return b
}

func (b *breadth) statement(may grant.Grant, s *policy.Statement, free bool) {
	b.wild = b.wild || s.NotAction != nil || s.Unknown != nil
	for _, a := range s.Action {
		service, name, ok := strings.Cut(policy.Fold(a), ":")
		if !ok || strings.ContainsAny(service, "*?$") {
			b.wild = true
			continue
		}
		b.services = append(b.services, service)
		if strings.ContainsAny(name, "*?$") || len(b.samples) >= maxSamples || len(s.Resource) == 0 {
			continue
		}
		r := &eval.Request{Action: a, Resource: strings.NewReplacer("*", "x", "?", "x").Replace(s.Resource[0])}
		if may.Try(r).Sure() {
			b.samples = append(b.samples, r)
		}
	}
	if free && len(s.Condition) == 0 && s.Unknown == nil && s.NotAction != nil && slices.Contains(s.Resource, "*") && !b.whole {
		b.whole = true
		for _, a := range s.NotAction {
			service, _, _ := strings.Cut(policy.Fold(a), ":")
			b.whole = b.whole && !strings.ContainsAny(service, "*?$")
			b.but = append(b.but, service)
		}
	}
}

// maxSamples is how many requests of a principal are tried.
const maxSamples = 8
