// Package format is the table of the formats that a result can be written in.
package format

import (
	"fmt"
	"io"
	"strings"

	"iamctl/report"
	"iamctl/report/html"
	"iamctl/report/sarif"
	"iamctl/result"
)

// Options say how a result is to look. Each format takes what concerns it.
type Options struct {
	Text  report.TextOptions
	SARIF sarif.Options
}

// formats are all formats in the order in which they are named to the user.
var formats = []struct {
	name string
	// file is the format's name in the output folder.
	file   string
	render func(w io.Writer, r *result.Result, o Options) error
}{
	{"text", report.SummaryName, func(w io.Writer, r *result.Result, o Options) error { return report.Text(w, r, o.Text) }},
	{"markdown", "report.md", func(w io.Writer, r *result.Result, _ Options) error { return report.Markdown(w, r) }},
	{"html", "report.html", func(w io.Writer, r *result.Result, _ Options) error { return html.Write(w, r) }},
	{"sarif", "report.sarif", func(w io.Writer, r *result.Result, o Options) error { return sarif.Write(w, r, o.SARIF) }},
	{"junit", "report.junit.xml", func(w io.Writer, r *result.Result, _ Options) error { return report.JUnit(w, r) }},
	{"json", result.FileName, func(w io.Writer, r *result.Result, _ Options) error { return r.Write(w) }},
}

// Names returns the names of all formats.
func Names() []string {
	names := make([]string, len(formats))
	for i, f := range formats {
		names[i] = f.name
	}
	return names
}

// Check returns an error where there is no format of the name.
func Check(name string) error {
	for _, f := range formats {
		if f.name == name {
			return nil
		}
	}
	return fmt.Errorf("there is no such format (there are %s)", strings.Join(Names(), ", "))
}

// FileName returns the name of a format's file in the output folder.
func FileName(name string) string {
	for _, f := range formats {
		if f.name == name {
			return f.file
		}
	}
	return ""
}

// FileNames returns the names of all formats' files in the output folder.
func FileNames() []string {
	names := make([]string, len(formats))
	for i, f := range formats {
		names[i] = f.file
	}
	return names
}

// Render writes a result in a format. The same Result makes the same bytes.
func Render(name string, w io.Writer, r *result.Result, o Options) error {
	for _, f := range formats {
		if f.name == name {
			return f.render(w, r, o)
		}
	}
	return fmt.Errorf("there is no format %q: there are %s", name, strings.Join(Names(), ", "))
}
