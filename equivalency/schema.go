package equivalency

import _ "embed"

//go:embed equivalency_list.schema.json
var schema []byte

// Schema returns the JSON Schema (draft 2020-12) of both forms. It sees the
// shape of a file; Parse sees its meaning too.
func Schema() []byte { return append([]byte(nil), schema...) }
