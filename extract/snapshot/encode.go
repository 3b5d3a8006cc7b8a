package snapshot

import (
	"errors"
	"fmt"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"iamctl/internal/visible"
	"iamctl/inventory"
)

// encode returns the bytes of a file. It escapes of JSON what the library
// does and hidden characters, and leaves < > & as they are: existing snapshots
// would change otherwise.
func encode(v any) ([]byte, error) {
	data, err := json.Marshal(v, jsontext.WithIndent("  "))
	if err != nil {
		return nil, err
	}
	return append(visible.EscapeJSON(make([]byte, 0, len(data)+1), data), '\n'), nil
}

// required returns an error that names a field that is missing, or nil. The
// arguments are names and pointers in turn.
func required(fields ...any) error {
	for i := 0; i < len(fields); i += 2 {
		missing := false
		switch p := fields[i+1].(type) {
		case *text:
			missing = p == nil
		case *document:
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

// named is required, and that the name is not empty.
func named(name *text, fields ...any) error {
	if err := required(append([]any{"name", name}, fields...)...); err != nil {
		return err
	}
	if *name == "" {
		return errors.New(`the field "name" is empty`)
	}
	return nil
}

func ptr[T any](v T) *T { return &v }

// textOf turns an optional string into an optional text, and stringOf back.
func textOf(s *string) *text {
	if s == nil {
		return nil
	}
	return ptr(text(*s))
}

func stringOf(s *text) *string {
	if s == nil {
		return nil
	}
	return ptr(string(*s))
}

func gapsTo(gaps []inventory.Gap) []gapFile {
	return each(gaps, func(g inventory.Gap) gapFile {
		return gapFile{
			Account: text(g.Account), Blind: &g.Blind, Entity: ptr(text(g.Entity)), Kind: ptr(text(g.Kind)), Name: text(g.Name),
			PolicyName: text(g.PolicyName), PolicyType: text(g.Part), Raw: text(g.Raw), Reason: ptr(text(g.Reason)),
		}
	})
}

func gapsFrom(gaps []gapFile) []inventory.Gap {
	return each(gaps, func(g gapFile) inventory.Gap {
		return inventory.Gap{
			Account: string(g.Account), Blind: *g.Blind, Entity: inventory.Entity(*g.Entity), Kind: inventory.GapKind(*g.Kind), Name: string(g.Name),
			PolicyName: string(g.PolicyName), Part: inventory.Part(g.PolicyType), Raw: string(g.Raw), Reason: string(*g.Reason),
		}
	})
}

// each maps a list; none stays nil.
func each[T, U any](list []T, f func(T) U) []U {
	if len(list) == 0 {
		return nil
	}
	out := make([]U, len(list))
	for i, v := range list {
		out[i] = f(v)
	}
	return out
}
