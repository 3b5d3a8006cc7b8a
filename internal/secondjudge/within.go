package main

import (
	"slices"

	"iamctl/policy"
)

// within puts a question below levels of control policies, from the root of an organisation
// to the account: SCPs, or RCPs for a trust policy.
func (g generator) within(q *question) *question {
	q.Control = [][]*policy.Document{}
	for range 1 + g.IntN(4) {
		var level []*policy.Document
		for range g.IntN(3) {
			level = append(level, g.control(q.trust != nil))
		}
		// RCPFullAWSAccess cannot be detached, and the judge adds it.
		if q.trust != nil || g.IntN(3) > 0 {
			level = append(level, full(q.trust != nil))
		}
		q.Control = append(q.Control, level)
	}
	return q
}

var everybody = []policy.Principal{{Type: "*", Value: "*"}}

// full returns AWS's own policy, which allows everything.
func full(resource bool) *policy.Document {
	s := policy.Statement{Effect: "Allow", Action: []string{"*"}, Resource: []string{"*"}}
	if resource {
		s.Principal = everybody
	}
	return &policy.Document{Version: variables, Statements: []policy.Statement{s}}
}

// control draws a control policy. An RCP denies (AWS Organizations User Guide, "RCP syntax").
func (g generator) control(resource bool) *policy.Document {
	d := g.document(false)
	d.Version = variables
	if !resource {
		return d
	}
	for i := range d.Statements {
		s := &d.Statements[i]
		s.Effect, s.Principal, s.NotAction, s.Action = "Deny", slices.Clone(everybody), nil, g.some(trustActions[:3])
		s.NotResource, s.Resource = nil, g.some([]string{"*", asked, "arn:aws:iam::*:role/a*", "arn:aws:iam::123456789012:role/other"})
	}
	return d
}
