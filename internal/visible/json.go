package visible

import "unicode/utf8"

const lowerHex = "0123456789abcdef"

// AppendJSON appends s as a JSON string. Beyond what JSON asks for it
// escapes hidden characters and < > &, so that neither a terminal nor a
// browser acts upon a file that is shown as it is, and the bracket of a command to a
// CI (see LogWriter). Bytes that are not UTF-8, which JSON cannot hold, become the
// text \x{HEX}.
func AppendJSON(dst []byte, s string) []byte {
	dst = append(dst, '"')
	start := 0
	for i := 0; i < len(s); {
		c := classes[s[i]]
		if c&(classJSON|classHigh|classBracket) == 0 {
			i++
			continue
		}
		if c == classBracket && !isCommand(s[:i]) {
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if c&classHigh != 0 && r != utf8.RuneError && !Hidden(r) || r == utf8.RuneError && n > 1 {
			i += n
			continue
		}
		dst = append(dst, s[start:i]...)
		if r == utf8.RuneError {
			dst = append(dst, '\\')
			dst = appendEscape(dst, 'x', int64(s[i]))
		} else {
			dst = AppendJSONRune(dst, r)
		}
		i += n
		start = i
	}
	return append(append(dst, s[start:]...), '"')
}

// EscapeJSON appends JSON text whose hidden characters, and the brackets of commands
// to a CI, are escaped. They occur in strings alone, where \uXXXX means the same;
// the blanks and line feeds between values stay. The text is valid UTF-8.
func EscapeJSON(dst, text []byte) []byte {
	start := 0
	for i := 0; i < len(text); {
		if c := text[i]; c < 0x7F {
			if c == '[' && isCommand(text[:i]) {
				dst = AppendJSONRune(append(dst, text[start:i]...), '[')
				start = i + 1
			}
			i++
			continue
		}
		r, n := utf8.DecodeRune(text[i:])
		if Hidden(r) {
			dst = AppendJSONRune(append(dst, text[start:i]...), r)
			start = i + n
		}
		i += n
	}
	return append(dst, text[start:]...)
}

// AppendJSONRune appends r escaped, as it may be written in a JSON string.
func AppendJSONRune(dst []byte, r rune) []byte {
	switch r {
	case '"', '\\':
		return append(dst, '\\', byte(r))
	case '\n':
		return append(dst, '\\', 'n')
	case '\r':
		return append(dst, '\\', 'r')
	case '\t':
		return append(dst, '\\', 't')
	}
	if r > 0xFFFF {
		r -= 0x10000
		return appendUnit(appendUnit(dst, 0xD800+r>>10), 0xDC00+r&0x3FF)
	}
	return appendUnit(dst, r)
}

// appendUnit appends the escape of a code unit of UTF-16.
func appendUnit(dst []byte, u rune) []byte {
	return append(dst, '\\', 'u', lowerHex[u>>12&15], lowerHex[u>>8&15], lowerHex[u>>4&15], lowerHex[u&15])
}
