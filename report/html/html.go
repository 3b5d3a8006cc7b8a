package html

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"html/template"
	"io"
	"strings"

	"iamctl/result"
)

//go:embed *.tmpl page.css page.js
var htmlFiles embed.FS

// Write writes a result as one page that needs nothing else: no script, style,
// font or image from elsewhere, no server, and no JavaScript for reading. The
// same run gives the same bytes.
//
// Everything in a run is hostile text. It stands only as the text of elements,
// escaped by htmlText, or goes through html/template. Besides, the page's
// Content-Security-Policy allows one script and one style sheet, by the digest
// of their bytes, and nothing else at all.
func Write(w io.Writer, r *result.Result) error { return writeHTML(w, r, defaultHTMLLimits) }

func writeHTML(w io.Writer, r *result.Result, limits htmlLimits) error {
	p := newHTMLPage(r, limits)
	var top, rest bytes.Buffer
	if err := p.render(&rest); err != nil {
		return err
	}
	if err := htmlTemplates.ExecuteTemplate(&top, "top", p); err != nil {
		return err
	}
	if p.documents.shelf.shrink(limits.page - top.Len() - rest.Len()); p.Dropped() > 0 {
		// The top says how much was left out.
		top.Reset()
		if err := htmlTemplates.ExecuteTemplate(&top, "top", p); err != nil {
			return err
		}
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

// render writes all after the summary and the table of roles.
func (p *htmlPage) render(w io.Writer) error {
	for _, role := range p.Roles() {
		if err := htmlTemplates.ExecuteTemplate(w, "role", p.role(role)); err != nil {
			return err
		}
	}
	return htmlTemplates.ExecuteTemplate(w, "bottom", p)
}

var (
	htmlStyle  = htmlAsset("page.css")
	htmlScript = htmlAsset("page.js")

	htmlTemplates = template.Must(template.New("").Funcs(template.FuncMap{
		"t": htmlText, "n": htmlCount, "plural": htmlPlural, "c": htmlClip, "class": htmlClass, "gap": htmlGapName,
		"originals": htmlTaggedOriginals,
	}).ParseFS(htmlFiles, "*.tmpl"))
)

func htmlAsset(name string) string {
	b, err := htmlFiles.ReadFile(name)
	if err != nil {
		panic(err) // it is compiled in
	}
	return strings.TrimSpace(string(b))
}

// Style is the page's style sheet.
func (p *htmlPage) Style() template.CSS { return template.CSS(htmlStyle) }

// Script is the page's script. Without it everything is there to read; it adds
// the filter and the sorting. It stands before the details of roles: the table
// can be used while they are still being read.
func (p *htmlPage) Script() template.JS { return template.JS(htmlScript) }

// Policy is the page's Content-Security-Policy. It must come before what it
// rules.
func (p *htmlPage) Policy() string {
	return "default-src 'none'; style-src " + htmlDigest(htmlStyle) + "; script-src " + htmlDigest(htmlScript) +
		"; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
}

func htmlDigest(content string) string {
	sum := sha256.Sum256([]byte(content))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
