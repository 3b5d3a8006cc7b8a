package report

import (
	"strings"
	"unicode/utf8"
)

// Wrap breaks a text that begins in the column indent between words where a line of so
// many columns ends, and indents what follows. A longer word stays whole, so that a name
// can be copied. The width 0 breaks nothing.
func Wrap(text string, width, indent int) string {
	if Fits(text, width, indent) {
		return text
	}
	var b strings.Builder
	at := 0
	for word := range strings.FieldsSeq(text) {
		n := utf8.RuneCountInString(word)
		switch {
		case at == 0:
		case at+1+n > width-indent:
			b.WriteString("\n" + strings.Repeat(" ", indent))
			at = 0
		default:
			b.WriteByte(' ')
			at++
		}
		b.WriteString(word)
		at += n
	}
	return b.String()
}

// Fits reports whether a text that begins in the column indent fits a line; any does if
// the width is 0.
func Fits(text string, width, indent int) bool {
	return width == 0 || utf8.RuneCountInString(text) <= width-indent
}
