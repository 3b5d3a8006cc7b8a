package config

import (
	_ "embed"
	"slices"
)

//go:embed audit.schema.json
var schema []byte

// Schema returns the JSON Schema (draft 2020-12) of an audit.json. It sees the shape of a
// file; Parse also knows the rules.
func Schema() []byte { return slices.Clone(schema) }
