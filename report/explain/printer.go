package explain

import (
	"fmt"
	"io"
	"strings"

	"github.com/fatih/color"

	"iamctl/internal/visible"
	"iamctl/report"
	"iamctl/verdict/question"
	"iamctl/verdict/severity"
)

// printer writes lines for a terminal.
type printer struct {
	w     io.Writer
	sides Labels
	color bool
	// width is how wide a line may be, 0 for any width.
	width int
	// asker is who asks unless it is said, by side.
	asker [2]string
	// text returns the text of a statement, "" if it is not to be shown. It may be nil.
	text func(side int, at *question.Place) string
	// there returns what a witness is called where it is refused, "" for the same. It
	// may be nil.
	there func(w *question.Witness) string
}

// textLimit is how many characters are shown of a line of a statement.
const textLimit = 1200

func (p *printer) line(format string, args ...any) {
	fmt.Fprintln(p.w, visible.Escape(fmt.Sprintf(format, args...)))
}

// title writes a line that begins a part.
func (p *printer) title(format string, args ...any) {
	fmt.Fprintln(p.w, p.paint(color.Bold).Sprint(visible.Escape(fmt.Sprintf(format, args...))))
}

// fieldWidth is the width of the names before what is said of them, and indent how much
// is before that.
const (
	fieldWidth = 12
	indent     = 2 + fieldWidth + 1
)

func (p *printer) field(name, text string) {
	fmt.Fprintf(p.w, "  %-*s %s\n", fieldWidth, visible.Escape(name), p.wrap(visible.Escape(text)))
}

// level writes a severity with what it is for.
func (p *printer) level(l severity.Level, text string) {
	if l == severity.None && text == "" {
		return
	}
	name := string(l) + strings.Repeat(" ", max(fieldWidth-len(l), 0))
	fmt.Fprintf(p.w, "  %s %s\n", p.paint(report.ColorOf(l)...).Sprint(visible.Escape(name)), p.wrap(visible.Escape(text)))
}

// commitWidth is how much of a commit's hash is shown.
const commitWidth = 12

// texts writes where statements are, and their texts.
func (p *printer) texts(side int, by []question.Place) {
	for i := range by {
		p.where(side, &by[i])
		p.statement(p.textOf(side, &by[i]))
	}
}

// where writes the file of a statement's policy, or its ARN where there is none.
func (p *printer) where(side int, at *question.Place) {
	if at.File == "" {
		if at.PolicyARN != "" {
			p.field("policy", at.PolicyARN)
		}
		return
	}
	file, s := at.File, &p.sides[side]
	if s.Source != "" && s.Source != file {
		file = strings.TrimSuffix(s.Source, "/") + "/" + file
	}
	if s.Commit != "" {
		file += " at commit " + s.Commit[:min(len(s.Commit), commitWidth)]
	}
	p.field("file", file)
}

func (p *printer) textOf(side int, at *question.Place) string {
	if p.text == nil {
		return ""
	}
	return p.text(side, at)
}

// statement writes the text of a statement, "" for none: where it does not fit a line,
// each of its elements on one.
func (p *printer) statement(text string) {
	if text == "" {
		return
	}
	for _, l := range p.elements(text) {
		fmt.Fprintf(p.w, "%*s%s\n", indent, "", p.paint(color.Faint).Sprint(report.Clip(l, textLimit)))
	}
}

func (p *printer) paint(a ...color.Attribute) *color.Color { return report.Paint(p.color, a...) }
