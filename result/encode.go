package result

import (
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"iamctl/internal/visible"
)

// encoding makes the JSON library write strings as visible.AppendJSON does.
var encoding = json.JoinOptions(
	jsontext.PreserveRawStrings(true),
	json.Deterministic(true),
	json.WithMarshalers(json.MarshalToFunc(func(e *jsontext.Encoder, s string) error {
		return e.WriteValue(visible.AppendJSON(e.AvailableBuffer(), s))
	})),
)

func marshal(v any) ([]byte, error) { return json.Marshal(v, encoding) }

// MarshalJSONTo writes an empty list: Result.Write fills in the items.
func (l Items) MarshalJSONTo(e *jsontext.Encoder) error { return writeEmpty(e) }

// MarshalJSONTo writes an empty list, as that of Items does.
func (l MaskedItems) MarshalJSONTo(e *jsontext.Encoder) error { return writeEmpty(e) }

func writeEmpty(e *jsontext.Encoder) error { return e.WriteValue(jsontext.Value("[]")) }
