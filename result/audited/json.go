package audited

import (
	_ "embed"
	"io"
	"slices"

	"iamctl/internal/visible"
)

//go:embed audit.schema.json
var schema []byte

// Schema returns the JSON Schema of an Audit.
func Schema() []byte { return slices.Clone(schema) }

// Write writes an audit as indented JSON that a terminal can show.
func (a *Audit) Write(w io.Writer) error { return visible.WriteJSON(w, a) }
