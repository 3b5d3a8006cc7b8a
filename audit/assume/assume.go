// Package assume asks which principals of an account, and which services, may assume which
// of its roles.
package assume

import (
	"slices"
	"strings"

	"iamctl/audit/account"
	"iamctl/audit/gate"
	"iamctl/audit/grant"
	"iamctl/audit/rule"
	"iamctl/inventory"
	"iamctl/policy"
	"iamctl/policy/eval"
)

// Question asks about one account.
type Question struct {
	in *rule.Input
	// doors are the answers of trust policies, which many roles share.
	doors  map[doorKey]Door
	others map[doorKey]Door
	looks  map[*policy.Document]*look
}

type doorKey struct {
	document *policy.Document
	who      string
	// holder is who asks if it may be another to the policy than who has the same name.
	holder *account.Holder
}

// Door is how a trust policy lets somebody in.
type Door struct {
	Open bool
	// Named says that it is by its ARN, so that the principal needs no permission of its
	// own; otherwise it is as one of the account.
	Named bool
	// Unknown says why it could not be decided whether it is open, "" if it was.
	Unknown string
	// Witness is a request that is let in, of a principal that is as the one that asks;
	// nil if there is none.
	Witness *eval.Request
}

type shared struct{}

// Of returns the questions about the account of an input, which rules share.
func Of(in *rule.Input) *Question {
	return rule.Once(in, shared{}, func() *Question {
		return &Question{in, map[doorKey]Door{}, map[doorKey]Door{}, map[*policy.Document]*look{}}
	})
}

// Action is what who assumes a role does.
const Action = "sts:AssumeRole"

// anyMember is a user who stands for the members of a group, and for the users of whom a
// trust policy knows nothing.
const anyMember = "zz-any-member"

// May reports whether a user, a role or a member of a group may assume a role: the trust
// policy lets it in and, unless that is by its ARN, its own policies allow it; they must
// not deny it either way (IAM User Guide, "Policy evaluation logic", requests within one
// account). What cannot be decided counts as allowed.
func (q *Question) May(h, role *account.Holder) bool {
	a, d := q.Ask(h, role)
	return d.Open && a.Open()
}

// Ask asks the two sides of assuming a role: the holder's permissions and the trust
// policy. Where the door is shut the permissions are not asked. Those of a named holder
// have a witness also where they allow nothing: it is let in by the trust policy.
func (q *Question) Ask(h, role *account.Holder) (grant.Answer, Door) {
	d := q.Door(h, role)
	if d.Open {
		d = q.unset(h, role, d)
	}
	if !d.Open {
		return grant.Answer{Statement: -1}, d
	}
	g := q.in.Grant(h).Only(Action).Session().Onto(role)
	a := g.Try(&eval.Request{Action: Action, Resource: role.ARN})
	if a.Witness == nil {
		a = g.Anything()
	}
	if !a.Sure() && d.Named {
		a = g.Given(Action, role.ARN).Anything()
		a.Policy, a.Statement = nil, -1
	}
	return q.both(h, role, g, a, d), d
}

// Request returns the request to assume a role, nil if it is not to be had without a
// context.
func (q *Question) Request(h, role *account.Holder) *eval.Request {
	return q.in.Grant(h).Only(Action).On(role.ARN).Anything().Witness
}

// Door asks the trust policy of a role about a principal.
func (q *Question) Door(h, role *account.Holder) Door {
	if role.Trust == nil {
		return Door{}
	}
	document := role.Trust.Document
	if document == nil {
		return Door{Open: true, Unknown: "the trust policy of the role " + role.Name + " could not be read"}
	}
	l := q.look(document)
	if l.closed {
		return Door{}
	}
	key := doorKey{document: document, who: principalOf(h)}
	if l.personal {
		key.holder = h
	} else if !l.names[key.who] {
		key.who = l.stranger(h)
	}
	d, ok := q.doors[key]
	if !ok {
		d = q.sessions(document, l, h, func(document *policy.Document) Door { return q.door(document, h, key.who) })
		if !q.in.Comparer.Spent() {
			q.doors[key] = d
		}
	}
	return d
}

// door asks a trust policy about a principal by its ARN.
func (q *Question) door(document *policy.Document, h *account.Holder, who string) Door {
	return opened(q.gate(document, h, who))
}

// opened asks a gate for one principal.
func opened(g gate.Gate) Door {
	a := g.Anybody()
	d := Door{Open: a.Open(), Named: a.Open() && g.Named().Anybody().Open(), Witness: a.Witness}
	if a.Witness == nil {
		d.Unknown = a.Unknown
	}
	return d
}

// gate returns the gate of a trust policy for requests alone that a principal as the
// holder makes, by the ARN of who asks.
func (q *Question) gate(document *policy.Document, h *account.Holder, who string) gate.Gate {
	g := gate.New(q.in.Comparer, document).Since(q.in.Day).Doing(Action).Principal(who)
	p := q.in.Grant(h).Asking()
	for _, key := range g.Keys() {
		for _, list := range p.Never(key) {
			g = g.But(list...)
		}
		for _, c := range p.WithMFA(key) {
			g = g.But(c)
		}
	}
	return g
}

// Service asks whether a service gets in at a role. Its names with a region, without one and
// in China are one.
func (q *Question) Service(role *account.Holder, service string) Door {
	return q.ServiceFor(role, service, nil)
}

// ServiceFor asks whether a service gets in for a resource that one of some patterns matches, as
// far as the trust policy asks for which; nil is for any.
func (q *Question) ServiceFor(role *account.Holder, service string, resources []string) Door {
	d := q.other(role, policy.Principal{Type: "Service", Value: service}, resources)
	if d.Open {
		return d
	}
	global := gate.Global(service)
	for _, name := range append([]string{global}, q.look(role.Trust.Document).regional[global]...) {
		if in := q.other(role, policy.Principal{Type: "Service", Value: name}, resources); in.Open {
			return in
		}
	}
	return d
}

// Provider asks whether the users of an identity provider get in at a role.
func (q *Question) Provider(role *account.Holder, name string) Door {
	return q.other(role, policy.Principal{Type: "Federated", Value: name}, nil)
}

func (q *Question) other(role *account.Holder, who policy.Principal, resources []string) Door {
	document := role.Trust.Document
	if document == nil {
		return Door{Open: true, Unknown: "the trust policy of the role " + role.Name + " could not be read"}
	}
	if !q.look(document).mentions(who.Value) {
		return Door{}
	}
	if !slices.Contains(q.look(document).keys, sourceARN) {
		resources = nil
	}
	key := doorKey{document: document, who: who.Type + " " + who.Value + " " + strings.Join(resources, " ")}
	d, ok := q.others[key]
	if !ok {
		g := q.calling(gate.New(q.in.Comparer, document).Since(q.in.Day).As(who), who)
		if len(resources) > 0 {
			g = g.But(thereSource, policy.Condition{Operator: "ArnNotLike", Key: sourceARN, Values: resources})
		}
		a := g.Anybody()
		d.Open = a.Open()
		switch {
		case a.Witness == nil:
			d.Unknown = a.Unknown
		case sourceAsText(document) && !g.ByComponents(sourceARN).Anybody().Open():
			d.Unknown = "the trust policy of the role " + role.Name + " lets the service in for this account only if a wildcard in a text about aws:SourceArn is more than a part of the ARN"
		}
		if !q.in.Comparer.Spent() {
			q.others[key] = d
		}
	}
	return d
}

// principalOf returns the ARN of who asks.
func principalOf(h *account.Holder) string {
	if h.Kind != inventory.EntityGroup {
		return h.ARN
	}
	arn, _ := policy.ParseARN(h.ARN)
	arn.Resource = "user/" + anyMember
	return arn.String()
}
