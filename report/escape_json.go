package report

import "unicode/utf8"

const lowerHex = "0123456789abcdef"

// appendJSON appends s as a JSON string. Beyond what JSON asks for it
// escapes what a terminal or a browser would act upon if the file were shown
// as it is: DEL, C1, format characters, line separators and < > &. Bytes
// that are not UTF-8, which JSON cannot hold, stand as the text \x{HEX}.
func appendJSON(dst []byte, s string) []byte {
	dst = append(dst, '"')
	start := 0
	for i := 0; i < len(s); {
		c := classes[s[i]]
		if c&(classJSON|classHigh) == 0 {
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if c&classHigh != 0 && r != utf8.RuneError && !hiddenRune(r) || r == utf8.RuneError && n > 1 {
			i += n
			continue
		}
		dst = append(dst, s[start:i]...)
		if r == utf8.RuneError {
			dst = append(dst, '\\')
			dst = appendEscape(dst, 'x', int64(s[i]))
		} else {
			dst = appendJSONRune(dst, r)
		}
		i += n
		start = i
	}
	return append(append(dst, s[start:]...), '"')
}

func appendJSONRune(dst []byte, r rune) []byte {
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

func appendUnit(dst []byte, u rune) []byte {
	return append(dst, '\\', 'u', lowerHex[u>>12&15], lowerHex[u>>8&15], lowerHex[u>>4&15], lowerHex[u&15])
}
