package flatten

import (
	"strings"

	"iamctl/inventory"
)

// emitter writes rows of one part: of each of its principals.
type emitter struct {
	b                     *builder
	part                  *part
	effect                uint32
	resources, principals []uint32
	// terms are those of each principal with the note, once there was a row.
	terms []uint32
	note  string
}

func newEmitter(b *builder, p *part) *emitter {
	e := &emitter{b: b, part: p, effect: b.effect(p.key.effect)}
	for _, r := range p.resources {
		e.resources = append(e.resources, b.resource(r))
	}
	for _, q := range p.principals {
		e.principals = append(e.principals, b.principal(q))
	}
	return e
}

func (e *emitter) row(action, resource uint32, note string) {
	if e.terms == nil || note != e.note {
		e.terms, e.note = e.terms[:0], note
		for _, p := range e.part.principals {
			e.terms = append(e.terms, e.b.terms(e.withNote(note, p)))
		}
	}
	for k, principal := range e.principals {
		e.b.row(inventory.Row{Effect: e.effect, Action: action, Resource: resource, Principal: principal, Terms: e.terms[k]})
	}
}

// withNote returns the terms of the statement with the row's notes. The unique id of
// an entity that is there is no deleted one's.
func (e *emitter) withNote(note string, p inventory.Principal) inventory.Terms {
	t := e.part.key.terms
	t.Note = note
	if deleted(p) && !e.b.ids[p.Value] {
		t.Note = strings.Join(nonEmpty(note, noteDeleted), "; ")
	}
	return t
}

// deleted reports whether a principal no longer exists: AWS shows its unique id
// in place of the ARN (IAM User Guide, "AWS JSON policy elements: Principal").
func deleted(p inventory.Principal) bool {
	v := p.Value
	return p.Type == "AWS" && len(v) >= 16 && len(v) <= 128 && v[0] == 'A' &&
		(strings.HasPrefix(v, "AROA") || strings.HasPrefix(v, "AIDA")) && !strings.ContainsAny(v, ":/*")
}
