// Package html writes a result as one HTML page.
//
// The page needs nothing else: no script, style, font or image from elsewhere,
// no server, and no JavaScript for reading. The rules that keep it so:
//
//  1. Everything in a result is hostile text. It goes into the page as the text
//     of elements, through escapeText, or through html/template. Besides, the
//     page's Content-Security-Policy allows one script and one style sheet, by
//     the digests of their bytes, and nothing else at all.
//  2. The page stays at a size that a browser opens at once. What its limits
//     leave out is counted, at the top and where it would be.
//  3. Documents are compared once, however many roles have them. Where there
//     are many, those that several roles share are in the page once.
//  4. The page may be shown in the log of a CI, and nothing in it is a command there
//     (visible.LogWriter).
//  5. The same result makes the same bytes, and the anchor of a role is the
//     same from run to run.
//
// The templates see a page and a roleSection; their methods are what the
// templates call.
package html

import (
	"bufio"
	"bytes"
	"html/template"
	"io"

	"iamctl/internal/visible"
	"iamctl/result"
)

var templates = template.Must(template.New("").Funcs(template.FuncMap{
	"t": escapeText, "e": escape, "n": thousands, "plural": plural, "c": clip, "class": sideClass, "gap": gapName,
	"originals": taggedOriginals,
}).ParseFS(files, "*.tmpl"))

// Write writes r as a page.
func Write(w io.Writer, r *result.Result) error { return write(w, r, defaultLimits) }

func write(w io.Writer, r *result.Result, l limits) error {
	w = visible.NewLogWriter(w, visible.InHTML)
	p := newPage(r, l)
	var top, rest bytes.Buffer
	if err := p.render(&top, &rest); err != nil {
		return err
	}
	if _, err := w.Write(top.Bytes()); err != nil {
		return err
	}
	out := bufio.NewWriterSize(w, 1<<16)
	if err := p.documents.put(out, rest.Bytes()); err != nil {
		return err
	}
	return out.Flush()
}

// render makes the top of the page, with the summary and the table of roles,
// and the rest, in which the comparisons of documents are still to be put.
func (p *page) render(top, rest *bytes.Buffer) error {
	for _, r := range p.Roles() {
		if err := templates.ExecuteTemplate(rest, "role", p.section(r)); err != nil {
			return err
		}
	}
	if err := templates.ExecuteTemplate(rest, "bottom", p); err != nil {
		return err
	}
	if err := templates.ExecuteTemplate(top, "top", p); err != nil {
		return err
	}
	if p.documents.shelf.shrink(p.limits.page - top.Len() - rest.Len()); p.Dropped() == 0 {
		return nil
	}
	// The top says how much was left out.
	top.Reset()
	return templates.ExecuteTemplate(top, "top", p)
}
