package policy

import "unicode/utf8"

// object writes the members of a JSON object.
type object struct {
	b    []byte
	some bool
}

func (o *object) name(name string) {
	if o.some {
		o.b = append(o.b, ',')
	}
	o.some = true
	o.b = append(AppendJSON(o.b, name), ':')
}

func (o *object) scalar(name, value string) {
	if value != "" {
		o.name(name)
		o.b = AppendJSON(o.b, value)
	}
}

func (o *object) list(name string, values []string) {
	if values != nil {
		o.name(name)
		o.b = appendList(o.b, values, true)
	}
}

// principals writes a map of types, and a bare "*" as an element of its own.
func (o *object) principals(name string, list []Principal) {
	if list == nil {
		return
	}
	if len(list) == 0 {
		o.name(name)
		o.b = append(o.b, "{}"...)
	}
	for list = groupBy(list, principalType); len(list) > 0; {
		o.name(name)
		if list[0].Type == "*" {
			o.b = append(o.b, `"*"`...)
			list = list[1:]
			continue
		}
		types := object{b: append(o.b, '{')}
		for len(list) > 0 && list[0].Type != "*" {
			n := runLen(list, principalType)
			values := make([]string, n)
			for i := range values {
				values[i] = list[i].Value
			}
			types.list(list[0].Type, values)
			list = list[n:]
		}
		o.b = append(types.b, '}')
	}
}

func (o *object) elements(list []Element) {
	for _, e := range list {
		o.name(e.Name)
		o.b = append(o.b, e.JSON...)
	}
}

// appendList prints a list, one of a single value as a scalar if scalars.
func appendList(b []byte, values []string, scalars bool) []byte {
	if scalars && len(values) == 1 {
		return AppendJSON(b, values[0])
	}
	b = append(b, '[')
	for i, v := range values {
		if i > 0 {
			b = append(b, ',')
		}
		b = AppendJSON(b, v)
	}
	return append(b, ']')
}

// AppendJSON appends s as a JSON string, as ConditionJSON and Document.String
// write it. Control characters, those of Unicode's second block too, are
// written as \u00XX: a terminal obeys them. Other hidden characters stay, for
// this is the canonical form, which fingerprints are made of: whoever writes it
// to a file escapes them there. Bytes that are not UTF-8 become U+FFFD.
func AppendJSON(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	for i, r := range s {
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r < 0x20 || 0x7f <= r && r < 0xa0:
			b = append(b, `\u00`...)
			b = append(b, hex[r>>4], hex[r&15])
		case r < utf8.RuneSelf:
			b = append(b, s[i])
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return append(b, '"')
}
