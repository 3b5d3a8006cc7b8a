package report

import (
	"fmt"
	"io"
	"strings"
)

// RenderOptions say how a Run is to look. Each format takes what concerns it.
type RenderOptions struct {
	// TextOptions are for text.
	TextOptions
	// Locate, Source and OpenOnly are for SARIF, as in SARIFOptions.
	Locate   Locate
	Source   Source
	OpenOnly bool
}

// formats are all formats in the order in which they are named to the user.
var formats = []struct {
	name   string
	render func(w io.Writer, r *Run, o RenderOptions) error
}{
	{"text", func(w io.Writer, r *Run, o RenderOptions) error { return RunText(w, r, o.TextOptions) }},
	{"markdown", func(w io.Writer, r *Run, _ RenderOptions) error { return Markdown(w, r) }},
	{"html", func(w io.Writer, r *Run, _ RenderOptions) error { return HTML(w, r) }},
	{"sarif", func(w io.Writer, r *Run, o RenderOptions) error {
		return SARIF(w, r, SARIFOptions{o.Locate, o.Source, o.OpenOnly})
	}},
	{"junit", func(w io.Writer, r *Run, _ RenderOptions) error { return JUnit(w, r) }},
	{"json", func(w io.Writer, r *Run, _ RenderOptions) error { return RunJSON(w, r) }},
}

// Formats are the names of all formats.
func Formats() []string {
	names := make([]string, len(formats))
	for i, f := range formats {
		names[i] = f.name
	}
	return names
}

// Render writes a run in a format. The same run gives the same bytes.
func Render(format string, w io.Writer, r *Run, o RenderOptions) error {
	for _, f := range formats {
		if f.name == format {
			return f.render(w, r, o)
		}
	}
	return fmt.Errorf("there is no format %q: there are %s", format, strings.Join(Formats(), ", "))
}
