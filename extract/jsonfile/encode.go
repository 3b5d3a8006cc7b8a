package jsonfile

import (
	"bytes"
	"fmt"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"iamctl/extract"
	"iamctl/internal/visible"
)

// Encode returns the bytes of a file. It escapes of JSON what the library
// does and hidden characters, and leaves < > & as they are: existing snapshots
// would change otherwise.
func Encode(v any) ([]byte, error) {
	data, err := json.Marshal(v, jsontext.WithIndent("  "))
	if err != nil {
		return nil, err
	}
	return append(visible.EscapeJSON(make([]byte, 0, len(data)+1), data), '\n'), nil
}

// Decode reads one file. Unknown fields are errors. Documents may hold text that is
// not Unicode. The error is an *extract.FileError.
func Decode(name string, data []byte, v any) error {
	data = WithoutBOM(data)
	if err := json.Unmarshal(data, v, json.RejectUnknownMembers(true), jsontext.AllowInvalidUTF8(true)); err != nil {
		return Fault(name, data, err)
	}
	return nil
}

// WithoutBOM drops the byte order mark that some editors put in front.
func WithoutBOM(data []byte) []byte { return bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")) }

// Fault returns an error that says where in a file a JSON error is.
func Fault(file string, data []byte, err error) error {
	offset, plain := extract.JSONFault(err)
	if offset < 0 {
		return &extract.FileError{File: file, Err: plain}
	}
	line, column := extract.Position(data, offset)
	return &extract.FileError{File: file, Line: line, Column: column, Err: plain}
}

// Required returns an error that names a field that is missing, or nil. The
// arguments are names and pointers in turn.
func Required(fields ...any) error {
	for i := 0; i < len(fields); i += 2 {
		missing := false
		switch p := fields[i+1].(type) {
		case *Text:
			missing = p == nil
		case *Document:
			missing = p == nil
		case *int:
			missing = p == nil
		case *bool:
			missing = p == nil
		}
		if missing {
			return fmt.Errorf("the field %q is missing", fields[i])
		}
	}
	return nil
}

// ReadPart reads an object that checks itself into plain, a pointer to its fields, so that
// a missing field is reported where it is missing.
func ReadPart(dec *jsontext.Decoder, plain any, check func() error) error {
	start := dec.InputOffset()
	if err := json.UnmarshalDecode(dec, plain); err != nil {
		return err
	}
	if err := check(); err != nil {
		return &json.SemanticError{ByteOffset: start, Err: err}
	}
	return nil
}

// Each maps a list; none stays nil.
func Each[T, U any](list []T, f func(T) U) []U {
	if len(list) == 0 {
		return nil
	}
	out := make([]U, len(list))
	for i, v := range list {
		out[i] = f(v)
	}
	return out
}
