package html

import (
	"html/template"
	"strconv"
	"strings"
	"unicode/utf8"

	"iamctl/internal/visible"
	"iamctl/report"
)

// htmlLong is how many bytes of one text the page shows. AWS's texts are
// shorter, but for documents, which are not cut.
const htmlLong = 12 << 10

// htmlText is s as the text of an element: spelled out as Escape does, cut
// when it is huge, with & < > escaped. Quotes mean nothing there and stay as
// they are: documents are full of them, and html/template's five bytes for
// each would make the page half as large again. Anywhere but in the text of an
// element html/template escapes the result once more.
func htmlText(s string) template.HTML {
	left := 0
	if len(s) > htmlLong {
		end := htmlLong
		for end > htmlLong-utf8.UTFMax && !utf8.RuneStart(s[end]) {
			end--
		}
		s, left = s[:end], len(s)-end
	}
	out := htmlLine(visible.Escape(s))
	if left > 0 {
		out += template.HTML(" ... (" + htmlPlural(left, "byte", "bytes") + " more)")
	}
	return out
}

// htmlClip is htmlText cut at so many characters.
func htmlClip(s string, limit int) template.HTML { return htmlLine(report.Clip(s, limit)) }

// htmlLine is text that is spelled out already.
func htmlLine(s string) template.HTML {
	if !strings.ContainsAny(s, "&<>") {
		return template.HTML(s)
	}
	return template.HTML(htmlEscaper.Replace(s))
}

var htmlEscaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// htmlCount is a number with commas between the thousands.
func htmlCount(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// htmlPlural is a counted noun.
func htmlPlural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return htmlCount(n) + " " + many
}
