package explain

import (
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"iamctl/report"
)

// wrap breaks a text between words where a line ends, and indents what follows.
func (p *printer) wrap(text string) string { return report.Wrap(text, p.width, indent) }

// fits reports whether a text fits a line.
func (p *printer) fits(text string) bool { return report.Fits(text, p.width, indent) }

// elements returns a statement in lines: one if that fits, else an element each.
func (p *printer) elements(text string) []string {
	if p.fits(text) {
		return []string{text}
	}
	d := jsontext.NewDecoder(strings.NewReader(text), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	if t, err := d.ReadToken(); err != nil || t.Kind() != jsontext.KindBeginObject {
		return []string{text}
	}
	var out []string
	from := 0
	for d.PeekKind() == '"' {
		for range 2 { // the name and its value
			if d.SkipValue() != nil {
				return []string{text}
			}
		}
		to := min(int(d.InputOffset())+1, len(text)) // with the comma or brace behind it
		out, from = append(out, strings.Repeat(" ", min(from, 1))+text[from:to]), to
	}
	if out == nil {
		return []string{text}
	}
	return out
}
