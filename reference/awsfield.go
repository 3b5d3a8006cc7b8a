package reference

import (
	"fmt"
	"slices"

	"github.com/go-json-experiment/json/jsontext"

	"iamctl/internal/jsonplace"
)

// fields reads an object. Members that are neither known nor ignored are
// counted as unused.
func (r *pageReader) fields(what string, known map[string]func() error, ignored ...string) error {
	seen := map[string]bool{}
	return r.p.object(what, "", func(name string, at int) error {
		if seen[name] {
			return errorAt(at, "%s: %q stands twice", what, name)
		}
		seen[name] = true
		if read, ok := known[name]; ok {
			return read()
		}
		if !slices.Contains(ignored, name) {
			r.unused[fmt.Sprintf("%s: %.60q", what, name)]++
		}
		r.p.value()
		return nil
	})
}

// list reads a list, or null for an empty one.
func (r *pageReader) list(what string, element func() error) error {
	if r.p.next() == 'n' {
		r.p.value()
		return nil
	}
	return r.p.array(what, "", element)
}

func (r *pageReader) text(what string, into *string) func() error {
	return func() (err error) {
		*into, _, err = r.p.string(what, "")
		return err
	}
}

func (r *pageReader) texts(what string, into *[]string) func() error {
	return func() error {
		return r.list(what, func() error {
			s, _, err := r.p.string(what, "")
			*into = append(*into, s)
			return err
		})
	}
}

// flags reads an object of booleans, or null for none.
func (r *pageReader) flags(into *map[string]bool) func() error {
	return func() error {
		if r.p.next() == 'n' {
			r.p.value()
			return nil
		}
		*into = map[string]bool{}
		return r.p.object("Properties", "", func(name string, _ int) error {
			raw, at := r.p.value()
			if raw != "true" && raw != "false" {
				return errorAt(at, "property %s: expected true or false, found %s", name, jsonplace.KindName(jsontext.Kind(raw[0])))
			}
			(*into)[name] = raw == "true"
			return nil
		})
	}
}
