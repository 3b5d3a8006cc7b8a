package matrix

import (
	_ "embed"
	"io"
	"slices"

	"iamctl/internal/visible"
)

//go:embed matrix.schema.json
var schema []byte

// Schema returns the JSON Schema of a Matrix.
func Schema() []byte { return slices.Clone(schema) }

// Write writes a matrix as indented JSON that a terminal can show.
func (m *Matrix) Write(w io.Writer) error { return visible.WriteJSON(w, m) }
