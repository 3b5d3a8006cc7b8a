package html

import (
	"html/template"
	"strconv"
	"strings"
	"unicode/utf8"

	"iamctl/internal/visible"
	"iamctl/report"
)

// maxText is how many bytes of one text the page shows. AWS's texts are
// shorter, but for documents, which are not cut.
const maxText = 12 << 10

// escapeText returns s for the text of an element: spelled out as
// visible.Escape does, cut when it is huge, with & < > escaped. Quotes mean
// nothing there and stay as they are: documents are full of them, and the five
// bytes that html/template makes of each would make the page half as large
// again. Anywhere but in the text of an element html/template escapes what is
// returned once more.
func escapeText(s string) template.HTML {
	first, left := cutText(s)
	out := escape(visible.Escape(first))
	if left > 0 {
		out += template.HTML(" ... (" + plural(left, "byte", "bytes") + " more)")
	}
	return out
}

// cutText returns so much of s as the page shows, whole characters, and how
// many bytes are left.
func cutText(s string) (first string, left int) {
	if len(s) <= maxText {
		return s, 0
	}
	end := maxText
	for end > maxText-utf8.UTFMax && !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end], len(s) - end
}

// clip returns s as escapeText does, cut at so many characters.
func clip(s string, limit int) template.HTML { return escape(report.Clip(s, limit)) }

// escape escapes text that is spelled out already.
func escape(s string) template.HTML {
	if !strings.ContainsAny(s, "&<>") {
		return template.HTML(s)
	}
	return template.HTML(escaper.Replace(s))
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// thousands returns a number with commas between the thousands: the page is
// read by people, unlike the lines of the other formats, which tools search.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// plural returns a number with its noun, as result.Count does but with commas
// between the thousands.
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return thousands(n) + " " + many
}
