package jsonfile

import (
	"errors"
	"net/url"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"iamctl/extract"
	"iamctl/internal/jsonplace"
)

// Text is a string that survives JSON whatever its bytes are. Text that is
// not valid UTF-8 becomes the object {"percentEncoded": "..."}.
type Text string

const encodedKey = "percentEncoded"

// MarshalJSONTo writes the text.
func (s Text) MarshalJSONTo(enc *jsontext.Encoder) error {
	if utf8.ValidString(string(s)) {
		return enc.WriteToken(jsontext.String(string(s)))
	}
	for _, t := range []jsontext.Token{
		jsontext.BeginObject, jsontext.String(encodedKey), jsontext.String(url.PathEscape(string(s))), jsontext.EndObject,
	} {
		if err := enc.WriteToken(t); err != nil {
			return err
		}
	}
	return nil
}

// UnmarshalJSONFrom reads the text.
func (s *Text) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	if dec.PeekKind() == jsontext.KindString {
		v, err := dec.ReadValue()
		if err == nil && !jsonplace.Unicode(v) {
			err = extract.ErrNotUTF8
		}
		if err == nil {
			*s = Text(jsonplace.Unquote(string(v)))
		}
		return err
	}
	t, err := dec.ReadToken()
	if err == nil && t.Kind() != jsontext.KindBeginObject {
		err = errors.New("a string is wanted here")
	}
	if err != nil {
		return err
	}
	return s.readEncoded(dec)
}

func (s *Text) readEncoded(dec *jsontext.Decoder) error {
	var parts [3]jsontext.Token
	for i := range parts {
		t, err := dec.ReadToken()
		if err != nil {
			return err
		}
		parts[i] = t.Clone()
	}
	if parts[0].Kind() == jsontext.KindString && parts[0].String() == encodedKey &&
		parts[1].Kind() == jsontext.KindString && parts[2].Kind() == jsontext.KindEndObject {
		if plain, err := url.PathUnescape(parts[1].String()); err == nil {
			*s = Text(plain)
			return nil
		}
	}
	return errors.New(`a string is wanted here, or an object with nothing but "percentEncoded"`)
}
