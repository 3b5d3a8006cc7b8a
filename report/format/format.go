// Package format is the table of the formats that a result can be written in.
package format

import (
	"bytes"
	"fmt"
	"io"
	"slices"
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

// format is one of the formats of a result R.
type format[R, O any] struct {
	name string
	// file is the name of the format's file in the output folder.
	file string
	// sign is a text near the beginning of every such file, "" for files that
	// every run writes.
	sign   string
	render func(w io.Writer, r R, o O) error
}

// table has all formats of a result in the order in which messages name them.
type table[R, O any] []format[R, O]

func (t table[R, O]) names() []string {
	names := make([]string, len(t))
	for i, f := range t {
		names[i] = f.name
	}
	return names
}

// find returns the format of a name, nil if there is none.
func (t table[R, O]) find(name string) *format[R, O] {
	for i := range t {
		if t[i].name == name {
			return &t[i]
		}
	}
	return nil
}

func (t table[R, O]) check(name string) error {
	if t.find(name) != nil {
		return nil
	}
	return fmt.Errorf("there is no such format (there are %s)", strings.Join(t.names(), ", "))
}

func (t table[R, O]) fileName(name string) string {
	if f := t.find(name); f != nil {
		return f.file
	}
	return ""
}

func (t table[R, O]) fileNames() []string {
	names := make([]string, len(t))
	for i, f := range t {
		names[i] = f.file
	}
	return names
}

func (t table[R, O]) isFile(name string, head []byte) bool {
	return slices.ContainsFunc(t, func(f format[R, O]) bool {
		return f.file == name && bytes.Contains(head, []byte(f.sign))
	})
}

func (t table[R, O]) write(name string, w io.Writer, r R, o O) error {
	if f := t.find(name); f != nil {
		return f.render(w, r, o)
	}
	return fmt.Errorf("there is no format %q: there are %s", name, strings.Join(t.names(), ", "))
}

// formats are the formats of a comparison of two accounts.
var formats = table[*result.Result, Options]{
	{"text", report.SummaryName, "", func(w io.Writer, r *result.Result, o Options) error { return report.Text(w, r, o.Text) }},
	{"markdown", "report.md", `## IAM roles: `, func(w io.Writer, r *result.Result, _ Options) error { return report.Markdown(w, r) }},
	{"html", "report.html", `<title>IAM drift: `, func(w io.Writer, r *result.Result, _ Options) error { return html.Write(w, r) }},
	{"sarif", "report.sarif", `"name":"iamctl"`, func(w io.Writer, r *result.Result, o Options) error { return sarif.Write(w, r, o.SARIF) }},
	{"junit", "report.junit.xml", `<testsuites name="iamctl"`, func(w io.Writer, r *result.Result, _ Options) error { return report.JUnit(w, r) }},
	{"json", result.FileName, "", func(w io.Writer, r *result.Result, _ Options) error { return r.Write(w) }},
}

// Names returns the names of all formats.
func Names() []string { return formats.names() }

// Check returns an error if there is no format of the name.
func Check(name string) error { return formats.check(name) }

// FileName returns the name of a format's file in the output folder, "" if there
// is no such format.
func FileName(name string) string { return formats.fileName(name) }

// FileNames returns the names of all formats' files in the output folder.
func FileNames() []string { return formats.fileNames() }

// HeadLength is how many bytes of a file IsFile is given, if it has so many.
const HeadLength = 4096

// IsFile reports whether a file of this name in the output folder that begins with
// head is a format's: another file of that name is somebody's own.
func IsFile(name string, head []byte) bool { return formats.isFile(name, head) }

// Render writes a result in a format. The same Result makes the same bytes.
func Render(name string, w io.Writer, r *result.Result, o Options) error {
	return formats.write(name, w, r, o)
}
