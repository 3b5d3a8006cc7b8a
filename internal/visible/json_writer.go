package visible

import (
	"bytes"
	"encoding/json"
	"io"
)

// WriteJSON writes a value as indented JSON that a terminal can show.
func WriteJSON(w io.Writer, v any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return err
	}
	_, err := w.Write(EscapeJSON(nil, b.Bytes()))
	return err
}
