package eval

import "iamctl/policy"

// Decide answers whether a role with the permissions may make the request. The
// principal of the request is not looked at: the role is who asks.
func (p *Permissions) Decide(r *Request) Decision {
	return p.decide(r, [2][][]int{})
}

// decide is Decide by the statements that may apply, of each document in Identity and in
// Boundary; nil is all of them.
func (p *Permissions) decide(r *Request, only [2][][]int) Decision {
	return bothReadings(question{request: r}, func(q *question) Decision {
		var t tally
		t.add(q, p.Identity, false, only[0])
		t.add(q, p.Boundary, true, only[1])
		if p.Boundary == nil {
			t.boundary.answer = sure(true)
		}
		return t.decision(p.Boundary)
	})
}

// wholes are the places of the documents of a boundary, each as a whole.
func wholes(boundary []*policy.Document) []Statement {
	var out []Statement
	for i := range boundary {
		out = append(out, Statement{true, i, -1})
	}
	return out
}

// Trust answers whether the trust policy lets the request's principal in. A nil
// document lets in nobody. Whether the principal's own policies allow the
// request is another question.
func Trust(d *policy.Document, r *Request) Decision {
	return bothReadings(question{request: r, trust: true}, func(q *question) Decision {
		t := tally{boundary: found{answer: sure(true)}}
		t.add(q, []*policy.Document{d}, false, nil)
		return t.decision(nil)
	})
}

// question is a request with how to look at it.
type question struct {
	request *Request
	named   bool // the action is service:Name
	trust   bool
	// spanning is the other reading of a resource: every `*` runs over colons.
	spanning bool
	// depends is set to the first resource that the two readings match
	// differently.
	depends string
}

// bothReadings decides by AWS's published reading of resources, and remarks if
// the other one would change the outcome.
func bothReadings(q question, decide func(*question) Decision) Decision {
	q.named = named(q.request.Action)
	d := decide(&q)
	if q.depends == "" {
		return d
	}
	other := question{request: q.request, named: q.named, trust: q.trust, spanning: true}
	if o := decide(&other).Outcome; o != d.Outcome && d.Outcome != Undecided {
		remark := reason{"it would be " + o.String() + " if the wildcards of a resource ran over the colons of an ARN", q.depends}
		d.Reason = remark.String()
	}
	return d
}

// found is the best answer that statements of one kind had, with the first
// statement that had it.
type found struct {
	answer
	by Statement
}

func (f *found) add(a answer, by Statement) {
	if a.truth > f.truth {
		f.answer, f.by = a, by
	}
}

// tally collects the answers of all statements.
type tally struct{ deny, identity, boundary found }

// add adds the answers of documents: of all statements, or of those that only has for
// each document.
func (t *tally) add(q *question, documents []*policy.Document, boundary bool, only [][]int) {
	allow := &t.identity
	if boundary {
		allow = &t.boundary
	}
	for i, d := range documents {
		if d == nil {
			continue
		}
		t.document(d, allow, Statement{boundary, i, -1})
		if only != nil {
			for _, j := range only[i] {
				t.statement(q, &d.Statements[j], d.Version, allow, Statement{boundary, i, j})
			}
			continue
		}
		for j := range d.Statements {
			t.statement(q, &d.Statements[j], d.Version, allow, Statement{boundary, i, j})
		}
	}
}

// document adds the doubt what a document says, if there is one.
func (t *tally) document(d *policy.Document, allow *found, by Statement) {
	if a := readable(d); a.truth != yes {
		t.deny.add(a, by)
		allow.add(a, by)
	}
}

// statement adds one statement to the answers that its effect is about, unless
// they are sure. An effect that AWS does not have, or a second one, may be either.
func (t *tally) statement(q *question, s *policy.Statement, version string, allow *found, by Statement) {
	switch {
	case s.Effect != "Allow" && s.Effect != "Deny" || has(s.Unknown, "Effect"):
		a := doubt("the effect is not one of Allow and Deny", s.Effect).and(q.applies(s, version))
		t.deny.add(a, by)
		allow.add(a, by)
	case s.Effect == "Allow" && allow.truth < yes:
		allow.add(q.applies(s, version), by)
	case s.Effect == "Deny" && t.deny.truth < yes:
		t.deny.add(q.applies(s, version), by)
	}
}

// decision puts the answers together: "Policy evaluation logic" in the IAM User Guide.
// What the boundary alone does not allow is decided by its documents.
func (t *tally) decision(boundary []*policy.Document) Decision {
	allowed := t.identity.and(t.boundary.answer)
	switch {
	case t.deny.truth == yes:
		return Decision{Outcome: Denied, By: []Statement{t.deny.by}}
	case allowed.truth == no:
		d := Decision{Outcome: NotAllowed}
		if t.identity.truth == yes {
			d.By = wholes(boundary)
		}
		return d
	case t.deny.truth == unclear || allowed.truth == unclear:
		return t.undecided()
	}
	by := []Statement{t.identity.by}
	if t.boundary.by.Boundary {
		by = append(by, t.boundary.by)
	}
	return Decision{Outcome: Allowed, By: by}
}

func (t *tally) undecided() Decision {
	d := Decision{Outcome: Undecided}
	for _, f := range []found{t.deny, t.identity, t.boundary} {
		if f.truth != unclear {
			continue
		}
		d.By = append(d.By, f.by)
		if d.Reason == "" {
			d.Reason = f.why.String()
		}
	}
	return d
}
