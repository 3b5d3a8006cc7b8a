package eval

import "iamctl/policy"

// Asked is permissions that are asked about one action, many times.
type Asked struct {
	permissions *Permissions
	action      string
	// about are the statements that may be about the action, of each document
	// of the identity, of the boundary, and of each level of control policies.
	about [][][]int
}

// Asked returns the permissions for requests for the action.
func (p *Permissions) Asked(action string) *Asked {
	a := &Asked{permissions: p, action: action}
	q := question{request: &Request{Action: action}, named: named(action)}
	a.about = make([][][]int, 2, 2+len(p.Control))
	a.about[0], a.about[1] = q.aboutAll(p.Identity), q.aboutAll(p.Boundary)
	for _, level := range p.Control {
		a.about = append(a.about, q.aboutAll(level))
	}
	return a
}

// aboutAll returns what about does for each document.
func (q *question) aboutAll(list []*policy.Document) [][]int {
	out := make([][]int, len(list))
	for i, d := range list {
		if d != nil {
			out[i] = q.about(d)
		}
	}
	return out
}

// about returns the statements of a document that may be about the action.
func (q *question) about(d *policy.Document) []int {
	var out []int
	for i := range d.Statements {
		if s := &d.Statements[i]; s.Unknown != nil || q.action(s).truth != no {
			out = append(out, i)
		}
	}
	return out
}

// Decide answers as Permissions.Decide does. The request must be for the action.
func (a *Asked) Decide(r *Request) Decision {
	if r.Action != a.action {
		return a.permissions.Decide(r)
	}
	return a.permissions.decide(r, a.about)
}
