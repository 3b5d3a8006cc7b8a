package eval

import "iamctl/policy"

// Asked is permissions that are asked about one action, many times.
type Asked struct {
	permissions *Permissions
	action      string
	// about are the statements that may be about the action, of each document
	// of the identity and of the boundary.
	about [2][][]int
}

// Asked returns the permissions for requests for the action.
func (p *Permissions) Asked(action string) *Asked {
	a := &Asked{permissions: p, action: action}
	q := question{request: &Request{Action: action}, named: named(action)}
	for i, list := range [][]*policy.Document{p.Identity, p.Boundary} {
		a.about[i] = make([][]int, len(list))
		for k, d := range list {
			if d != nil {
				a.about[i][k] = q.about(d)
			}
		}
	}
	return a
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
