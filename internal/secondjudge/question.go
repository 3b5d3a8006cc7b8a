package main

import (
	"encoding/json"
	"slices"
	"strings"

	"iamctl/policy"
	"iamctl/policy/eval"
)

// question is a request with the documents that it is asked about: those of a
// role, or a trust policy.
type question struct {
	request          eval.Request
	eval.Permissions // whose Control are resource control policies for a trust policy
	trust            *policy.Document
}

// asked is the role of all questions.
const asked = "arn:aws:iam::123456789012:role/asked"

// ours returns what the evaluator answers. It is undecided also if only an
// explicit denial is: the judge tells it from what is merely not allowed.
func (q *question) ours() eval.Decision {
	d := q.decide()
	if d.Outcome != eval.NotAllowed {
		return d
	}
	more := *q
	everything := &policy.Document{Statements: []policy.Statement{{
		Effect: "Allow", Action: []string{"*"}, Resource: []string{"*"},
	}}}
	if q.trust != nil {
		trust := *q.trust
		trust.Statements = append(slices.Clone(trust.Statements), policy.Statement{
			Effect: "Allow", Action: []string{"*"}, Principal: []policy.Principal{{Type: "*", Value: "*"}},
		})
		more.trust = &trust
	}
	more.Identity = append(slices.Clone(q.Identity), everything)
	if q.Boundary != nil {
		more.Boundary = append(slices.Clone(q.Boundary), everything)
	}
	more.Control = nil
	for _, level := range q.Control {
		all := *everything
		if q.trust != nil {
			all.Statements = slices.Clone(all.Statements)
			all.Statements[0].Principal = []policy.Principal{{Type: "*", Value: "*"}}
		}
		more.Control = append(more.Control, append(slices.Clone(level), &all))
	}
	if other := more.decide(); other.Outcome == eval.Undecided {
		return other
	}
	return d
}

func (q *question) decide() eval.Decision {
	if q.trust != nil {
		return (&eval.Admission{Trust: q.trust, Control: q.Control, Role: asked}).Decide(&q.request)
	}
	return q.Decide(&q.request)
}

// words are the judge's names of outcomes.
var words = map[eval.Outcome]string{eval.Allowed: "Allowed", eval.Denied: "ExplicitlyDenied", eval.NotAllowed: "ImplicitlyDenied"}

// line returns the question as ask.cjs reads it.
func (q *question) line() []byte {
	m := map[string]any{
		"principal": asked,
		"action":    q.request.Action,
		"resource":  q.request.Resource,
		"context":   contextOf(q.request.Context),
		"identity":  texts(q.Identity),
	}
	if q.Boundary != nil {
		m["boundary"] = texts(q.Boundary)
	}
	var levels [][]json.RawMessage
	for _, level := range q.Control {
		levels = append(levels, texts(level))
	}
	if m["scps"] = levels; q.trust != nil {
		delete(m, "scps")
		m["rcps"] = levels
		m["trust"] = json.RawMessage(q.trust.String())
		m["principal"] = q.request.Principal.Value
		m["resource"] = asked
	}
	b, err := json.Marshal(m)
	if err != nil {
		panic(err) // documents print as JSON, the rest is text
	}
	return b
}

func texts(documents []*policy.Document) []json.RawMessage {
	list := []json.RawMessage{}
	for _, d := range documents {
		list = append(list, json.RawMessage(d.String()))
	}
	return list
}

// contextOf writes a key with one value as the judge wants it.
func contextOf(context map[string][]string) map[string]any {
	m := map[string]any{}
	for k, v := range context {
		m[k] = v
		if len(v) == 1 {
			m[k] = v[0]
		}
	}
	return m
}

// changed returns the question with every statement and the context as edit
// leaves them, which may change its copies, and whether any is another one.
func (q *question) changed(edit func(*statement)) (*question, bool) {
	c := *q
	c.request.Context = map[string][]string{}
	for k, v := range q.request.Context {
		c.request.Context[k] = v
	}
	c.Identity, c.Boundary = c.edited(q.Identity, edit), c.edited(q.Boundary, edit)
	c.Control = nil
	for _, level := range q.Control {
		c.Control = append(c.Control, c.edited(level, edit))
	}
	if q.trust != nil {
		c.trust = c.edited([]*policy.Document{q.trust}, edit)[0]
	}
	return &c, string(c.line()) != string(q.line())
}

// statement is one that is edited, with its document's version and the request.
type statement struct {
	*policy.Statement
	version string
	request *eval.Request
}

func (q *question) edited(documents []*policy.Document, edit func(*statement)) []*policy.Document {
	if documents == nil {
		return nil
	}
	list := []*policy.Document{}
	for _, d := range documents {
		c := *d
		c.Statements = nil
		for _, s := range d.Statements {
			s.Condition = append([]policy.Condition{}, s.Condition...)
			edited := statement{&s, d.Version, &q.request}
			edit(&edited)
			c.Statements = append(c.Statements, s)
			c.Version = edited.version
		}
		list = append(list, &c)
	}
	return list
}

// fair reports whether the judge answers the same question. To it, the resource
// `*` and a `*` in an ARN are any resource; it asks a trust policy about ARNs and
// services alone; and what AWS refuses or allows whatever the policies say
// (sts:GetCallerIdentity, changing AWS's own policies and roles) it knows.
func (q *question) fair() bool {
	action := policy.Fold(q.request.Action)
	if q.trust != nil {
		_, ok := policy.ParseARN(q.request.Principal.Value)
		return ok || q.request.Principal.Type == "Service"
	}
	arn, ok := policy.ParseARN(q.request.Resource)
	own := strings.HasPrefix(action, "iam:") && (arn.Account == "aws" || strings.HasPrefix(arn.Resource, "role/aws-reserved/"))
	return ok && !strings.Contains(q.request.Resource, "*") && action != "sts:getcalleridentity" && !own
}
