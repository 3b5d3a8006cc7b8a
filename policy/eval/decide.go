package eval

import "iamctl/policy"

// Decide answers whether a role with the permissions may make the request. The
// principal of the request is not looked at: the role is who asks.
func (p *Permissions) Decide(r *Request) Decision {
	return p.decide(r, nil)
}

// decide is Decide by the statements that may apply, of each document as in Asked; nil is
// all of them.
func (p *Permissions) decide(r *Request, only [][][]int) Decision {
	of := func(list int) [][]int {
		if only == nil {
			return nil
		}
		return only[list]
	}
	return bothReadings(question{request: r}, func(q *question) Decision {
		var t tally
		t.add(q, p.Identity, &t.identity, Statement{}, of(0))
		t.add(q, p.Boundary, &t.boundary, Statement{Boundary: true}, of(1))
		if p.Boundary == nil {
			t.boundary.answer = sure(true)
		}
		t.levels(q, p.Control, func(level int) [][]int { return of(2 + level) })
		return t.decision(p.Boundary)
	})
}

// wholes are the places of the documents of a boundary, each as a whole.
func wholes(boundary []*policy.Document) []Statement {
	var out []Statement
	for i := range boundary {
		out = append(out, Statement{Boundary: true, Document: i, Index: -1})
	}
	return out
}

// Trust answers whether the trust policy lets the request's principal in. A nil
// document lets in nobody. Whether the principal's own policies allow the
// request is another question.
func Trust(d *policy.Document, r *Request) Decision {
	return (&Admission{Trust: d}).Decide(r)
}

// Decide answers whether the trust policy and the resource control policies let the
// request's principal in. Whether the principal's own policies allow the request is another
// question, as are the service control policies of the principal's account.
func (a *Admission) Decide(r *Request) Decision {
	if a.Control != nil {
		of := *r
		of.Resource = a.Role
		r = &of
	}
	return bothReadings(question{request: r, trust: true}, func(q *question) Decision {
		t := tally{boundary: found{answer: sure(true)}}
		t.add(q, []*policy.Document{a.Trust}, &t.identity, Statement{}, nil)
		t.levels(q, a.Control, func(int) [][]int { return nil })
		return t.decision(nil)
	})
}

// question is a request with how to look at it.
type question struct {
	request *Request
	named   bool // the action is service:Name
	trust   bool
	// control says that the statement is one of a control policy.
	control bool
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
type tally struct {
	deny, identity, boundary found
	control                  []found // by level
}

// add adds the answers of documents, to allow those of an Allow: of all statements, or of
// those that only has for each document. at is the place of what the documents are.
func (t *tally) add(q *question, documents []*policy.Document, allow *found, at Statement, only [][]int) {
	for i, d := range documents {
		if d == nil {
			continue
		}
		at.Document, at.Index = i, -1
		t.document(d, allow, at)
		if only != nil {
			for _, at.Index = range only[i] {
				t.statement(q, &d.Statements[at.Index], d.Version, allow, at)
			}
			continue
		}
		for at.Index = range d.Statements {
			t.statement(q, &d.Statements[at.Index], d.Version, allow, at)
		}
	}
}

// levels adds the answers of control policies.
func (t *tally) levels(q *question, levels [][]*policy.Document, only func(level int) [][]int) {
	if levels == nil {
		return
	}
	q.control = true
	t.control = make([]found, len(levels))
	for i, level := range levels {
		t.add(q, level, &t.control[i], Statement{Level: i + 1}, only(i))
	}
	q.control = false
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
	for i := range t.control {
		allowed = allowed.and(t.control[i].answer)
	}
	switch {
	case t.deny.truth == yes:
		return Decision{Outcome: Denied, By: []Statement{t.deny.by}}
	case allowed.truth == no:
		return Decision{Outcome: NotAllowed, By: t.missing(boundary)}
	case t.deny.truth == unclear || allowed.truth == unclear:
		return t.undecided()
	}
	by := []Statement{t.identity.by}
	if t.boundary.by.Boundary {
		by = append(by, t.boundary.by)
	}
	return Decision{Outcome: Allowed, By: by}
}

// missing returns what does not allow a request that the identity allows.
func (t *tally) missing(boundary []*policy.Document) []Statement {
	if t.identity.truth != yes {
		return nil
	}
	if t.boundary.truth == no {
		return wholes(boundary)
	}
	for i := range t.control {
		if t.control[i].truth == no {
			return []Statement{{Level: i + 1, Document: -1, Index: -1}}
		}
	}
	return nil
}

func (t *tally) undecided() Decision {
	d := Decision{Outcome: Undecided}
	d.doubt(t.deny, t.identity, t.boundary)
	d.doubt(t.control...)
	return d
}

// doubt adds what is unclear.
func (d *Decision) doubt(list ...found) {
	for _, f := range list {
		if f.truth != unclear {
			continue
		}
		d.By = append(d.By, f.by)
		if d.Reason == "" {
			d.Reason = f.why.String()
		}
	}
}
