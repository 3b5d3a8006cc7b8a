package question

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"iamctl/internal/jsonplace"
	"iamctl/internal/nearest"
	"iamctl/policy"
)

// Type is what documents are for.
type Type string

// The types of documents.
const (
	// Identity documents say what a principal may do.
	Identity Type = "identity"
	// Trust documents say who may assume a role.
	Trust Type = "trust"
)

// Question asks what a principal, or a role's trust policy, allows after a change
// that it did not allow before, and the reverse.
type Question struct {
	// ID is any JSON value, nil where there is none. Its answer has it too.
	ID jsontext.Value
	// Type is "" where the documents say it: those with principals are for trust.
	Type     Type
	Old, New Side
}

// Side is the documents before or after the change.
type Side struct {
	Documents []*policy.Document
	// Boundary is what limits them: nil where nothing does.
	Boundary []*policy.Document
	// Name and BoundaryName are what errors call them, as the files that they are from.
	// "" is the member of a question.
	Name, BoundaryName string
}

// fields are a question's members.
var fields = []string{"id", "type", "old", "new", "old_boundary", "new_boundary"}

// Parse reads a question. Where it fails, the question has the id if that could be
// read, and nothing else. A member that a question does not have is an error: it may be
// meant to change the answer.
func Parse(line []byte) (Question, error) {
	members, err := object(line)
	q := Question{ID: members["id"]}
	if err != nil {
		return q, err
	}
	if err := q.read(members); err != nil {
		return Question{ID: q.ID}, err
	}
	return q, nil
}

// object reads the members of an object, as far as they can be read.
func object(line []byte) (map[string]jsontext.Value, error) {
	members := map[string]jsontext.Value{}
	d := jsontext.NewDecoder(bytes.NewBuffer(line), lenient)
	if d.PeekKind() != jsontext.KindBeginObject {
		if _, err := d.ReadValue(); err != nil {
			return nil, jsonplace.SyntaxReason(err)
		}
		return nil, errors.New("a question is a JSON object")
	}
	_, err := d.ReadToken()
	for err == nil && d.PeekKind() != jsontext.KindEndObject {
		var name, value jsontext.Value
		if name, err = d.ReadValue(); err != nil {
			break
		}
		text := jsonplace.Unquote(string(name))
		if value, err = d.ReadValue(); err != nil {
			break
		}
		if _, twice := members[text]; twice {
			return members, fmt.Errorf("%q is there twice", text)
		}
		members[text] = value.Clone()
	}
	if err == nil {
		_, err = d.ReadToken()
	}
	if err == nil {
		if _, err = d.ReadToken(); err == io.EOF {
			return members, nil
		}
		return members, errors.New("there is more than one JSON value")
	}
	return members, jsonplace.SyntaxReason(err)
}

func (q *Question) read(members map[string]jsontext.Value) error {
	for _, name := range slices.Sorted(maps.Keys(members)) {
		if slices.Contains(fields, name) {
			continue
		}
		if near := nearest.Name(name, fields); near != "" {
			return fmt.Errorf("%q: did you mean %q?", name, near)
		}
		return fmt.Errorf("%q is no member of a question: it has %s", name, strings.Join(fields, ", "))
	}
	if v, ok := members["type"]; ok {
		if err := json.Unmarshal(v, &q.Type); err != nil {
			return errors.New(`"type" is a string: "identity" or "trust"`)
		}
	}
	return errors.Join(q.Type.Check(), q.Old.read(members, "old"), q.New.read(members, "new"))
}

// Check returns an error for a type that there is not.
func (t Type) Check() error {
	if t != "" && t != Identity && t != Trust {
		return fmt.Errorf(`"type" is %q: it is "identity" or "trust"`, t)
	}
	return nil
}

// read reads a side's documents, and its boundary.
func (s *Side) read(members map[string]jsontext.Value, name string) error {
	v, ok := members[name]
	if !ok {
		return fmt.Errorf("%q is missing: a list of policy documents, [] for none", name)
	}
	var err error
	if s.Documents, err = Documents(name, v); err != nil {
		return err
	}
	if v := members[name+"_boundary"]; len(v) > 0 && v.Kind() != jsontext.KindNull {
		s.Boundary, err = Documents(name+"_boundary", v)
	}
	return err
}
