package jsontree

import "github.com/go-json-experiment/json/jsontext"

// Node is a JSON value with its place.
type Node struct {
	// Kind is '{', '[', '"', '0', 't', 'f' or 'n', as jsontext has it.
	Kind jsontext.Kind
	// Text is a string's content, and any other scalar as written.
	Text string
	// At is the byte offset of the value.
	At      int
	Members []Member
	Items   []Node
}

// Member is a name of an object with its value.
type Member struct {
	Name string
	// At is the byte offset of the name.
	At    int
	Value Node
}

// reader turns a file into nodes. It keeps duplicate names: File.Distinct
// reports them with both places.
type reader struct{ dec *jsontext.Decoder }

func (r *reader) value() (Node, error) {
	switch r.dec.PeekKind() {
	case '{':
		return r.object()
	case '[':
		return r.list()
	}
	return r.scalar()
}

func (r *reader) object() (Node, error) {
	n, err := r.open()
	for err == nil && r.dec.PeekKind() != '}' {
		var name, value Node
		if name, err = r.scalar(); err == nil {
			value, err = r.value()
			n.Members = append(n.Members, Member{name.Text, name.At, value})
		}
	}
	return n, r.close(err)
}

func (r *reader) list() (Node, error) {
	n, err := r.open()
	for err == nil && r.dec.PeekKind() != ']' {
		var value Node
		value, err = r.value()
		n.Items = append(n.Items, value)
	}
	return n, r.close(err)
}

func (r *reader) open() (Node, error) {
	t, err := r.dec.ReadToken()
	if err != nil {
		return Node{}, err
	}
	return Node{Kind: t.Kind(), At: int(r.dec.InputOffset()) - 1}, nil
}

func (r *reader) close(err error) error {
	if err == nil {
		_, err = r.dec.ReadToken()
	}
	return err
}

func (r *reader) scalar() (Node, error) {
	raw, err := r.dec.ReadValue()
	if err != nil {
		return Node{}, err
	}
	n := Node{Kind: raw.Kind(), Text: string(raw), At: int(r.dec.InputOffset()) - len(raw)}
	if n.Kind == '"' {
		text, err := jsontext.AppendUnquote(nil, raw)
		if err != nil {
			return Node{}, err
		}
		n.Text = string(text)
	}
	return n, nil
}
