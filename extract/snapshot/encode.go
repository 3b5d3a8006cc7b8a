package snapshot

import (
	"errors"

	"iamctl/extract/jsonfile"
)

// named is required, and that the name is not empty.
func named(name *text, fields ...any) error {
	if err := jsonfile.Required(append([]any{"name", name}, fields...)...); err != nil {
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
