package report

import "strconv"

// These append members of diff.json, a comma after each; the name is ours and
// needs no escaping.

func appendMember(dst []byte, name, value string) []byte {
	return append(appendJSON(appendName(dst, name), value), ',')
}

func appendMemberIf(dst []byte, name, value string) []byte {
	if value == "" {
		return dst
	}
	return appendMember(dst, name, value)
}

func appendMemberUnless(dst []byte, name, value, same string) []byte {
	if value == same {
		return dst
	}
	return appendMember(dst, name, value)
}

func appendBool(dst []byte, name string, v bool) []byte {
	return append(strconv.AppendBool(appendName(dst, name), v), ',')
}

func appendBoolIf(dst []byte, name string, v bool) []byte {
	if !v {
		return dst
	}
	return appendBool(dst, name, v)
}

func appendInt(dst []byte, name string, v int) []byte {
	return append(strconv.AppendInt(appendName(dst, name), int64(v), 10), ',')
}

// appendIndex leaves out an index that is nil.
func appendIndex(dst []byte, name string, v *int) []byte {
	if v == nil {
		return dst
	}
	return appendInt(dst, name, *v)
}

func appendName(dst []byte, name string) []byte {
	return append(append(append(dst, '"'), name...), '"', ':')
}

// appendList appends an array on one line.
func appendList[T any](dst []byte, name string, list []T, one func([]byte, *T) []byte) []byte {
	dst = append(appendName(dst, name), '[')
	for i := range list {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = one(dst, &list[i])
	}
	return append(dst, ']', ',')
}

// appendListIf leaves out an empty array.
func appendListIf[T any](dst []byte, name string, list []T, one func([]byte, *T) []byte) []byte {
	if len(list) == 0 {
		return dst
	}
	return appendList(dst, name, list, one)
}

// appendSides appends an object with a value for each account.
func appendSides[T any](dst []byte, name string, v *Sides[T], one func([]byte, *T) []byte) []byte {
	dst = append(appendName(dst, name), `{"a":`...)
	dst = append(one(dst, &v.A), `,"b":`...)
	return append(one(dst, &v.B), '}', ',')
}

// endObject ends an object, taking away the comma after its last member.
func endObject(dst []byte) []byte {
	if n := len(dst) - 1; dst[n] == ',' {
		dst = dst[:n]
	}
	return append(dst, '}')
}

func appendText(dst []byte, s *string) []byte { return appendJSON(dst, *s) }

func appendNumber(dst []byte, n *int) []byte { return strconv.AppendInt(dst, int64(*n), 10) }
