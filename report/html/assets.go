package html

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"html/template"
	"strings"
)

//go:embed *.tmpl page.css page.js heat.css heat.js
var files embed.FS

var (
	style  = asset("page.css")
	script = asset("page.js")
)

func asset(name string) string {
	b, err := files.ReadFile(name)
	if err != nil {
		panic(err) // it is compiled in
	}
	return strings.TrimSpace(string(b))
}

// Style is the page's style sheet.
func (p *page) Style() template.CSS { return template.CSS(style) }

// Script is the page's script, which adds the filter and the sorting. It comes
// before the details of roles, so that the table can be used while they are
// still being read.
func (p *page) Script() template.JS { return template.JS(script) }

// Policy is the page's Content-Security-Policy. It must come before what it
// governs.
func (p *page) Policy() string {
	return "default-src 'none'; style-src " + digest(style) + "; script-src " + digest(script) +
		"; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
}

func digest(content string) string {
	sum := sha256.Sum256([]byte(content))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
