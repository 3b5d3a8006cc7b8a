package question

import (
	"fmt"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"iamctl/internal/jsonplace"
	"iamctl/policy"
)

// Documents reads a policy document or a list of them. Errors begin with name, and
// with a document's place in the list. The slice is not nil.
//
// A document that AWS would not take as it is, by what policy.Parse says of it, is an
// error: what it allows is not known.
func Documents(name string, value jsontext.Value) ([]*policy.Document, error) {
	if value.Kind() != jsontext.KindBeginArray {
		d, err := document(value)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		return []*policy.Document{d}, nil
	}
	var list []jsontext.Value
	if err := json.Unmarshal(value, &list, lenient); err != nil {
		return nil, fmt.Errorf("%s: %w", name, jsonplace.SyntaxReason(err))
	}
	out := make([]*policy.Document, 0, len(list))
	for i, v := range list {
		d, err := document(v)
		if err != nil {
			return nil, fmt.Errorf("%s, document %d: %w", name, i+1, err)
		}
		out = append(out, d)
	}
	return out, nil
}

// lenient leaves it to package policy what is odd within a document.
var lenient = json.JoinOptions(jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))

func document(value jsontext.Value) (*policy.Document, error) {
	text := string(value)
	if value.Kind() == jsontext.KindString {
		text = jsonplace.Unquote(text)
	}
	d, problems, err := policy.Parse(text)
	if err != nil {
		return nil, err
	}
	var odd []string
	for _, p := range problems {
		if !p.Minor && len(odd) < maxProblems {
			odd = append(odd, p.String())
		}
	}
	if odd != nil {
		return nil, fmt.Errorf("not a document that AWS takes: %s", strings.Join(odd, "; "))
	}
	return d, nil
}

// maxProblems bounds what an error says of one document.
const maxProblems = 3
