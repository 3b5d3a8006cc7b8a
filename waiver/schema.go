package waiver

import (
	_ "embed"
	"slices"
)

//go:embed waivers.schema.json
var schema []byte

// Schema returns the JSON Schema (draft 2020-12) of waivers.json. It sees the
// shape of a file; Parse sees its meaning too.
func Schema() []byte { return slices.Clone(schema) }
