package question

import (
	_ "embed"
	"slices"
)

//go:embed answer.schema.json
var schema []byte

// Schema returns the JSON Schema of an Answer to a question about bare documents.
func Schema() []byte { return slices.Clone(schema) }
