package audited

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"io"
	"slices"

	"iamctl/internal/visible"
)

//go:embed audit.schema.json
var schema []byte

// Schema returns the JSON Schema of an Audit.
func Schema() []byte { return slices.Clone(schema) }

// Write writes an audit as indented JSON that a terminal can show.
func (a *Audit) Write(w io.Writer) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	if err := e.Encode(a); err != nil {
		return err
	}
	_, err := w.Write(visible.EscapeJSON(nil, b.Bytes()))
	return err
}
