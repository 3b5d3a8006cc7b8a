package snapshot

import (
	"errors"
	"net/url"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
)

// text is a string that survives JSON whatever its bytes are. Text that is
// not valid UTF-8 becomes the object {"percentEncoded": "..."}.
type text string

const encodedKey = "percentEncoded"

// MarshalJSONTo writes the text.
func (s text) MarshalJSONTo(enc *jsontext.Encoder) error {
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
func (s *text) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	t, err := dec.ReadToken()
	if err != nil {
		return err
	}
	switch t.Kind() {
	case jsontext.KindString:
		*s = text(t.String())
		return nil
	case jsontext.KindBeginObject:
		return s.readEncoded(dec)
	}
	return errors.New("a string is wanted here")
}

func (s *text) readEncoded(dec *jsontext.Decoder) error {
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
			*s = text(plain)
			return nil
		}
	}
	return errors.New(`a string is wanted here, or an object with nothing but "percentEncoded"`)
}

// visible escapes the characters of JSON text that move a terminal's cursor,
// hide, or turn the direction of writing. They only occur within strings,
// where \u means the same.
func visible(data []byte) []byte {
	out := make([]byte, 0, len(data)+1)
	for len(data) > 0 {
		if c := data[0]; c < 0x7f {
			out, data = append(out, c), data[1:]
			continue
		}
		r, n := utf8.DecodeRune(data)
		if hidden(r) {
			const digits = "0123456789abcdef"
			out = append(out, '\\', 'u', digits[r>>12&15], digits[r>>8&15], digits[r>>4&15], digits[r&15])
		} else {
			out = append(out, data[:n]...)
		}
		data = data[n:]
	}
	return out
}

// hidden tells control characters beyond ASCII, invisible ones, and those of
// the writing direction.
func hidden(r rune) bool {
	switch {
	case r >= 0x7f && r <= 0x9f, r == 0xad, r == 0x061c, r == 0x180e, r == 0xfeff:
		return true
	case r >= 0x200b && r <= 0x200f, r >= 0x2028 && r <= 0x202e, r >= 0x2060 && r <= 0x206f:
		return true
	}
	return false
}
